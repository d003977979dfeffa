import type pg from 'pg'
import { provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import type { BedUnit } from './beds.ts'
import type { DayCounts } from './day-plan.ts'
import type { Epidemic } from './epidemic.ts'
import { daysBetween } from './published.ts'
import { type CareKind, DAY_SECONDS, REPORT_HOURS, type ReplaySeverity } from './rates.ts'
import type { CareState, ReplayCase } from './replay-case.ts'

type OpenRow = {
  readonly id: number
  readonly district: string
  readonly day: string
  readonly severity: ReplaySeverity | 'unknown'
  readonly risk608: boolean
  readonly carePlace: string
}

/** Beds that no case of ours lies in are cleared over this long. */
const STRAY_BEDS_SECONDS = 3 * DAY_SECONDS

/**
 * Takes over the open cases and the beds that an earlier run left. Which bed a case lies in is not stored; each gets
 * one that fits, and beds that are left over are cleared in the next days.
 */
export async function adoptOpen(
  client: pg.ClientBase,
  epidemic: Epidemic,
  units: readonly BedUnit[],
  firstDay: string,
): Promise<number> {
  const { rows } = await client.query<OpenRow>(
    `select id, district, report_day::text as day, severity, risk608, care_place as "carePlace"
     from cases where source = 'replay' and outcome = 'none' order by id`,
  )
  const free = units.map((unit) => ({ unit, occupied: unit.occupied }))
  const groups = Map.groupBy(free, ({ unit }) => `${unit.province} ${unit.kind}`)
  for (const row of rows) {
    const found: ReplayCase = {
      id: row.id,
      district: row.district,
      reportDay: row.day,
      reportedAt: daysBetween(firstDay, row.day) * DAY_SECONDS,
      severity: row.severity === 'unknown' ? undefined : row.severity,
      severityAt: 0,
      risk608: row.risk608,
      state: careState(row.carePlace),
      stateAt: 0,
      bed: undefined,
    }
    const bed = groups.get(`${provinceOf(row.district)} ${row.carePlace}`)?.find((entry) => entry.occupied > 0)
    if (bed) {
      bed.occupied--
      found.bed = bed.unit
    }
    epidemic.adopt(found)
  }
  for (const { unit, occupied } of free) {
    for (const [from, n] of [
      ['held', unit.held],
      ['cleaning', unit.cleaning],
      ['occupied', occupied],
    ] as const) {
      for (let i = 0; i < n; i++) epidemic.release(unit, from, STRAY_BEDS_SECONDS)
    }
  }
  return rows.length
}

function careState(carePlace: string): CareState {
  if (carePlace === 'unknown') return { kind: 'reported' }
  if (carePlace === 'waiting' || carePlace === 'discharged') return { kind: 'waiting' }
  return { kind: 'care', place: carePlace as CareKind }
}

/** What of a day an earlier run has already written. */
export async function doneOf(client: pg.ClientBase, day: string, keyPrefix: string): Promise<DayCounts> {
  const cases = await counts(
    client,
    `select left(district, 2) as area, count(*) as n from cases where source = 'replay' and report_day = $1 group by 1`,
    [day],
  )
  const deaths = await counts(
    client,
    `select left(district, 2) as area, count(*) as n from cases
     where source = 'replay' and outcome = 'died' and outcome_day = $1 group by 1`,
    [day],
  )
  const doses: Map<string, number>[] = []
  for (const dose of [1, 2, 3]) {
    doses.push(
      await counts(
        client,
        `select left(district, 2) as area, sum(doses) as n from vaccinations
         where day = $1 and starts_with(idempotency_key, $2) and dose = $3 group by 1`,
        [day, keyPrefix, dose],
      ),
    )
  }
  const pcr = await counts(
    client,
    `select left(district, 2) as area, sum(tested) as n from tests
     where day = $1 and starts_with(idempotency_key, $2) and kind = 'pcr' group by 1`,
    [day, keyPrefix],
  )
  return { cases, deaths, doses, pcr }
}

async function counts(client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<Map<string, number>> {
  const { rows } = await client.query<{ area: string; n: number }>(text, [...values])
  return new Map(rows.map((row) => [row.area, Number(row.n)]))
}

/** What is left of a day. */
export function remaining(all: DayCounts, done: DayCounts): DayCounts {
  const less = (from: ReadonlyMap<string, number>, by: ReadonlyMap<string, number> | undefined) =>
    new Map([...from].map(([area, n]) => [area, Math.max(0, n - (by?.get(area) ?? 0))]))
  return {
    cases: less(all.cases, done.cases),
    deaths: less(all.deaths, done.deaths),
    doses: all.doses.map((byProvince, i) => less(byProvince, done.doses[i])),
    ...(all.pcr ? { pcr: less(all.pcr, done.pcr) } : {}),
  }
}

/** The second of the day at which a share of the day's cases is registered. */
export function secondAtShare(share: number): number {
  const total = REPORT_HOURS.reduce<number>((sum, weight) => sum + weight, 0)
  let left = Math.min(Math.max(share, 0), 1) * total
  for (const [hour, weight] of REPORT_HOURS.entries()) {
    if (left < weight) return Math.floor((hour + left / weight) * 3600)
    left -= weight
  }
  return DAY_SECONDS - 1
}

export function totalOf(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const n of counts.values()) sum += n
  return sum
}
