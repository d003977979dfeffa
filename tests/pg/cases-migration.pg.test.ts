import { expect, it } from 'vitest'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()

it('publishes needs with the random id of the account that holds them and nothing else of it, and cases with what a board shows', async () => {
  const { rows } = await database.pool.query<{ tablename: string; attnames: string[] }>(
    `select tablename, attnames::text[] from pg_publication_tables where pubname = 'jitasa'`,
  )
  const columns = new Map(rows.map((row) => [row.tablename, row.attnames]))
  expect(columns.get('needs')).toEqual([
    ...[
      'id',
      'case_id',
      'district',
      'kind',
      'status',
      'freed',
      'opened_at',
      'claimed_by',
      'holder_label',
      'claimed_at',
    ],
    ...['lease_until', 'asked_at', 'offered_to', 'offered_label'],
    ...['claim_day', 'claim_bucket', 'lapsed'],
  ])
  expect(columns.get('cases')).toEqual(
    expect.arrayContaining(['place', 'on_board', 'contacted_at', 'escalated_at', 'heard_at']),
  )
  for (const table of [
    'case_events',
    'contacts',
    'contact_notes',
    'vulnerable',
    'help_requests',
    'idempotency',
    'recorded',
  ])
    expect(columns.has(table)).toBe(false)
})
