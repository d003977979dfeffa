import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import type { Random } from './random.ts'
import type { CareKind } from './rates.ts'

export type BedCounts = { available: number; held: number; occupied: number; cleaning: number; blocked: number }
export type BedField = keyof BedCounts

/** The beds of one facility and level. */
export type BedUnit = BedCounts & {
  readonly facility: number
  readonly kind: Exclude<CareKind, 'hi'>
  readonly province: string
  readonly level: BedLevel
}

/** What a unit's counts have moved by since the last `drain`. */
export type BedMove = { readonly unit: BedUnit; readonly by: BedCounts }

export type BedBook = {
  readonly units: readonly BedUnit[]
  /** Holds a free bed. @returns the unit, or `undefined` when the province has none of that kind free */
  hold(province: string, place: CareKind, level: BedLevel, random: Random): BedUnit | undefined
  /** Moves one bed between two states; `false`, and nothing moves, when there is none in `from`. */
  move(unit: BedUnit, from: BedField, to: BedField): boolean
  drain(): BedMove[]
  /** Takes over what the database says, when someone else has reported beds of the unit. */
  correct(facility: number, level: BedLevel, counts: BedCounts): void
}

export function createBedBook(units: readonly BedUnit[]): BedBook {
  const groups = Map.groupBy(units, (unit) => groupKey(unit.province, unit.kind, unit.level))
  const byKey = new Map(units.map((unit) => [`${unit.facility} ${unit.level}`, unit]))
  const moved = new Map<BedUnit, BedCounts>()
  const move = (unit: BedUnit, from: BedField, to: BedField): boolean => {
    if (unit[from] <= 0) return false
    const by = moved.get(unit) ?? { available: 0, held: 0, occupied: 0, cleaning: 0, blocked: 0 }
    moved.set(unit, by)
    unit[from]--
    unit[to]++
    by[from]--
    by[to]++
    return true
  }
  return {
    units,
    hold(province, place, level, random) {
      const group = groups.get(groupKey(province, place, level)) ?? []
      const free = group.reduce((sum, unit) => sum + unit.available, 0)
      let left = random() * free
      for (const unit of group) {
        left -= unit.available
        if (left < 0) return move(unit, 'available', 'held') ? unit : undefined
      }
      return undefined
    },
    move,
    drain() {
      const moves = [...moved].map(([unit, by]) => ({ unit, by }))
      moved.clear()
      return moves.filter(({ by }) => Object.values(by).some((n) => n !== 0))
    },
    correct(facility, level, counts) {
      const unit = byKey.get(`${facility} ${level}`)
      if (unit !== undefined) Object.assign(unit, counts)
    },
  }
}

function groupKey(province: string, kind: string, level: BedLevel): string {
  return `${province} ${kind} ${level}`
}
