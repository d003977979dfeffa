import { BED_LEVELS, type BedLevel } from '../../contract/vocabulary/beds.ts'
import { distanceKm, type GeoPoint, KM_PER_DEGREE, LEVELS_FOR, NEAR_KM } from '../../contract/vocabulary/placing.ts'
import type { Severity } from '../../contract/vocabulary/severity.ts'
import { type Urgency, urgencyClass } from '../../contract/vocabulary/urgency.ts'

/** `refusedBy`: the facility that has refused them last; they are not sent there again */
export type Patient = Urgency & {
  readonly id: number
  readonly from: GeoPoint | null
  readonly refusedBy?: number | null
}
/** `free`: staffed beds that are free, by level */
export type FreeBeds = {
  readonly id: number
  readonly at: GeoPoint | null
  readonly free: Readonly<Partial<Record<BedLevel, number>>>
}
export type Placement = {
  readonly patient: number
  readonly facility: number
  readonly level: BedLevel
  readonly km: number
}

/** Degrees that are never less than NEAR_KM inside Thailand: who is near lies in one of the nine cells around. */
const CELL = 0.6
const ROWS = Math.ceil(180 / CELL)
const NEAR_SQUARE = (NEAR_KM / KM_PER_DEGREE) ** 2
/**
 * How often in a round it is looked where somebody else could go: bounds the time of a whole country. A province's round ends
 * long before; the most urgent come first.
 */
const LOOKS_MAX = 10_000

/** Beds of one level of a facility, in numbers: of 20,000 patients each looks at a hundred of these. */
type Slots = {
  readonly facility: Int32Array
  readonly lat: Float64Array
  readonly lon: Float64Array
  readonly free: Int32Array
  /** by level and cell: from which slot to which */
  readonly cells: ReadonlyMap<BedLevel, ReadonlyMap<number, readonly [from: number, to: number]>>
}

function cellOf(lat: number, lon: number): number {
  return Math.floor((lon + 180) / CELL) * ROWS + Math.floor((lat + 90) / CELL)
}

/** Those with a free bed and a place, by level and cell. */
function slotsOf(facilities: readonly FreeBeds[]): Slots & { readonly levels: readonly BedLevel[] } {
  const all = facilities
    .flatMap(({ free, at }, facility) =>
      at === null
        ? []
        : BED_LEVELS.flatMap((level) => {
            const beds = free[level] ?? 0
            return beds > 0 ? [{ facility, level, beds, ...at, cell: cellOf(at.lat, at.lon) }] : []
          }),
    )
    .sort((a, b) => BED_LEVELS.indexOf(a.level) - BED_LEVELS.indexOf(b.level) || a.cell - b.cell)
  const cells = new Map(BED_LEVELS.map((level) => [level, new Map<number, readonly [number, number]>()]))
  for (const [slot, { level, cell }] of all.entries()) {
    const of = cells.get(level)
    of?.set(cell, [of.get(cell)?.[0] ?? slot, slot + 1])
  }
  return {
    facility: Int32Array.from(all, (each) => each.facility),
    lat: Float64Array.from(all, (each) => each.lat),
    lon: Float64Array.from(all, (each) => each.lon),
    free: Int32Array.from(all, (each) => each.beds),
    cells,
    levels: all.map(({ level }) => level),
  }
}

/**
 * Who goes where. The most urgent choose first; whoever finds the beds near them taken gets one all the same when those
 * who have them can go elsewhere near. So whom it places is the best set in the order of urgency: nobody who is left out could be
 * placed without leaving out somebody more urgent (the greedy rule of a transversal matroid), within LOOKS_MAX. Nobody goes farther than NEAR_KM.
 */
export function proposePlacements(patients: readonly Patient[], facilities: readonly FreeBeds[]): Placement[] {
  return place(patients, facilities, inOrder(patients, urgencyClass), true)
}

/** Whoever has waited longest takes the nearest bed that serves them: what happens where nobody looks at the whole. */
export function firstComeFirstServed(patients: readonly Patient[], facilities: readonly FreeBeds[]): Placement[] {
  return place(
    patients,
    facilities,
    inOrder(patients, () => 0),
    false,
  )
}

/**
 * By class, then by how long they have waited, then as they are given. One number each, which typed arrays sort without a
 * comparing function: exact while class × span of waiting × patients stays below 2⁵³, 20 months of 20,000 patients; what is
 * waited longer counts as that.
 * @param classOf 0 to 3.5, in steps of one half
 */
function inOrder(patients: readonly Patient[], classOf: (patient: Patient) => number): Int32Array {
  const count = patients.length
  let newest = Number.NEGATIVE_INFINITY
  for (const { waitingSince } of patients) newest = Math.max(newest, waitingSince)
  const span = Math.floor(Number.MAX_SAFE_INTEGER / 8 / Math.max(count, 1)) - 1
  const keys = new Float64Array(count)
  for (const [i, patient] of patients.entries()) {
    const waited = Math.min(newest - patient.waitingSince, span - 1)
    keys[i] = (2 * classOf(patient) * span + (span - 1 - waited)) * count + i
  }
  return new Int32Array(keys.sort().map((key) => key % count))
}

/** A patient without a place, or a facility without one, is near to nothing. */
function place(
  patients: readonly Patient[],
  facilities: readonly FreeBeds[],
  order: Int32Array,
  mayMove: boolean,
): Placement[] {
  const { facility, lat, lon, free, cells, levels } = slotsOf(facilities)
  const left = new Map(BED_LEVELS.map((level) => [level, 0]))
  for (const [slot, level] of levels.entries()) left.set(level, (left.get(level) ?? 0) + (free[slot] ?? 0))

  const known = new Map<BedLevel, Map<number, Int32Array>>(BED_LEVELS.map((level) => [level, new Map()]))
  /** The slots of a level in the nine cells around a place: from, to, from, to, … */
  function rangesAround({ lat, lon }: GeoPoint, level: BedLevel): Int32Array {
    const home = cellOf(lat, lon)
    const found = known.get(level)?.get(home)
    if (found) return found
    const around = [-ROWS, 0, ROWS].flatMap((east) => [-1, 0, 1].map((north) => home + east + north))
    const ranges = Int32Array.from(around.flatMap((cell) => cells.get(level)?.get(cell) ?? []))
    known.get(level)?.set(home, ranges)
    return ranges
  }
  const indexOf = new Map(facilities.map(({ id }, i) => [id, i]))
  const refusal = ({ refusedBy }: Patient) => (refusedBy == null ? -1 : (indexOf.get(refusedBy) ?? -1))
  /** of degrees of latitude */
  function squareTo(slot: number, from: GeoPoint, narrow: number): number {
    const up = (lat[slot] ?? 0) - from.lat
    const right = ((lon[slot] ?? 0) - from.lon) * narrow
    return up * up + right * right
  }

  const slotFor = new Int32Array(patients.length).fill(-1)
  const inSlot: number[][] = levels.map(() => [])
  const take = (i: number, slot: number) => {
    slotFor[i] = slot
    inSlot[slot]?.push(i)
  }
  const use = (slot: number) => {
    free[slot] = (free[slot] ?? 0) - 1
    const level = levels[slot]
    if (level) left.set(level, (left.get(level) ?? 0) - 1)
  }
  /** @returns the nearest slot with a free bed, of the first level that has one; −1 when there is none */
  function nearest(from: GeoPoint, severity: Severity, refused: number): number {
    const narrow = Math.cos((from.lat * Math.PI) / 180)
    for (const level of LEVELS_FOR[severity]) {
      if (left.get(level) === 0) continue
      const ranges = rangesAround(from, level)
      let best = -1
      let bestSquare = NEAR_SQUARE
      for (let at = 0; at < ranges.length; at += 2) {
        const end = ranges[at + 1] ?? 0
        for (let slot = ranges[at] ?? 0; slot < end; slot++) {
          if (free[slot] === 0 || facility[slot] === refused) continue
          const square = squareTo(slot, from, narrow)
          if (square > bestSquare || (square === bestSquare && best >= 0)) continue
          best = slot
          bestSquare = square
        }
      }
      if (best >= 0) return best
    }
    return -1
  }

  const seen = new Int32Array(levels.length)
  const before = new Int32Array(levels.length)
  const mover = new Int32Array(levels.length)
  /** From these no free bed can be reached by moving people, now or later: a search that failed has shown it. */
  const dead = new Uint8Array(levels.length)
  let search = 0
  let looks = 0

  /** @returns whether moving others has made room */
  function makeRoom(i: number): boolean {
    search++
    const queue: number[] = []
    let found = -1
    /** @returns whether somebody could go to a free bed; notes the full ones */
    const look = (who: number, via: number): boolean => {
      const one = patients[who]
      if (!one?.from) return false
      const { from, severity } = one
      const refused = refusal(one)
      const narrow = Math.cos((from.lat * Math.PI) / 180)
      for (const level of LEVELS_FOR[severity]) {
        const ranges = rangesAround(from, level)
        for (let at = 0; at < ranges.length; at += 2) {
          const end = ranges[at + 1] ?? 0
          for (let slot = ranges[at] ?? 0; slot < end; slot++) {
            if (dead[slot] === 1 || seen[slot] === search || facility[slot] === refused) continue
            if (squareTo(slot, from, narrow) > NEAR_SQUARE) continue
            seen[slot] = search
            before[slot] = via
            mover[slot] = who
            if (free[slot] !== 0) {
              found = slot
              return true
            }
            queue.push(slot)
          }
        }
      }
      return false
    }
    look(i, -1)
    for (let at = 0; found < 0 && at < queue.length; at++) {
      const slot = queue[at] ?? 0
      inSlot[slot]?.some((who) => ++looks > LOOKS_MAX || look(who, slot))
    }
    if (found < 0) {
      if (looks <= LOOKS_MAX) for (const slot of queue) dead[slot] = 1
      return false
    }
    use(found)
    for (let slot = found; slot !== -1; slot = before[slot] ?? -1) {
      const who = mover[slot] ?? 0
      const from = inSlot[before[slot] ?? -1]
      from?.splice(from.indexOf(who), 1)
      take(who, slot)
    }
    return true
  }

  for (const i of order) {
    const one = patients[i]
    if (!one?.from) continue
    const slot = nearest(one.from, one.severity, refusal(one))
    if (slot >= 0) {
      use(slot)
      take(i, slot)
    } else if (mayMove && looks <= LOOKS_MAX) makeRoom(i)
  }
  const placements: Placement[] = []
  for (const i of order) {
    const slot = slotFor[i] ?? -1
    if (slot < 0) continue
    const [one, level] = [patients[i], levels[slot]]
    const to = facilities[facility[slot] ?? -1]
    if (one?.from && to?.at && level) {
      placements.push({ patient: one.id, facility: to.id, level, km: distanceKm(one.from, to.at) })
    }
  }
  return placements
}
