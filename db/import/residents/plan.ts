import { isUnspecified, provinceOf } from '../../../hub/contract/vocabulary/areas.ts'
import type { KnownGroup } from '../../../hub/contract/vocabulary/doses.ts'
import type { Residents } from './read-row.ts'

export type Standing = Omit<Residents, 'line'>

export type ResidentsPlan = {
  readonly write: readonly Residents[]
  /** what stood, and is said otherwise now: the province as a whole, or its districts */
  readonly drop: readonly { readonly district: string; readonly group: KnownGroup }[]
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  readonly faults: readonly { readonly line: number; readonly what: string }[]
}

const keyOf = ({ district, group }: Pick<Standing, 'district' | 'group'>): string => `${district} ${group}`
const ofProvince = ({ district, group }: Pick<Standing, 'district' | 'group'>): string =>
  `${provinceOf(district)} ${group}`

/**
 * What a file changes of what stands. A province has a group's residents as a whole or by all of its districts: of some
 * districts alone, the doses of the others would be counted against nobody.
 * @param districtsOf the districts of a province, without the one that is not specified
 */
export function planResidents(
  file: readonly Residents[],
  standing: readonly Standing[],
  districtsOf: (province: string) => readonly string[],
): ResidentsPlan {
  const faults: { line: number; what: string }[] = []
  const said = new Map<string, Residents>()
  for (const row of file) {
    const before = said.get(keyOf(row))
    if (before === undefined) said.set(keyOf(row), row)
    else if (before.residents !== row.residents) {
      faults.push({ line: row.line, what: `${row.group} of ${row.district} has another number in line ${before.line}` })
    }
  }
  const stood = new Map(standing.map((row) => [keyOf(row), row]))
  const drop: { district: string; group: KnownGroup }[] = []
  for (const [, rows] of Map.groupBy(said.values(), ofProvince)) {
    const [first] = rows
    if (first === undefined) continue
    const { group, line } = first
    const province = provinceOf(first.district)
    const whole = rows.find(({ district }) => isUnspecified(district))
    const districts = districtsOf(province)
    if (whole !== undefined && rows.length > 1) {
      const part = rows.find((row) => row !== whole)
      faults.push({
        line: Math.max(whole.line, part?.line ?? 0),
        what: `${group} of province ${province} is given as a whole in line ${whole.line} and by district too: give one of them`,
      })
    } else if (whole !== undefined) {
      drop.push(
        ...districts
          .filter((district) => stood.has(keyOf({ district, group })))
          .map((district) => ({ district, group })),
      )
    } else {
      const missing = districts.filter(
        (district) => !said.has(keyOf({ district, group })) && !stood.has(keyOf({ district, group })),
      )
      if (missing.length > 0) {
        faults.push({
          line,
          what: `${group} is given for ${districts.length - missing.length} of the ${districts.length} districts of province ${province} (not ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}): give all, or the province as a whole`,
        })
      }
      const all = { district: `${province}00`, group }
      if (stood.has(keyOf(all))) drop.push(all)
    }
  }
  const write = [...said.values()].filter((row) => {
    const before = stood.get(keyOf(row))
    return before?.residents !== row.residents || before.asOf !== row.asOf || before.source !== row.source
  })
  const fresh = write.filter((row) => !stood.has(keyOf(row))).length
  return {
    write,
    drop,
    fresh,
    changed: write.length - fresh,
    unchanged: said.size - write.length,
    faults: faults.toSorted((a, b) => a.line - b.line),
  }
}
