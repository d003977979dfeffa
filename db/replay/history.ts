import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { BedUnit } from './beds.ts'
import type { Batch, DoseEvent } from './epidemic.ts'
import { between, type Random } from './random.ts'
import { CONTACT_HOURS } from './rates.ts'
import { caseColumns, type ReplayCase } from './replay-case.ts'
import { assignIds, insertDoses, insertTests, moveBeds } from './store.ts'

const COPY_BLOCK_BYTES = 64 * 1024

/**
 * Writes days that have passed in memory alone, in the caller's transaction. Cases get the age they would have:
 * one reported three days before the end of the history was reported three days ago.
 * @param end the second the history ends at
 */
export async function writeHistory(
  client: pg.ClientBase,
  batch: Batch,
  end: number,
  key: () => string,
  random: Random,
): Promise<void> {
  const { rows } = await client.query<{ now: number }>(`select extract(epoch from now())::float8 as now`)
  const endedAt = (rows[0]?.now ?? 0) - end
  await assignIds(client, batch.created)
  const copy = client.query(
    copyFrom(`copy cases (id, district, report_day, classification, severity, risk608, stage, care_place, outcome,
                          outcome_day, source, reported_at, severity_at, care_place_at, contacted_at) from stdin`),
  )
  await pipeline(copyBlocks(batch.created, endedAt, end, random), copy)
  await moveBeds(client, batch.beds)
  await insertDoses(client, batch.doses, key)
  await insertTests(client, batch.tests, key)
}

function* copyBlocks(cases: readonly ReplayCase[], endedAt: number, end: number, random: Random): Generator<string> {
  const time = (second: number) => new Date((endedAt + second) * 1000).toISOString()
  // Nobody has called before triage, and nobody calls when it is over.
  const contacted = (one: ReplayCase): string => {
    if (one.state.kind === 'reported') return '\\N'
    const since = between(CONTACT_HOURS[0] * 3600, CONTACT_HOURS[1] * 3600, random)
    return time(one.state.kind === 'over' ? one.severityAt : Math.max(one.severityAt, end - since))
  }
  let block = ''
  for (const one of cases) {
    const { severity, stage, carePlace, outcome, outcomeDay } = caseColumns(one)
    block += `${one.id}\t${one.district}\t${one.reportDay}\tconfirmed\t${severity}\t${one.risk608}\t${stage}\t${carePlace}\t${outcome}\t${outcomeDay}\treplay\t${time(one.reportedAt)}\t${time(one.severityAt)}\t${time(one.stateAt)}\t${contacted(one)}\n`
    if (block.length < COPY_BLOCK_BYTES) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}

/** The occupied beds of a unit at the end of a day that has passed in memory alone. */
export type CensusRow = { readonly day: string; readonly unit: BedUnit; readonly occupied: number }

/** Writes what the census of those days would have been, in the caller's transaction. */
export async function writeCensus(client: pg.ClientBase, census: readonly CensusRow[]): Promise<void> {
  await client.query({
    text: `insert into bed_census (day, facility_id, level, district, occupied)
           select day, facility_id, level, beds.district, r.occupied
           from unnest($1::date[], $2::integer[], $3::text[], $4::integer[]) as r (day, facility_id, level, occupied)
             join beds using (facility_id, level)
           on conflict (day, facility_id, level) do update set occupied = excluded.occupied, district = excluded.district`,
    values: [
      census.map(({ day }) => day),
      census.map(({ unit }) => unit.facility),
      census.map(({ unit }) => unit.level),
      census.map(({ occupied }) => occupied),
    ],
  })
}

/** Doses given before the first day: they count in the totals alone. */
export function dosesBefore(
  totals: readonly number[],
  spreadOver: (total: number) => ReadonlyMap<string, number>,
): DoseEvent[] {
  return totals.flatMap((total, i) =>
    [...spreadOver(total)]
      .filter(([, doses]) => doses > 0)
      .map(([province, doses]) => ({
        kind: 'dose' as const,
        at: 0,
        day: '-infinity',
        district: `${province}00`,
        dose: i + 1,
        doses,
      })),
  )
}
