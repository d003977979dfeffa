import type pg from 'pg'
import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import type { BedCounts, BedMove } from './beds.ts'
import type { Batch, DoseEvent, TestEvent } from './epidemic.ts'
import { reportPoints } from './hospitals.ts'
import { CLAIM_SHARE, SILENT_EVERY, SILENT_HOURS } from './rates.ts'
import { type CaseColumns, caseColumns, type ReplayCase } from './replay-case.ts'
import { inTransaction } from './transaction.ts'

/** Marks the doses and tests of a replay, so that a reset finds them. */
export const REPLAY_KEY = 'replay:'

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
    await claimNeeds(client, batch.changed)
    await updateCases(client, batch.changed)
    await insertDoses(client, batch.doses, key)
    await insertTests(client, batch.tests, key)
    await reportPoints(client, batch)
    return moveBeds(client, batch.beds)
  })
}

/** One column of a statement's `unnest`, by its type in PostgreSQL. */
type ColumnType = 'bigint' | 'integer' | 'smallint' | 'text' | 'date' | 'boolean'
type Columns<T> = Readonly<Record<string, readonly [type: ColumnType, of: (row: T) => unknown]>>

/** Runs a statement that takes its rows, column by column, from `$rows`. */
async function writeRows<T>(
  client: pg.ClientBase,
  name: string,
  rows: readonly T[],
  columns: Columns<T>,
  text: string,
): Promise<number> {
  if (rows.length === 0) return 0
  const each = Object.entries(columns)
  const arrays = each.map(([, [type]], i) => `$${i + 1}::${type}[]`).join(', ')
  const names = each.map(([column]) => `"${column}"`).join(', ')
  const { rowCount } = await client.query({
    name,
    text: text.replace('$rows', `unnest(${arrays}) as r (${names})`),
    values: each.map(([, [, of]]) => rows.map(of)),
  })
  return rowCount ?? 0
}

/** A case with the columns that its state stands for. */
type CaseRow = ReplayCase & { readonly columns: CaseColumns }
const rowsOf = (cases: readonly ReplayCase[]): CaseRow[] => cases.map((one) => ({ ...one, columns: caseColumns(one) }))

const STATE: Columns<CaseRow> = {
  severity: ['text', ({ columns }) => columns.severity],
  risk608: ['boolean', ({ risk608 }) => risk608],
  stage: ['text', ({ columns }) => columns.stage],
  care_place: ['text', ({ columns }) => columns.carePlace],
  outcome: ['text', ({ columns }) => columns.outcome],
  outcome_day: ['date', ({ columns }) => columns.outcomeDay],
}

async function insertCases(client: pg.ClientBase, cases: readonly ReplayCase[]): Promise<void> {
  if (cases.length === 0) return
  await assignIds(client, cases)
  const columns: Columns<CaseRow> = {
    id: ['bigint', ({ id }) => id],
    district: ['text', ({ district }) => district],
    report_day: ['date', ({ reportDay }) => reportDay],
    ...STATE,
  }
  await writeRows(
    client,
    'replay-insert',
    rowsOf(cases),
    columns,
    `insert into cases (id, district, report_day, classification, severity, risk608, stage, care_place, outcome,
       outcome_day, source) overriding system value
     select id, district, report_day, 'confirmed', severity, risk608, stage, care_place, outcome, outcome_day, 'replay'
     from $rows`,
  )
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
  await writeRows(
    client,
    'replay-update',
    rowsOf(cases),
    { id: ['bigint', ({ id }) => id], ...STATE },
    `update cases set severity = r.severity, risk608 = r.risk608, stage = r.stage, care_place = r.care_place,
       outcome = r.outcome, outcome_day = r.outcome_day, updated_at = now(),
       severity_at = case when cases.severity = r.severity then severity_at else now() end,
       contacted_at = case when cases.stage = r.stage or r.stage = 'closed' then contacted_at else now() end,
       care_place_at = case when cases.care_place = r.care_place then care_place_at else now() end
     from $rows where cases.id = r.id and cases.outcome = 'none'`,
  )
}

/** Whoever finds a bed had their request taken before: when, is drawn from how long they waited in the replay's time. */
async function claimNeeds(client: pg.ClientBase, cases: readonly ReplayCase[]): Promise<void> {
  const placed = cases.filter(({ state, bed }) => state.kind === 'care' && bed !== undefined)
  await writeRows<ReplayCase>(
    client,
    'replay-claims',
    placed,
    {
      id: ['bigint', ({ id }) => id],
      waited: ['integer', ({ stateAt, severityAt }) => Math.round((stateAt - severityAt) * CLAIM_SHARE)],
    },
    `update needs set claim_day = operation.day, claim_bucket = jitasa_claim_bucket(make_interval(secs => r.waited))
     from operation, $rows where case_id = r.id and needs.kind = 'bed' and status = 'open' and claim_day = 'infinity'`,
  )
}

export async function moveBeds(client: pg.ClientBase, beds: readonly BedMove[]): Promise<readonly BedRow[]> {
  const moved = await writeRows<BedMove>(
    client,
    'replay-beds',
    beds,
    {
      facility: ['integer', ({ unit }) => unit.facility],
      level: ['text', ({ unit }) => unit.level],
      available: ['integer', ({ by }) => by.available],
      held: ['integer', ({ by }) => by.held],
      occupied: ['integer', ({ by }) => by.occupied],
      cleaning: ['integer', ({ by }) => by.cleaning],
    },
    `update beds set available = beds.available + r.available, held = beds.held + r.held,
       occupied = beds.occupied + r.occupied, cleaning = beds.cleaning + r.cleaning,
       reported_at = case when facility_id % ${SILENT_EVERY} = 0 and reported_at > now() - interval '${SILENT_HOURS} hours'
         then reported_at else now() end
     from $rows
     where facility_id = r.facility and beds.level = r.level and beds.available + r.available >= 0
       and beds.held + r.held >= 0 and beds.occupied + r.occupied >= 0 and beds.cleaning + r.cleaning >= 0`,
  )
  if (moved === beds.length) return []
  const { rows } = await client.query<BedRow>(
    `select facility_id as facility, level, available, held, occupied, cleaning, blocked from beds
     where (facility_id, level) in (select * from unnest($1::integer[], $2::text[]))`,
    [beds.map(({ unit }) => unit.facility), beds.map(({ unit }) => unit.level)],
  )
  return rows
}

export async function insertDoses(
  client: pg.ClientBase,
  doses: readonly DoseEvent[],
  key: () => string,
): Promise<void> {
  await writeRows<DoseEvent>(
    client,
    'replay-doses',
    doses,
    {
      district: ['text', ({ district }) => district],
      day: ['date', ({ day }) => day],
      dose: ['smallint', ({ dose }) => dose],
      doses: ['integer', (event) => event.doses],
      group: ['text', ({ group = 'unknown' }) => group],
      key: ['text', key],
    },
    `insert into vaccinations (district, day, dose, target_group, kind, doses, idempotency_key)
     select district, day, dose, "group", 'report', doses, key from $rows`,
  )
}

export async function insertTests(
  client: pg.ClientBase,
  tests: readonly TestEvent[],
  key: () => string,
): Promise<void> {
  await writeRows<TestEvent>(
    client,
    'replay-tests',
    tests,
    {
      district: ['text', ({ district }) => district],
      day: ['date', ({ day }) => day],
      kind: ['text', ({ test }) => test],
      tested: ['integer', ({ tested }) => tested],
      positive: ['integer', ({ positive }) => positive],
      key: ['text', key],
    },
    `insert into tests (district, day, kind, tested, positive, idempotency_key) select * from $rows`,
  )
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
