import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { type Bus, CHANGES, openBus, STREAM } from '../../hub/source/jetstream/bus.ts'
import type { Feeder } from '../../hub/source/jetstream/feeder.ts'
import { type Followed, followNats, followPostgres, startFeeder } from '../support/followed.ts'
import { type Nats, natsServer, startNats } from '../support/nats.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { prepareWrites, SELDOM, transaction, write } from '../support/random-writes.ts'

const SCOPES: readonly Scope[] = ['nation', 'province:50', 'province:10', 'province:00', 'public:50', 'public:00']
const LEVEL = { timeout: 60_000, interval: 10 }

let database: TestDatabase
let nats: Nats
let feeder: Feeder
let direct: Followed
let hub: Followed

describe.skipIf(natsServer === undefined)('a hub that follows NATS', () => {
  beforeAll(async () => {
    database = await createTestDatabase()
    nats = await startNats()
    await prepareWrites(database)
    direct = followPostgres(SCOPES, database)
    feeder = startFeeder(database, nats.bus('feeder'), { snapshotMs: 500 })
    hub = followNats(SCOPES, nats.bus('hub'))
    await level()
  })
  afterAll(async () => {
    await Promise.all([hub.stop(), direct.stop(), feeder.stop()])
    await nats.stop()
    await database.drop()
  })

  /** Writes a marker and waits until everybody has folded past it. */
  async function level(): Promise<void> {
    await database.pool.query(`update operation set title_en = 'round ' || gen_random_uuid()`)
    const { rows } = await database.pool.query<{ title_en: string }>('select title_en from operation')
    for (const { situation, source } of [direct, hub]) {
      const shown = () =>
        situation.epoch === '' ? undefined : situation.since('nation', 0).r.find(([kind]) => kind === 'operation')?.[5]
      await vi.waitUntil(() => shown() === rows[0]?.title_en && source.state().kind === 'streaming', LEVEL)
    }
  }

  async function withBus(work: (bus: Bus) => Promise<unknown>): Promise<void> {
    const bus = await openBus(nats.bus('test'))
    try {
      await work(bus)
    } finally {
      await bus.close()
    }
  }

  /** As the election does. */
  async function replaceEnded(): Promise<void> {
    await feeder.ended
    await feeder.stop()
    feeder = startFeeder(database, nats.bus('feeder'), { snapshotMs: 500 })
  }

  const FAULTS: Readonly<Record<string, () => Promise<unknown>>> = {
    nothing: async () => undefined,
    'a new hub': async () => {
      await hub.stop()
      hub = followNats(SCOPES, nats.bus('hub'))
    },
    'another feeder after the one that ended': async () => {
      await feeder.stop()
      feeder = startFeeder(database, nats.bus('feeder'), { snapshotMs: 500 })
    },
    'another feeder beside the one that does not know of it': async () => {
      const before = feeder
      const next = startFeeder(database, nats.bus('feeder'), { snapshotMs: 500 })
      const overtaken = Promise.race([before.ended.then(() => before), next.ended.then(() => next)])
      await Promise.race([overtaken, vi.waitUntil(() => next.state().messages > 0, LEVEL)])
      await write(database, SELDOM)
      const loser = await overtaken
      feeder = loser === before ? next : before
      await loser.stop()
    },
    'NATS is killed and comes back': async () => {
      await nats.nodes[0]!.kill('SIGKILL')
      await write(database, SELDOM)
      await nats.nodes[0]!.start()
    },
    'NATS loses all that it held': async () => {
      await nats.nodes[0]!.kill('SIGKILL')
      await nats.nodes[0]!.wipe()
      await nats.nodes[0]!.start()
      await write(database, SELDOM)
      await replaceEnded()
    },
    'a message is lost': async () => {
      await hub.stop()
      await write(database, SELDOM)
      await vi.waitUntil(() => feeder.state().waitingBytes === 0, LEVEL)
      await withBus(async ({ jsm }) => jsm.streams.deleteMessage(STREAM, feeder.state().sequence))
      hub = followNats(SCOPES, nats.bus('hub'))
    },
    'a message comes twice, from somebody else than the feeder, which must give way': async () => {
      await withBus(async ({ js, jsm }) => {
        const last = await jsm.streams.getMessage(STREAM, { last_by_subj: CHANGES })
        if (last) await js.publish(CHANGES, last.data)
      })
      await write(database, SELDOM)
      await replaceEnded()
    },
    'a TRUNCATE': () => database.pool.query('truncate tests'),
    'the publication is changed': () =>
      database.pool.query(`alter publication jitasa set (publish = 'insert, update, delete, truncate')`),
  }

  it('shows what one that follows PostgreSQL shows, and what SQL holds, whatever is written and breaks', {
    timeout: 600_000,
  }, async () => {
    const names = Object.keys(FAULTS)
    let runs = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(transaction, { minLength: 1, maxLength: 6 }),
        fc.array(transaction, { maxLength: 3 }),
        async (before, after) => {
          const name = names[runs++ % names.length]!
          for (const each of [SELDOM, ...before]) await write(database, each)
          await FAULTS[name]!()
          for (const each of after) await write(database, each)
          await level().catch((cause: unknown) => {
            const states = JSON.stringify({
              feeder: feeder.state(),
              hub: hub.source.state(),
              direct: direct.source.state(),
            })
            throw new Error(`not level after “${name}”: ${states}`, { cause })
          })
          await direct.equalsSql(database)
          await hub.equalsSql(database)
          for (const scope of SCOPES) {
            expect(hub.situation.since(scope, 0).sum, name).toBe(direct.situation.since(scope, 0).sum)
          }
        },
      ),
      { numRuns: 4 * names.length, endOnFailure: true },
    )
  })
})
