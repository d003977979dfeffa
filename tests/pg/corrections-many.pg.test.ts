import { expect, it } from 'vitest'
import { createClient } from '../../db/client.ts'
import { countCorrections, listCorrections, openCorrectionsOf, readCorrection } from '../../db/queries/corrections.ts'
import { withAccount } from '../../db/queries/rls.ts'
import { addDatabase, forFile } from '../support/for-file.ts'

const CASES = 20_000
const CORRECTIONS = 2_000
/** On a plan that goes all corrections for each case of an area it is minutes. */
const MS_MAX = 3_000

const { database, db } = await forFile(async (add) => {
  const database = await addDatabase(add)
  const db = createClient(database.apiUrl, { connectionsMax: 1 })
  add(() => db.destroy())
  // One case in sixty is of a district, and each tenth has been merged with the one before it. No statistics yet: the planner guesses.
  await database.pool.query(
    `alter table cases set (autovacuum_enabled = off); alter table data_requests set (autovacuum_enabled = off)`,
  )
  const client = await database.pool.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(
      `insert into cases (district, report_day, classification, severity, source)
       select case when i / 10 % 60 = 5 then '5001' else '1001' end, '2021-11-11', 'confirmed', 'green', 'api' from generate_series(1, $1::int) as i`,
      [CASES],
    )
    await client.query(`update cases set merged_into = id - 1, stage = 'duplicate' where id % 10 = 5`)
    await client.query(
      `insert into data_requests (case_id, request_id, kind, asked_at, done_at)
       select id, gen_random_uuid(), 'correct', now(), case when id % 2 = 0 then now() end from cases order by district = '5001' desc, id limit $1`,
      [CORRECTIONS],
    )
  } finally {
    await client.query(`set session_replication_role = origin`)
    client.release()
  }
  return { database, db }
})

const asked = <T>(work: (trx: typeof db) => Promise<T>): Promise<T> =>
  withAccount(db, { account: null, role: 'administrator', areas: ['TH'], facility: null }, (trx) =>
    work(trx as unknown as typeof db),
  )

it.each(['before', 'after'])(
  'corrections-many-in-one-district: counted and listed in time, %s the tables are analysed',
  async (when) => {
    if (when === 'after') await database.pool.query('analyze cases; analyze data_requests')
    for (const area of ['TH', '50', '5001']) {
      const began = performance.now()
      const { open, closed, late } = await asked((trx) => countCorrections(trx, area, new Date(0)))
      const first = await asked((trx) => listCorrections(trx, { area, show: 'open', after: 0, limit: 50 }))
      const next = await asked((trx) =>
        listCorrections(trx, { area, show: 'open', after: first.at(-1)!.id, limit: 50 }),
      )
      const newest = await asked((trx) => listCorrections(trx, { area, show: 'closed', after: 0, limit: 50 }))
      expect(performance.now() - began).toBeLessThan(MS_MAX)
      expect([first.length, next.length, newest.length, late]).toEqual([50, 50, 50, 0])
      expect(next[0]!.id).toBeGreaterThan(first.at(-1)!.id)
      const { rows } = await database.pool.query(
        `select count(*) filter (where done_at is null)::int as open, count(*) filter (where done_at is not null)::int as closed
       from data_requests join cases on cases.id = case_id where $1 = 'TH' or starts_with(district, $1)`,
        [area],
      )
      // Of those that were merged, both ends are in one district.
      expect({ open, closed }).toEqual(rows[0])
    }
  },
)

it('one whose case was merged stands with the case that it was merged with, and is found by its own', async () => {
  const { rows } = await database.pool.query<{ id: string; case_id: string; merged_into: string }>(
    `select data_requests.id, case_id, merged_into from data_requests join cases on cases.id = case_id
     where merged_into is not null and done_at is null order by 1 limit 1`,
  )
  const { id, case_id, merged_into } = rows[0]!
  const found = await asked((trx) => readCorrection(trx, Number(id)))
  expect(found).toMatchObject({ id: Number(id), case_id: Number(merged_into), district: '5001' })
  expect(await asked((trx) => openCorrectionsOf(trx, [Number(case_id)]))).toEqual([found])
})
