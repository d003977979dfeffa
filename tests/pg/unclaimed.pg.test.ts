import { Kysely, PostgresDialect } from 'kysely'
import { expect, it } from 'vitest'
import * as unclaimed from '../../db/migrations/0018_unclaimed.ts'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()

async function addCase(): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into cases (district, report_day, source, severity) values ('5001', '2021-11-11', 'api', 'red') returning id`,
  )
  return Number(rows[0]?.id)
}

const OPEN = `insert into needs (case_id, district, kind) values ($1, '5001', $2)`
const CLAIM = `update needs set status = 'claimed', claimed_by = gen_random_uuid(), holder_label = 'R 1',
  claimed_at = now(), lease_until = now() where case_id = $1 and kind = $2`
const CLOSE = `update needs set status = 'closed', closed_reason = 'cancelled', ended_at = now() where case_id = $1 and kind = $2`

async function isUnclaimed(id: number): Promise<boolean | undefined> {
  const { rows } = await database.pool.query<{ unclaimed: boolean }>('select unclaimed from cases where id = $1', [id])
  return rows[0]?.unclaimed
}

it('a person is unclaimed while one of their requests is open: it opens, is claimed, moves to another case, ends', async () => {
  const [one, other] = [await addCase(), await addCase()]
  expect(await isUnclaimed(one)).toBe(false)
  await database.pool.query(OPEN, [one, 'oxygen'])
  await database.pool.query(OPEN, [one, 'food'])
  await database.pool.query(CLAIM, [one, 'oxygen'])
  expect(await isUnclaimed(one)).toBe(true)
  await database.pool.query('update needs set case_id = $1 where case_id = $2', [other, one])
  expect([await isUnclaimed(one), await isUnclaimed(other)]).toEqual([false, true])
  await database.pool.query(CLAIM, [other, 'food'])
  expect(await isUnclaimed(other)).toBe(false)
  await database.pool.query(OPEN, [other, 'medicine'])
  expect(await isUnclaimed(other)).toBe(true)
  await database.pool.query('delete from needs where case_id = $1', [other])
  expect(await isUnclaimed(other)).toBe(false)
})

it('the last two requests of a person, claimed and ended at once: neither sees the other’s as open', async () => {
  const id = await addCase()
  await database.pool.query(OPEN, [id, 'oxygen'])
  await database.pool.query(OPEN, [id, 'food'])
  const [first, second] = [await database.pool.connect(), await database.pool.connect()]
  try {
    await first.query('begin')
    await first.query(CLAIM, [id, 'oxygen'])
    const waits = second.query(CLOSE, [id, 'food'])
    await first.query('commit')
    await waits
  } finally {
    first.release()
    second.release()
  }
  expect(await isUnclaimed(id)).toBe(false)
})

it('who stood in the database before the migration is unclaimed or not by their requests', async () => {
  const [open, held] = [await addCase(), await addCase()]
  for (const id of [open, held]) await database.pool.query(OPEN, [id, 'bed'])
  await database.pool.query(CLAIM, [held, 'bed'])
  await database.pool.query(`
    do $$ declare kept text; begin
      select string_agg(quote_ident(name), ', ') into kept from pg_publication_tables, unnest(attnames) as name
        where pubname = 'jitasa' and tablename = 'cases' and name <> 'unclaimed';
      alter publication jitasa drop table cases;
      execute format('alter publication jitasa add table cases (%s)', kept);
    end $$;
    alter table cases replica identity full;
    alter table cases drop column unclaimed;
    create unique index cases_identity on cases (id, district);
    alter table cases replica identity using index cases_identity`)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) })
  await db.transaction().execute(unclaimed.up)
  expect([await isUnclaimed(open), await isUnclaimed(held)]).toEqual([true, false])
})
