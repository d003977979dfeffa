import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compare } from '../../db/verify/compare.ts'
import { expectedFromSql } from '../../db/verify/expected.ts'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { DAY_METRICS, STOCK_METRICS } from '../../hub/contract/vocabulary/metrics.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import type { Source } from '../../hub/source/source.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { prepareWrites, SELDOM, transaction, write } from '../support/random-writes.ts'

/** A new snapshot waits for whoever writes on the server, the import of another test file too: as long as it takes. */
const LEVEL_MS_MAX = 60_000
const SCOPES: readonly Scope[] = [
  'nation',
  'province:50',
  'province:10',
  'province:00',
  'public:50',
  'public:10',
  'public:00',
]

let database: TestDatabase
let source: Source
const situation = new Situation()
const live = SCOPES.map((scope) => emptyScope(scope))

beforeAll(async () => {
  database = await createTestDatabase()
  await prepareWrites(database)
  source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    // Asked for a snapshot again and again, a hub would wait longer each time.
    limits: { steadyMs: 0 },
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => void situation.reset(snapshot),
    onTransaction(tx) {
      if (situation.apply(tx) === 'resnapshot') source.resnapshot('test')
    },
    onState: () => undefined,
  })
  await caughtUp()
})

afterAll(async () => {
  await source.stop()
  await database.drop()
})

/** Writes a marker and waits until the situation has folded past it. */
async function caughtUp(): Promise<void> {
  await database.pool.query(`update operation set title_en = 'round ' || gen_random_uuid()`)
  const { rows } = await database.pool.query<{ title_en: string }>('select title_en from operation')
  const title = rows[0]?.title_en
  const shown = () =>
    situation.epoch === '' ? undefined : situation.since('nation', 0).r.find(([kind]) => kind === 'operation')?.[5]
  for (const end = Date.now() + LEVEL_MS_MAX; shown() !== title; ) {
    if (Date.now() > end) throw new Error(`the fold does not catch up: ${JSON.stringify(source.state())}`)
    await sleep(10)
  }
}

const STEMS = [
  ...DAY_METRICS,
  ...STOCK_METRICS,
  'reported.',
  'residents.',
  'planned.',
  'operation.',
  'facility.',
  'unit.',
  'reconciliation.',
  'beds.',
  'oldest.',
  'threshold.',
  'audit.',
].map((metric) => metric.split('.', 1)[0]!)

it('the fold equals SQL GROUP BY after any writes, for a live client and a new one', {
  timeout: 5 * LEVEL_MS_MAX,
}, async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(transaction, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (transactions, resnapshots) => {
        for (const each of [SELDOM, ...transactions]) await write(database, each)
        if (resnapshots) source.resnapshot('test')
        await caughtUp()
        for (const delta of situation.flush()) {
          const state = live.find(({ scope }) => scope === delta.s)
          if (state && state.position > 0) expect(applyDelta(state, delta).outcome).toBe('applied')
        }
        for (const state of live) {
          const { cells: expected, rows } = (await expectedFromSql(database.pool, [state.scope])).get(state.scope)!
          const fresh = emptyScope(state.scope)
          expect(applyDelta(fresh, situation.since(state.scope, 0)).outcome).toBe('replaced')
          expect(applyDelta(state, situation.since(state.scope, state.position)).outcome).toMatch(/applied|replaced/)
          expect(new Map([...fresh.cells].sort())).toEqual(new Map([...expected].sort()))
          expect(compare(fresh, { cells: expected, rows }).differences).toEqual([])
          expect(state.sum).toBe(fresh.sum)
          for (const key of [...expected.keys(), ...rows.keys()]) {
            const stem = key.split(/[.@|/]/, 1)[0]!
            seen.set(stem, (seen.get(stem) ?? 0) + 1)
          }
        }
      },
    ),
    { numRuns: 150, endOnFailure: true },
  )
  // What never came up has not been compared.
  for (const stem of STEMS) expect(seen.get(stem) ?? 0, stem).toBeGreaterThan(20)
})
