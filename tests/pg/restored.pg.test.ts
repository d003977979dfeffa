import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

/** What a restore into a cluster without the roles leaves: the tables and the list of migrations, nothing that names a role. */
async function losePolicies(): Promise<void> {
  const { rows } = await database.pool.query<{ sql: string }>(
    `select format('drop policy %I on public.%I', polname, relname) as sql
     from pg_policy join pg_class c on c.oid = polrelid where relnamespace = 'public'::regnamespace`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { sql } of rows) await database.pool.query(sql)
}

test('a database that was restored before its roles existed is refused, with the way to restore it', async () => {
  await losePolicies()
  await expect(migrate(database.url)).rejects.toThrow(/lacks policies.*cases.*npm run migrate -- --roles/)
})

test('one that lost a single policy of a table that has others is refused, by its name', async () => {
  const { rows } = await database.pool.query<{ name: string; sql: string }>(
    `select relname || '.' || polname as name, format('drop policy %I on public.%I', polname, relname) as sql
     from pg_policy p join pg_class c on c.oid = polrelid
     where exists (select from pg_policy o where o.polrelid = p.polrelid and o.oid <> p.oid) order by 1 limit 1`,
  )
  const [lost] = rows
  if (lost === undefined) throw new Error('some table has several policies')
  await database.pool.query(lost.sql)
  await expect(migrate(database.url)).rejects.toThrow(lost.name)
})

test('one that lost only its rights or its publication is refused too', async () => {
  await database.pool.query('drop publication jitasa')
  await expect(migrate(database.url)).rejects.toThrow(/the publication jitasa/)
})

test('a whole one is not', async () => {
  expect(await migrate(database.url)).toEqual([])
})
