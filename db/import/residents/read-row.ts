import { KNOWN_GROUPS, type KnownGroup } from '../../../hub/contract/vocabulary/doses.ts'
import type { Places } from '../facilities/gazetteer.ts'
import { type Read, readCount, readDay } from '../fields.ts'
import type { Fields } from '../rows.ts'

const SOURCE_LENGTH_MAX = 200

/** People of one group in one place: a district, or `NN00` for a province as a whole. */
export type Residents = {
  readonly line: number
  readonly district: string
  readonly group: KnownGroup
  readonly residents: number
  readonly asOf: string
  readonly source: string
}

export type RowRules = {
  readonly places: Places
  /** people of a province; `undefined`: not known */
  readonly population: (province: string) => number | undefined
  readonly today: string
  /** take a group that is larger than its province */
  readonly acceptImplausible: boolean
}

function readWhere(fields: Fields, places: Places): Read<string> {
  const province = places.province(fields.province ?? '')
  if ('wrong' in province) return province
  const typed = fields.district ?? ''
  if (province.value === '00') return { wrong: 'residents live somewhere: name the province' }
  if (typed === '') return { value: `${province.value}00` }
  const district = places.district(province.value, typed)
  if ('value' in district && district.value.endsWith('00')) return { wrong: `${district.value} is no district` }
  return 'value' in district
    ? district
    : { wrong: `${JSON.stringify(typed)} is no district of ${places.name(province.value)}${district.wrong}` }
}

/** @returns what a row says of each group, or what is wrong with it; a blank number says nothing */
export function readResidents(
  line: number,
  fields: Fields,
  { places, population, today, acceptImplausible }: RowRules,
): readonly Residents[] | { readonly wrong: string } {
  const district = readWhere(fields, places)
  if ('wrong' in district) return district
  const day = readDay(fields.as_of ?? '', today)
  if ('wrong' in day) return { wrong: day.wrong.replace(/^date/, 'as_of') }
  const source = (fields.source ?? '').trim()
  if (source === '') return { wrong: 'source is blank: say who published these numbers' }
  if (source.length > SOURCE_LENGTH_MAX) return { wrong: `source is longer than ${SOURCE_LENGTH_MAX} characters` }
  const people = population(district.value.slice(0, 2))
  const said: Residents[] = []
  for (const group of KNOWN_GROUPS) {
    const count = readCount(group, fields[group])
    if ('wrong' in count) return count
    if (count.value === undefined) continue
    if (!acceptImplausible && people !== undefined && count.value > people) {
      return { wrong: `${group} ${count.value} is more than the ${people} people who live in the province` }
    }
    said.push({ line, district: district.value, group, residents: count.value, asOf: day.value, source })
  }
  return said
}
