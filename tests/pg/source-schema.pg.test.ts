import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations/index.ts'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import type { Situation } from '../../hub/situation/index.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { ROWS_TO_MOVE, SCHEMA_CHANGES } from '../support/schema-changes.ts'
import { type Probe, probe } from './source-probe.ts'

let db: TestDatabase
let one: Probe

beforeEach(async () => {
  db = await createTestDatabase()
  await db.pool.query(ROWS_TO_MOVE)
  one = probe(db.hubUrl)
  await one.streaming()
})
afterEach(async () => {
  await one.source.stop()
  await db.drop()
})

function shown(situation: Situation): ReadonlyMap<string, number> {
  const state = emptyScope('nation')
  applyDelta(state, situation.since('nation', 0))
  return state.cells
}

describe('schema-changed and back again before anybody looked: a new snapshot, and what SQL holds', () => {
  test.each(SCHEMA_CHANGES)('$failure', async ({ sql }) => {
    await db.pool.query(sql)
    await one.until('a second snapshot', () => one.snapshots.length === 2)
    await one.streaming()
    expect(shown(one.situation)).toEqual(await expectedCells(db.pool, 'nation'))
    expect(one.states.map(({ kind }) => kind)).not.toContain('broken')
  })

  test('what is not of the schema moves nothing: analyze, vacuum, an index, another table', async () => {
    for (const sql of ['vacuum analyze tests', 'create index extra on tests (tested)', 'create table other (id int)']) {
      await db.pool.query(sql)
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(one.snapshots).toHaveLength(1)
  })
})

const LEVEL_MS_MAX = 5_000

test('schema-changed twelve times, each as soon as the hub is level: level again within 5 s each time', async () => {
  for (let i = 0; i < 12; i++) {
    const { sql } = SCHEMA_CHANGES[i % SCHEMA_CHANGES.length]!
    const changedAt = performance.now()
    await db.pool.query(sql)
    await one.until(`snapshot ${i + 2}`, () => one.snapshots.length === i + 2)
    await one.streaming()
    expect(performance.now() - changedAt).toBeLessThan(LEVEL_MS_MAX)
    expect(shown(one.situation)).toEqual(await expectedCells(db.pool, 'nation'))
  }
}, 90_000)

test('a migration of the project’s own ends with a new snapshot of every hub', async () => {
  const last = Object.keys(MIGRATIONS).at(-1) ?? ''
  const again = { [last]: { up: async () => undefined } }
  await db.pool.query('delete from kysely_migration where name = $1', [last])
  expect(await migrate(db.url, [], { ...MIGRATIONS, ...again })).toEqual([last])
  await one.until('a second snapshot', () => one.snapshots.length === 2)
  expect(await migrate(db.url, [])).toEqual([])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(one.snapshots).toHaveLength(2)
})
