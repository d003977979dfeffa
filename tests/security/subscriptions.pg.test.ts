import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { authorizeScope } from '../../hub/authorize/index.ts'
import { systemClock } from '../../hub/clock.ts'
import { readConfig } from '../../hub/config.ts'
import { type Hub, startHub } from '../../hub/hub.ts'
import { createLogger } from '../../hub/logger.ts'
import { createMetrics } from '../../hub/metrics.ts'
import type { HubMessage } from '../../hub/wire/messages.ts'
import type { Scope } from '../../hub/wire/scopes.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { makeWorld } from '../support/rls-rows.ts'
import { SECRET } from './hub.ts'
import { passOf, type Stand, stands, storeStands } from './subjects.ts'

const SCOPES: readonly Scope[] = ['nation', 'alerts', 'province:50', 'province:10', 'board:50', 'board:10']

let database: TestDatabase
let hub: Hub
let all: readonly Stand[]

beforeAll(async () => {
  database = await createTestDatabase()
  all = stands((await makeWorld(database.pool, '5001')).world)
  await storeStands(database.pool, all)
  hub = await startHub({
    config: readConfig({ PORT: '0', HOST: '127.0.0.1' }),
    urls: database,
    secret: SECRET,
    build: 'test',
    clock: systemClock,
    logger: createLogger('silent'),
    metrics: createMetrics(),
    sharedPort: false,
  })
  await vi.waitFor(() => expect(hub.source.state().kind).toBe('streaming'), { timeout: 20_000 })
})
afterAll(async () => {
  await hub.stop(0)
  await database.drop()
})

/** Subscribes to everything over one socket. @returns what was answered to each scope. */
async function answers(stand: Stand): Promise<Readonly<Record<string, string>>> {
  const cookie = passOf(stand.grant, systemClock.now()) ?? ''
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/live`, { headers: { cookie } })
  const found: Record<string, string> = {}
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as HubMessage
    if (message.t === 'delta') found[message.s] ??= 'allowed'
    if (message.t === 'deny') found[message.s] ??= message.code
  })
  await once(socket, 'open')
  for (const s of SCOPES) socket.send(JSON.stringify({ t: 'sub', s, at: 0 }))
  await vi.waitFor(() => expect(Object.keys(found)).toHaveLength(SCOPES.length), { timeout: 10_000 })
  socket.terminate()
  return found
}

test('every role’s subscription to every scope, own and foreign, is answered as the table says', async () => {
  for (const stand of all) {
    const expected = Object.fromEntries(
      SCOPES.map((scope) => {
        const decision = authorizeScope(stand.grant, scope)
        return [scope, decision.allowed ? 'allowed' : decision.code]
      }),
    )
    expect(await answers(stand), stand.subject).toEqual(expected)
  }
})
