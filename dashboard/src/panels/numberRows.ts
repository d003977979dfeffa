import { FAMILIES, type Family, INDICATORS, type IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Option, Options } from '../../../hub/contract/indicators/indicator.ts'
import { BED_LEVELS } from '../../../hub/contract/vocabulary/beds.ts'
import { DOSE_NUMBERS, KNOWN_GROUPS, TARGET_GROUPS, VACCINES } from '../../../hub/contract/vocabulary/doses.ts'
import { FACILITY_KINDS } from '../../../hub/contract/vocabulary/facilities.ts'
import { SEVERITIES } from '../../../hub/contract/vocabulary/severity.ts'
import { STOCK_ITEMS } from '../../../hub/contract/vocabulary/stock.ts'
import { TEST_KINDS } from '../../../hub/contract/vocabulary/tests.ts'
import type { Subject } from './subject.tsx'

/** The values an indicator is asked by, the gravest first. */
const VALUES: { readonly [O in Option]: readonly NonNullable<Options[O]>[] } = {
  level: BED_LEVELS.toReversed(),
  severity: SEVERITIES.toReversed(),
  dose: DOSE_NUMBERS,
  group: TARGET_GROUPS,
  knownGroup: KNOWN_GROUPS,
  vaccine: VACCINES,
  test: TEST_KINDS,
  site: FACILITY_KINDS,
  item: STOCK_ITEMS,
}

/** An indicator with each of the ways in which it is asked: `{}` is of all together. */
export type NumberRow = { readonly id: IndicatorId; readonly asked: readonly Options[] }

/** What the dictionary can say of one facility. */
const OF_FACILITY: readonly IndicatorId[] = ['beds.occupancy', 'beds.free', 'beds.staffed', 'beds.other', 'beds.full']

/** Every number of the dictionary that a subject can have, by family; a family without any is left out. */
export function numberRows({
  kind,
  place,
}: Pick<Subject, 'kind' | 'place'>): readonly { readonly family: Family; rows: readonly NumberRow[] }[] {
  const isOf = (id: IndicatorId) =>
    place === 'facility' ? OF_FACILITY.includes(id) : kind === 'nation' || INDICATORS[id].finest !== 'nation'
  return Object.entries(FAMILIES).flatMap(([family, indicators]) => {
    const ids = (Object.keys(indicators) as IndicatorId[]).filter(isOf)
    return ids.length === 0 ? [] : [{ family: family as Family, rows: ids.map((id) => ({ id, asked: askedOf(id) })) }]
  })
}

/** The ways in which an indicator is asked: `{}` is of all together. */
export function askedOf(id: IndicatorId): readonly Options[] {
  const { by, required } = INDICATORS[id]
  if (by === undefined) return [{}]
  const each = VALUES[by].map((value): Options => ({ [by]: value }))
  return required ? each : [{}, ...each]
}
