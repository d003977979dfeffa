import { expect, it } from 'vitest'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()
const { pool } = database

const CASES = `insert into cases (district, report_day, source, severity, care_place, on_board)
  select '5001', '2021-11-11', 'api', 'red', place, true from unnest($1::text[]) as place returning id`
const NEEDS = `insert into needs (case_id, district, kind, opened_at)
  select id, '5001', kind, '2021-11-11T08:00:00+07' from unnest($1::bigint[], $2::text[]) as one (id, kind)`

async function addCases(...places: readonly string[]): Promise<number[]> {
  const { rows } = await pool.query<{ id: string }>(CASES, [places])
  return rows.map(({ id }) => Number(id)).sort((a, b) => a - b)
}

/** What each case says of its needs, in the order of their numbers. */
async function said(ids: readonly number[]): Promise<string[]> {
  const { rows } = await pool.query<{ says: string }>(
    `select concat_ws(' ', case when on_board then 'on board' end, case when waiting then 'waiting' end,
       case when unclaimed then 'unclaimed' end, care_place) as says from cases where id = any($1) order by id`,
    [ids],
  )
  return rows.map(({ says }) => says)
}

/** Rows of `cases` that one statement, and what hangs on it, writes. */
async function writtenBy(statement: string, values: readonly unknown[]): Promise<number> {
  const client = await pool.connect()
  const written = async () => {
    const { rows } = await client.query<{ n: string }>(
      `select n_tup_ins + n_tup_upd as n from pg_stat_xact_user_tables where relname = 'cases'`,
    )
    return Number(rows[0]?.n)
  }
  try {
    await client.query('begin')
    const before = await written()
    await client.query(statement, [...values])
    const after = await written()
    await client.query('rollback')
    return after - before
  } finally {
    client.release()
  }
}

it('each case of one statement says its own, whatever the others’ needs become', async () => {
  const ids = await addCases('unknown', 'hospital', 'unknown', 'unknown')
  const [bed, inHospital, food] = ids
  await pool.query(NEEDS, [
    [bed, inHospital, food, food],
    ['bed', 'bed', 'food', 'oxygen'],
  ])
  expect(await said(ids)).toEqual([
    'on board waiting unclaimed waiting',
    'on board waiting unclaimed hospital',
    'on board unclaimed unknown',
    'on board unknown',
  ])

  await pool.query(
    `update needs set status = case when kind = 'oxygen' then 'open' when kind = 'bed' then 'claimed' else 'closed' end,
       claimed_by = case when kind = 'bed' then gen_random_uuid() end, holder_label = case when kind = 'bed' then 'R 1' end,
       claimed_at = case when kind = 'bed' then now() end, lease_until = case when kind = 'bed' then now() end,
       closed_reason = case when kind = 'food' then 'cancelled' end, ended_at = case when kind = 'food' then now() end
     where case_id = any($1)`,
    [ids],
  )
  expect((await said(ids)).slice(0, 3)).toEqual([
    'on board waiting waiting',
    'on board waiting hospital',
    'on board unclaimed unknown',
  ])

  await pool.query(
    `update needs set status = 'closed', closed_reason = 'cancelled', ended_at = '2021-11-11T09:00:00+07', claimed_by = null,
       holder_label = null, claimed_at = null, lease_until = null where case_id = any($1) and kind = 'bed'`,
    [ids],
  )
  await pool.query(`delete from needs where case_id = any($1) and kind <> 'bed'`, [ids])
  expect((await said(ids)).slice(0, 3)).toEqual(['unknown', 'hospital', 'unknown'])
  const { rows } = await pool.query('select care_place_at from cases where id = $1', [bed])
  expect(rows).toEqual([{ care_place_at: new Date('2021-11-11T02:00:00Z') }])
})

it('a need whose number is changed with its state moves its case too', async () => {
  const [id] = await addCases('unknown')
  await pool.query(NEEDS, [[id], ['food']])
  await pool.query(
    `update needs set id = default, status = 'closed', closed_reason = 'cancelled', ended_at = now() where case_id = $1`,
    [id],
  )
  expect(await said([id!])).toEqual(['unknown'])
})

it('a need is told to its case by one write, not by one for each thing that it changes there', async () => {
  const ids = await addCases('unknown', 'unknown', 'unknown')
  expect(await writtenBy(NEEDS, [ids, ids.map(() => 'bed')])).toBe(3)
  await pool.query(NEEDS, [ids, ids.map(() => 'bed')])
  // Neither what nothing hangs on nor what others hold.
  expect(await writtenBy(`update needs set fence = fence + 1 where case_id = any($1)`, [ids])).toBe(0)
})
