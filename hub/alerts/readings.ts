import { replacedIn } from '../contract/alerts/own.ts'
import { type AlertRule, askedBy, ruleProblem, type Verdict, verdictOf } from '../contract/alerts/rules.ts'
import type { Cells } from '../contract/indicators/cells.ts'
import { INDICATORS, isIndicator } from '../contract/indicators/index.ts'
import { type Area, known, type Subject, unknown, type Value } from '../contract/indicators/indicator.ts'
import { knownSeries } from '../contract/indicators/known.ts'
import type { RowObject } from '../contract/live/rows.ts'
import { NATION, provinceOf } from '../contract/vocabulary/areas.ts'
import { DAYS_INSIDE } from '../contract/vocabulary/metrics.ts'

/** What rules are judged by: the fold's cells and rows, and the hub's own state. */
export type Circumstances = {
  readonly cells: Cells
  readonly today: string
  /** ms since 1970 */
  readonly now: number
  /** ms since 1970 of a row `oldest`; `null`: there is none */
  readonly oldest: (area: string, measure: string) => number | null
  /** the active facilities of a province that owe reports */
  readonly facilities: (province: string) => readonly RowObject<'facility'>[]
  readonly lagSeconds: number
  /** share of the hour's text messages that is used up */
  readonly messages: number
  /** ms since 1970 at which the oldest request of a province that stands apart came; `undefined`: there is none */
  readonly apartSince: (province: string) => number | undefined
  /** every province: what the nation adds up */
  readonly parts: readonly Area[]
}
/** Where rules are read, beside the nation. */
export type Places = { readonly provinces: readonly Area[]; readonly districts: readonly Area[] }

export type Place = {
  readonly area: string
  readonly facility: { readonly id: number; readonly nameTh: string; readonly nameEn: string } | null
}
/** What a rule says of one place now. */
export type Reading = Place & {
  readonly rule: AlertRule
  readonly verdict: Verdict
  readonly value: number | null
}

/** One rule at one place: of these there is never more than one live alert. */
export function keyOf(
  rule: number,
  { area, facility }: { readonly area: string; readonly facility: { readonly id: number } | null },
) {
  return `${rule} ${area} ${facility?.id ?? ''}`
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Whole days before today of which a province has said nothing, after the last that it has; of one that has said none within two weeks, not known. */
function silentDays(cells: Cells, area: string, today: string): Value {
  const last = knownSeries(cells, 'cases', area, today, DAYS_INSIDE).findLastIndex((day) => day !== null)
  return last < 0 ? unknown('not_reported') : known(Math.max(0, DAYS_INSIDE - 2 - last))
}

/** Where a rule counts: a province's at home, the nation's everywhere but where a province has its own. */
function placesOf(rule: AlertRule, rules: readonly AlertRule[], places: Places): Places {
  const replaced = replacedIn(rule, rules)
  if (rule.area === NATION && replaced.size === 0) return places
  const { provinces, districts } = places
  const counts = ({ code }: Area) =>
    rule.area === NATION ? !replaced.has(provinceOf(code)) : provinceOf(code) === rule.area
  return { provinces: provinces.filter(counts), districts: districts.filter(counts) }
}

function* readingsOf(rule: AlertRule, places: Places, around: Circumstances): Generator<Reading> {
  const { cells, today, now, oldest } = around
  const nation: Area & { readonly parts: readonly Area[] } = { code: NATION, parts: around.parts }
  const judged = (area: string, value: Value, facility: Reading['facility'] = null): Reading => ({
    ...{ rule, area, facility, value: value.value },
    verdict: verdictOf(rule, value),
  })
  const { indicator } = rule
  if (indicator === 'system.lag') yield judged(NATION, known(around.lagSeconds))
  else if (indicator === 'system.messages') yield judged(NATION, known(around.messages))
  else if (indicator === 'silence.reports') {
    for (const { code } of places.provinces) yield judged(code, silentDays(cells, code, today))
  } else if (indicator === 'help.unverified') {
    for (const { code } of places.provinces) {
      const since = around.apartSince(code)
      yield judged(code, since === undefined ? unknown('none') : known(Math.max(0, now - since) / MINUTE_MS))
    }
  } else if (indicator === 'silence.facility') {
    for (const { code } of places.provinces) {
      for (const { id, district, nameTh, nameEn, reportedAt } of around.facilities(code)) {
        // One that never reported has not begun: the list of who is late has it.
        const silent = reportedAt === null ? unknown('not_reported') : known(Math.max(0, now - reportedAt) / HOUR_MS)
        yield judged(district, silent, { id: Number(id), nameTh, nameEn })
      }
    }
  } else if (isIndicator(indicator)) {
    const { read } = INDICATORS[indicator]
    const options = askedBy(rule)
    const at: readonly (Area & { readonly parts?: readonly Area[] })[] =
      rule.areaKind === 'nation' ? [nation] : rule.areaKind === 'province' ? places.provinces : places.districts
    for (const area of at) {
      const subject: Subject = { parts: [], ...area, oldest, whole: NATION }
      yield judged(area.code, read(cells, subject, today, now, options))
    }
  }
}

/** What every enabled rule says of every place, by key. A rule that cannot be computed says nothing. */
export function readAll(
  rules: readonly AlertRule[],
  places: Places,
  around: Circumstances,
): ReadonlyMap<string, Reading> {
  const readings = new Map<string, Reading>()
  for (const rule of rules) {
    if (!rule.enabled || ruleProblem(rule) !== null) continue
    for (const reading of readingsOf(rule, placesOf(rule, rules, places), around))
      readings.set(keyOf(rule.id, reading), reading)
  }
  return readings
}

/** Since when each reading has been on, ms since 1970; one that is not known now keeps its time. */
export function onSince(
  before: ReadonlyMap<string, number>,
  readings: ReadonlyMap<string, Reading>,
  now: number,
): ReadonlyMap<string, number> {
  const since = new Map<string, number>()
  for (const [key, { verdict }] of readings) {
    const began = before.get(key)
    if (verdict === 'on') since.set(key, began ?? now)
    else if (verdict === 'unknown' && began !== undefined) since.set(key, began)
  }
  return since
}
