import { cellsAsOf } from '../../../db/queries/as-of.ts'
import { readYesterday } from '../../../db/queries/day-marks.ts'
import { type AreaRow, readArea, subareasOf } from '../../../db/queries/places.ts'
import { byRank } from '../../contract/alerts/order.ts'
import { type Cells, type Curve, curve, knownCurve } from '../../contract/indicators/cells.ts'
import { INDICATORS, type IndicatorId, type Tone, toneOf } from '../../contract/indicators/index.ts'
import type { Options, Subject, Value } from '../../contract/indicators/indicator.ts'
import { knownSeries } from '../../contract/indicators/known.ts'
import { withRegions } from '../../contract/indicators/regions.ts'
import { pastOf } from '../../contract/live/past.ts'
import { type Row, type RowObject, rowObjects } from '../../contract/live/rows.ts'
import type { Scope } from '../../contract/live/scopes.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { NATION, provinceOf } from '../../contract/vocabulary/areas.ts'
import { BED_LEVELS } from '../../contract/vocabulary/beds.ts'
import { addDays } from '../../contract/vocabulary/days.ts'
import { DAYS_INSIDE, DAYS_OWN } from '../../contract/vocabulary/metrics.ts'
import { HEALTH_REGIONS, provincesOfRegion, regionCode } from '../../contract/vocabulary/regions.ts'
import { pageOfAlerts } from '../alerts/alerts.ts'
import type { CommandContext } from '../command/run.ts'
import { commandOfArea } from '../period/views.ts'
import { listLate } from '../reports/late.ts'

/** Days of the curve; of a district the hub holds fewer. */
const CURVE_DAYS = 56
/** Late facilities that stand by name; the rest are counted. */
const LATE_MAX = 20
/** The newest alerts that are looked at. */
const ALERTS_MAX = 200
const DAY_MS = 24 * 3_600_000

/** The hub's view, read in one go so that all numbers are of one position. */
export type View = {
  readonly position: number
  readonly today: string
  cell(column: string, area: string): number
  rows(scope: Scope): Iterable<Row>
}

/** A number of the dictionary now and, where it can be told, a day before at this hour. */
export type Figure = {
  readonly id: IndicatorId
  readonly options: Options
  readonly now: Value
  readonly before: Value | undefined
  readonly tone: Tone
}

export type Briefing = {
  readonly area: AreaRow
  /** what lies right below it */
  readonly parts: readonly AreaRow[]
  readonly kind: RowObject<'operation'>['kind']
  /** ms since 1970 */
  readonly at: number
  readonly position: number
  readonly today: string
  readonly figures: readonly Figure[]
  /** of the nation: its 13 health regions */
  readonly regions: readonly { readonly region: number; readonly code: string; readonly figures: readonly Figure[] }[]
  readonly curve: Curve
  readonly command: Awaited<ReturnType<typeof commandOfArea>>
  readonly late: Awaited<ReturnType<typeof listLate>>
  /** live ones, and those that rang since the shift began; the worst first */
  readonly alerts: Awaited<ReturnType<typeof pageOfAlerts>>['alerts']
}

/** Of a health region, as the nation's page says them. */
const OF_REGIONS: readonly Asked[] = [
  ['cases.day'],
  ['waiting'],
  ['waiting.red'],
  ['unclaimed'],
  ['beds.occupancy', { level: '3' }],
  ['beds.free', { level: '3' }],
]

type Asked = readonly [id: IndicatorId, options?: Options]
const OF_LEVELS = ['beds.occupancy', 'beds.free', 'beds.full'] as const
const FIGURES: readonly Asked[] = [
  ['cases.day'],
  ['cases.mean'],
  ['cases.growth'],
  ['cases.rt'],
  ['deaths.day'],
  ['waiting'],
  ['waiting.red'],
  ['waiting.oldest', { severity: 'red' }],
  ['unclaimed'],
  ['unclaimed.oldest'],
  ['uncontacted'],
  ...[...BED_LEVELS].reverse().flatMap((level) => OF_LEVELS.map((id): Asked => [id, { level }])),
  ['doses.day'],
  ['tests.day'],
  ['positivity'],
  ['reporting.sites'],
]
/** Numbers of which cellsAsOf tells what they were a day ago. */
const HAVE_BEFORE: readonly IndicatorId[] = [
  ...(['cases.day', 'waiting', 'waiting.red', 'beds.occupancy', 'beds.free', 'doses.day', 'tests.day'] as const),
]
/** Columns that cellsAsOf gives: what it leaves out was none. */
const TOLD = /^(?:waiting\.|beds\.(?!late)|(?:cases|doses\.\d|tests\.\w+|positive\.\w+)@)/

/** Everything a briefing says of an area. @throws ApiError 422 of an area that is none */
export async function gatherBriefing(context: CommandContext, view: View, code: string): Promise<Briefing> {
  const { trx, now } = context
  const area = await readArea(trx, code)
  if (area === undefined) throw wrongField('file', 'area_unknown')
  const parts = await subareasOf(trx, code)
  const command = await commandOfArea(context, 0, { area: code })
  const scope: Scope = code === NATION ? 'nation' : `province:${provinceOf(code)}`
  const yesterday = addDays(view.today, -1)
  const cells: Cells = (column, of) => view.cell(column, of)
  const mark = await readYesterday(trx, code === NATION ? NATION : provinceOf(code), now)
  const was = mark ? [] : await cellsAsOf(trx, code, { at: new Date(now - DAY_MS), day: yesterday })
  const late = await listLate(trx, cells, { area: code, day: view.today, limit: LATE_MAX })

  const { alerts } = await pageOfAlerts(context, 0, { area: code, state: 'all', limit: ALERTS_MAX })
  const since = command.period?.startsAt ?? now - DAY_MS

  // From here on nothing waits: all is of one position.
  const rows = [...view.rows(scope)]
  const { kind = 'live' } = rowObjects(rows, 'operation')[0] ?? {}
  const oldest = rowObjects(rows, 'oldest')
  const thresholds = new Map(rowObjects(rows, 'threshold').map((row) => [row.id, row]))
  const subject: Subject = {
    ...{ code, population: area.population, parts, whole: code },
    oldest: (of, measure) => oldest.find(({ id }) => id === `${of}.${measure}`)?.at ?? null,
  }
  const past = mark && pastOf({ ...mark, at: mark.at.getTime() }, cells)
  const known = new Map(was.map(({ column, value }) => [column, value]))
  const asOf: Cells = (column, of) => (of === code && TOLD.test(column) ? (known.get(column) ?? 0) : cells(column, of))
  /** As the hub marked it, by the operation's own clock; else, of a real day, what can be told afterwards. */
  const beforeOf = (id: IndicatorId, options: Options): Value | undefined => {
    const { read } = INDICATORS[id]
    if (past) return read(past.cells, { ...subject, oldest: past.oldest }, past.day, past.at, options)
    if (kind !== 'live' || !HAVE_BEFORE.includes(id)) return undefined
    return read(asOf, subject, yesterday, now - DAY_MS, options)
  }
  const figureOf = (id: IndicatorId, options: Options, value: Value, before?: Value): Figure => {
    const tone = toneOf(id, value.value, thresholds.get(id) ?? INDICATORS[id].thresholds)
    return { id, options, now: value, before, tone }
  }
  const figures = FIGURES.map(([id, options = {}]) =>
    figureOf(id, options, INDICATORS[id].read(cells, subject, view.today, now, options), beforeOf(id, options)),
  )
  const summed = withRegions(cells)
  const regions = Array.from({ length: code === NATION ? HEALTH_REGIONS : 0 }, (_, i) => {
    const region = regionCode(i + 1)
    const provinces = parts.filter((part) => provincesOfRegion(region).includes(part.code))
    const population = provinces.reduce((sum, part) => sum + (part.population ?? 0), 0)
    const of: Subject = { code: region, population, parts: provinces, whole: region, oldest: () => null }
    const values = OF_REGIONS.map(([id, options = {}]) =>
      figureOf(id, options, INDICATORS[id].read(summed, of, view.today, now, options)),
    )
    return { region: i + 1, code: region, figures: values }
  })
  const days = Math.min(CURVE_DAYS, code.length === 4 ? DAYS_INSIDE : DAYS_OWN)
  return {
    ...{ area, parts, kind, at: now, position: view.position, today: view.today, figures, regions, command, late },
    alerts: alerts.filter(({ endedAt, raisedAt }) => endedAt === null || raisedAt >= since).toSorted(byRank),
    curve: knownCurve(curve(knownSeries(cells, 'cases', code, view.today, days), view.today)),
  }
}
