import { expect, it } from 'vitest'
import { countAuthorizationCells } from '../security/authorization.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase } from '../support/pg.ts'

it('authorisation', async () => {
  const database = await createTestDatabase()
  try {
    const { cells, failures } = await countAuthorizationCells(database)
    const all = cells.routes + cells.scopes + cells.rows
    expect(all).toBeGreaterThan(500)
    await record(
      {
        name: 'authorisation cells tested',
        value: all,
        unit: 'cells',
        how: `routes ${cells.routes}, scopes ${cells.scopes}, rows under row-level security ${cells.rows}: every role × own and foreign area, and roles of a district × own and neighbouring district, through the real application and PostgreSQL`,
      },
      {
        name: 'authorisation cells that fail',
        value: failures.length,
        unit: 'cells',
        goal: '0',
        met: failures.length === 0,
        how: 'an answer that differs from the one authorisation table',
      },
    )
  } finally {
    await database.drop()
  }
})
