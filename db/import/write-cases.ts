import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { NO_PROVINCE } from '../../hub/contract/vocabulary/areas.ts'
import { REPORTED_FLOWS } from '../../hub/contract/vocabulary/metrics.ts'
import type { CaseMove, CasePlan } from './plan-cases.ts'

/** Rows after which the planner's statistics are worth renewing inside the transaction. */
const ANALYZE_FROM = 10_000
const COPY_BLOCK_BYTES = 64 * 1024
/** A death is put on a case at least this many days older, when there is one. [B] */
const DEATH_AFTER_DAYS = 7

export type CaseWritten = {
  /** deaths for which no imported case was there: rows without a report day */
  readonly deathsWithoutCase: number
  /** imported cases that were to be taken back and are no longer as imported */
  readonly notFound: number
}

/** The district of a province's cases whose district the source does not say: `NN00`. */
export function unspecifiedDistrict(province: string): string {
  return `${province}00`
}

/**
 * Carries a plan out inside the caller's transaction. Cases are taken back before others come, deaths are set last,
 * on imported cases of the same province; where none is left, the death gets a row without a report day.
 */
export async function writeCases(
  client: pg.ClientBase,
  plan: CasePlan,
  onRows: (written: number) => void,
): Promise<CaseWritten> {
  // It counts its own revisions, day by day: the triggers of migration 0021 would count each case it moves.
  await client.query(`select set_config('jitasa.revisions', 'own', true)`)
  const deaths = new Map<string, { area: string; day: string; n: number }>()
  const owe = (area: string, day: string, n: number): void => {
    const entry = deaths.get(`${day} ${area}`) ?? { area, day, n: 0 }
    deaths.set(`${day} ${area}`, { ...entry, n: entry.n + n })
  }
  let notFound = 0
  for (const move of plan.moves) {
    if (move.cases < 0) {
      const gone = await removeCases(client, move, -move.cases)
      notFound += -move.cases - gone.length
      for (const row of gone) if (row.outcome === 'died') owe(move.area, row.outcome_day, 1)
    }
    if (move.deaths !== 0) owe(move.area, move.day, move.deaths)
  }
  for (const area of new Set(plan.moves.filter((move) => move.cases > 0).map((move) => move.area))) {
    for (const day of await detachDeaths(client, area)) owe(area, day, 1)
  }
  await copyCases(client, plan.moves, onRows)
  if (plan.sums.casesAdded >= ANALYZE_FROM) await client.query('analyze cases')
  let deathsWithoutCase = 0
  for (const { area, day, n } of [...deaths.values()].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    if (n < 0) notFound += await revertDeaths(client, area, day, -n)
    else if (n > 0) deathsWithoutCase += await setDeaths(client, area, day, n)
  }
  await client.query({
    name: 'import-amounts',
    text: `insert into imports (kind, area, day, amounts, days)
           select 'cases', * from unnest($1::text[], $2::date[], $3::jsonb[], $4::integer[])
           on conflict (kind, area, day) do update
             set amounts = excluded.amounts, days = excluded.days, imported_at = now()`,
    values: [
      plan.amounts.map((row) => row.area),
      plan.amounts.map((row) => row.day),
      plan.amounts.map((row) => JSON.stringify(row.amounts)),
      plan.amounts.map((row) => row.days ?? 1),
    ],
  })
  await writeReports(client, plan)
  await writeRevisions(client, plan)
  return { deathsWithoutCase, notFound }
}

/** Which numbers were reported, be they zero. What has no province, nobody reports. */
async function writeReports(client: pg.ClientBase, plan: CasePlan): Promise<void> {
  const reports = plan.amounts
    .filter(({ area }) => area !== NO_PROVINCE)
    .flatMap(({ area, day, amounts }) =>
      REPORTED_FLOWS.filter((flow) => amounts[flow] !== undefined).map((flow) => [flow, area, day] as const),
    )
  await client.query({
    name: 'import-reports',
    text: `insert into day_reports (metric, district, day)
           select * from unnest($1::text[], $2::text[], $3::date[]) on conflict do nothing`,
    values: [
      reports.map(([flow]) => flow),
      reports.map(([, area]) => unspecifiedDistrict(area)),
      reports.map(([, , day]) => day),
    ],
  })
}

/** What the plan changes in numbers of days before the operation's; a day's own number is still being made. */
async function writeRevisions(client: pg.ClientBase, { revisions }: CasePlan): Promise<void> {
  await client.query({
    name: 'import-revisions',
    text: `insert into revisions (day, kind, subject, district, amount, revised_day)
           select operation.day, r.kind, subject, r.district, amount, r.day
           from operation, unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::date[])
             as r (kind, subject, district, amount, day)
           where r.day < operation.day and isfinite(r.day)`,
    values: [
      revisions.map(({ kind }) => kind),
      revisions.map(({ subject }) => subject),
      revisions.map(({ area }) => unspecifiedDistrict(area)),
      revisions.map(({ amount }) => amount),
      revisions.map(({ day }) => day),
    ],
  })
}

async function copyCases(
  client: pg.ClientBase,
  moves: readonly CaseMove[],
  onRows: (n: number) => void,
): Promise<void> {
  if (!moves.some((move) => move.cases > 0)) return
  const copy = client.query(
    copyFrom(`copy cases (district, report_day, classification, stage, outcome, source, reported_at, severity_at,
                          care_place_at) from stdin`),
  )
  await pipeline(copyBlocks(moves, onRows), copy)
}

function* copyBlocks(moves: readonly CaseMove[], onRows: (n: number) => void): Generator<string> {
  let block = ''
  let rows = 0
  for (const { area, day, cases } of moves) {
    const noon = `${day} 12:00:00+07`
    const line = `${unspecifiedDistrict(area)}\t${day}\tconfirmed\tclosed\tunknown\timport\t${noon}\t${noon}\t${noon}\n`
    for (let i = 0; i < cases; i++) {
      block += line
      rows++
      if (block.length < COPY_BLOCK_BYTES) continue
      yield block
      onRows(rows)
      block = ''
    }
  }
  if (block !== '') yield block
  onRows(rows)
}

async function removeCases(
  client: pg.ClientBase,
  move: CaseMove,
  n: number,
): Promise<readonly { outcome: string; outcome_day: string }[]> {
  const { rows } = await client.query<{ outcome: string; outcome_day: string }>({
    name: 'import-remove',
    text: `delete from cases where id in (
             select id from cases where district = $1 and report_day = $2 and source = 'import'
             order by outcome = 'died', id desc limit $3)
           returning outcome, outcome_day::text`,
    values: [unspecifiedDistrict(move.area), move.day, n],
  })
  return rows
}

/** Deaths that had no case may find one among those that come now. @returns their days */
async function detachDeaths(client: pg.ClientBase, area: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ day: string }>({
    name: 'import-detach',
    text: `delete from cases where district = $1 and report_day = '-infinity' and source = 'import'
           returning outcome_day::text as day`,
    values: [unspecifiedDistrict(area)],
  })
  return rows.map((row) => row.day)
}

async function setDeaths(client: pg.ClientBase, area: string, day: string, n: number): Promise<number> {
  let left = n
  for (const olderBy of [DEATH_AFTER_DAYS, 0]) {
    if (left === 0) return 0
    const { rowCount } = await client.query({
      name: 'import-deaths',
      text: `update cases set outcome = 'died', outcome_day = $2, updated_at = now() where id in (
               select id from cases
               where district = $1 and source = 'import' and outcome = 'unknown'
                 and report_day > '-infinity' and report_day <= $2::date - $3::integer
               order by report_day desc limit $4)`,
      values: [unspecifiedDistrict(area), day, olderBy, left],
    })
    left -= rowCount ?? 0
  }
  if (left > 0) {
    await client.query({
      name: 'import-death-rows',
      text: `insert into cases (district, report_day, classification, stage, outcome, outcome_day, source, reported_at)
             select $1, '-infinity', 'confirmed', 'closed', 'died', $2, 'import', $2::date + time '12:00' at time zone 'Asia/Bangkok'
             from generate_series(1, $3::integer)`,
      values: [unspecifiedDistrict(area), day, left],
    })
  }
  return left
}

/** @returns how many of the deaths to take back are no longer as imported */
async function revertDeaths(client: pg.ClientBase, area: string, day: string, n: number): Promise<number> {
  const values = [unspecifiedDistrict(area), day, n]
  const dropped = await client.query({
    name: 'import-drop-deaths',
    text: `delete from cases where id in (
             select id from cases where district = $1 and report_day = '-infinity' and outcome = 'died'
               and outcome_day = $2 and source = 'import' limit $3)`,
    values,
  })
  const left = n - (dropped.rowCount ?? 0)
  if (left === 0) return 0
  const { rowCount } = await client.query({
    name: 'import-revert-deaths',
    text: `update cases set outcome = 'unknown', outcome_day = 'infinity', updated_at = now() where id in (
             select id from cases where district = $1 and report_day <= $2 and outcome = 'died' and outcome_day = $2
               and source = 'import' order by report_day, id limit $3)`,
    values: [values[0], day, left],
  })
  return left - (rowCount ?? 0)
}
