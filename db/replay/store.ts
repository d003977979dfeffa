import type pg from 'pg'
import type { BedLevel } from '../../hub/wire/metrics.ts'
import type { BedCounts, BedMove } from './beds.ts'
import type { Batch, DoseEvent, TestEvent } from './epidemic.ts'
import { caseColumns, type ReplayCase } from './replay-case.ts'
import { inTransaction } from './transaction.ts'

/** Marks the doses and tests of a replay, so that a reset finds them. */
export const REPLAY_KEY = 'replay:'

export type OperationKind = 'live' | 'drill' | 'replay'
export type Titles = { readonly th: string; readonly en: string }

export type BedRow = BedCounts & { readonly facility: number; readonly level: BedLevel }

/** Hands out keys that no earlier run has used. @param run unique to this run */
export function createKeys(run: string): () => string {
  let n = 0
  return () => `${REPLAY_KEY}${run}:${n++}`
}

/**
 * Writes a batch in one transaction. A case that someone else has closed in the meantime stays closed; beds that
 * someone else has reported so that the move no longer fits stay as reported.
 * @returns the bed rows whose counts in the database are not what the replay assumed
 */
export async function writeBatch(client: pg.ClientBase, batch: Batch, key: () => string): Promise<readonly BedRow[]> {
  return inTransaction(client, async () => {
    await insertCases(client, batch.created)
    await updateCases(client, batch.changed)
    await insertDoses(client, batch.doses, key)
    await insertTests(client, batch.tests, key)
    return moveBeds(client, batch.beds)
  })
}

async function insertCases(client: pg.ClientBase, cases: readonly ReplayCase[]): Promise<void> {
  if (cases.length === 0) return
  await assignIds(client, cases)
  const columns = cases.map(caseColumns)
  await client.query({
    name: 'replay-insert',
    text: `insert into cases (id, district, report_day, classification, severity, risk608, stage, care_place, outcome,
             outcome_day, source) overriding system value
           select id, district, report_day, 'confirmed', severity, risk608, stage, care_place, outcome, outcome_day, 'replay'
           from unnest($1::bigint[], $2::text[], $3::date[], $4::text[], $5::boolean[], $6::text[], $7::text[], $8::text[],
             $9::date[]) as c (id, district, report_day, severity, risk608, stage, care_place, outcome, outcome_day)`,
    values: [
      cases.map((one) => one.id),
      cases.map((one) => one.district),
      cases.map((one) => one.reportDay),
      columns.map((one) => one.severity),
      cases.map((one) => one.risk608),
      columns.map((one) => one.stage),
      columns.map((one) => one.carePlace),
      columns.map((one) => one.outcome),
      columns.map((one) => one.outcomeDay),
    ],
  })
}

/** Takes ids from the table's sequence, so that writers beside the replay never meet them. */
export async function assignIds(client: pg.ClientBase, cases: readonly ReplayCase[]): Promise<void> {
  const { rows } = await client.query<{ ids: string }>({
    name: 'replay-ids',
    text: `with sequence as materialized (select pg_get_serial_sequence('cases', 'id')::regclass as name)
           select string_agg(nextval(name)::text, ',') as ids from sequence, generate_series(1, $1::integer)`,
    values: [cases.length],
  })
  const ids = (rows[0]?.ids ?? '').split(',')
  cases.forEach((one, i) => {
    one.id = Number(ids[i])
  })
}

async function updateCases(client: pg.ClientBase, cases: readonly ReplayCase[]): Promise<void> {
  if (cases.length === 0) return
  const columns = cases.map(caseColumns)
  await client.query({
    name: 'replay-update',
    text: `update cases set severity = c.severity, risk608 = c.risk608, stage = c.stage, care_place = c.care_place,
             outcome = c.outcome, outcome_day = c.outcome_day, updated_at = now(),
             severity_at = case when cases.severity = c.severity then severity_at else now() end,
             care_place_at = case when cases.care_place = c.care_place then care_place_at else now() end
           from unnest($1::bigint[], $2::text[], $3::boolean[], $4::text[], $5::text[], $6::text[], $7::date[])
             as c (id, severity, risk608, stage, care_place, outcome, outcome_day)
           where cases.id = c.id and cases.outcome = 'none'`,
    values: [
      cases.map((one) => one.id),
      columns.map((one) => one.severity),
      cases.map((one) => one.risk608),
      columns.map((one) => one.stage),
      columns.map((one) => one.carePlace),
      columns.map((one) => one.outcome),
      columns.map((one) => one.outcomeDay),
    ],
  })
}

export async function moveBeds(client: pg.ClientBase, beds: readonly BedMove[]): Promise<readonly BedRow[]> {
  if (beds.length === 0) return []
  const facilities = beds.map((move) => move.unit.facility)
  const levels = beds.map((move) => move.unit.level)
  const { rowCount } = await client.query({
    name: 'replay-beds',
    text: `update beds set available = beds.available + m.available, held = beds.held + m.held,
             occupied = beds.occupied + m.occupied, cleaning = beds.cleaning + m.cleaning, reported_at = now()
           from unnest($1::integer[], $2::text[], $3::integer[], $4::integer[], $5::integer[], $6::integer[])
             as m (facility, level, available, held, occupied, cleaning)
           where facility_id = m.facility and beds.level = m.level and beds.available + m.available >= 0
             and beds.held + m.held >= 0 and beds.occupied + m.occupied >= 0 and beds.cleaning + m.cleaning >= 0`,
    values: [
      facilities,
      levels,
      beds.map(({ by }) => by.available),
      beds.map(({ by }) => by.held),
      beds.map(({ by }) => by.occupied),
      beds.map(({ by }) => by.cleaning),
    ],
  })
  if (rowCount === beds.length) return []
  const { rows } = await client.query<BedRow>(
    `select facility_id as facility, level, available, held, occupied, cleaning, blocked from beds
     where (facility_id, level) in (select * from unnest($1::integer[], $2::text[]))`,
    [facilities, levels],
  )
  return rows
}

export async function insertDoses(
  client: pg.ClientBase,
  doses: readonly DoseEvent[],
  key: () => string,
): Promise<void> {
  if (doses.length === 0) return
  await client.query({
    name: 'replay-doses',
    text: `insert into vaccinations (district, day, dose, target_group, kind, doses, idempotency_key)
           select district, day, dose, 'unknown', 'report', doses, key
           from unnest($1::text[], $2::date[], $3::smallint[], $4::integer[], $5::text[]) as v (district, day, dose, doses, key)`,
    values: [
      doses.map((one) => one.district),
      doses.map((one) => one.day),
      doses.map((one) => one.dose),
      doses.map((one) => one.doses),
      doses.map(key),
    ],
  })
}

export async function insertTests(
  client: pg.ClientBase,
  tests: readonly TestEvent[],
  key: () => string,
): Promise<void> {
  if (tests.length === 0) return
  await client.query({
    name: 'replay-tests',
    text: `insert into tests (district, day, kind, tested, positive, idempotency_key)
           select * from unnest($1::text[], $2::date[], $3::text[], $4::integer[], $5::integer[], $6::text[])`,
    values: [
      tests.map((one) => one.district),
      tests.map((one) => one.day),
      tests.map((one) => one.test),
      tests.map((one) => one.tested),
      tests.map((one) => one.positive),
      tests.map(key),
    ],
  })
}

/** Moves every screen to a day. */
export async function setOperation(
  client: pg.ClientBase,
  day: string,
  kind: OperationKind,
  titles: Titles,
): Promise<void> {
  await client.query({
    name: 'replay-day',
    text: `update operation set day = $1, kind = $2, title_th = $3, title_en = $4 where id = 1`,
    values: [day, kind, titles.th, titles.en],
  })
}
