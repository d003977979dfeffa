import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

it('publishes needs without the account that holds them, and cases with what a board shows', async () => {
  const { rows } = await database.pool.query<{ tablename: string; attnames: string[] }>(
    `select tablename, attnames::text[] from pg_publication_tables where pubname = 'jitasa'`,
  )
  const columns = new Map(rows.map((row) => [row.tablename, row.attnames]))
  expect(columns.get('needs')).not.toContain('claimed_by')
  expect(columns.get('cases')).toEqual(expect.arrayContaining(['place', 'on_board', 'contacted_at']))
  for (const table of ['case_events', 'contacts', 'contact_notes', 'vulnerable', 'help_requests', 'idempotency'])
    expect(columns.has(table)).toBe(false)
})
