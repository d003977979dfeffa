import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { authorizeScope } from '../../hub/authorize/decide.ts'
import type { HubMessage } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { type Hub, startHub } from '../../hub/process/hub.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { makeWorld } from '../support/rls-rows.ts'
import { SECRET } from './hub.ts'
import { districtStands, passOf, type Stand, stands, storeStands } from './subjects.ts'

/** A case that nobody has: whose place is not known is nobody's own. */
const NO_CASE: Scope = 'presence:999999'
const NO_SCREEN: Scope = 'screen:00000000-0000-4000-8000-000000000000'
const NO_FACILITY: Scope = 'facility:999999'

let database: TestDatabase
let hub: Hub
let all: readonly Stand[]
/** every scope there is, own, neighbouring and foreign, with the district it is about where the scope does not say */
let scopes: ReadonlyMap<Scope, string | undefined>

beforeAll(async () => {
  database = await createTestDatabase()
  const [own, next, foreign] = await Promise.all(
    ['5001', '5002', '1001'].map((district) => makeWorld(database.pool, district).then(({ world }) => world)),
  )
  const worlds = [own!, next!, foreign!]
  await database.pool.query('update cases set on_board = true where id = any($1)', [worlds.map((world) => world.case)])
  scopes = new Map<Scope, string | undefined>([
    ...(
      [
        'nation',
        'alerts',
        'alerts:50',
        'alerts:10',
        'province:50',
        'province:10',
        'public:50',
        'public:10',
        'board:50',
        'board:10',
        'command:TH',
        'command:50',
        'command:10',
        NO_CASE,
        NO_SCREEN,
      ] as const
    ).map((scope) => [scope, undefined] as const),
    [NO_FACILITY, undefined] as const,
    ...worlds.map((world) => [`presence:${world.case}`, world.district] as const),
    ...worlds.map((world) => [`facility:${world.facility}`, world.district] as const),
  ])
  all = [...stands(own!), ...districtStands(own!)]
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
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/live?v=${PROTOCOL_VERSION}`, { headers: { cookie } })
  const found: Record<string, string> = {}
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as HubMessage
    if (message.t === 'delta') found[message.s] ??= 'allowed'
    if (message.t === 'deny') found[message.s] ??= message.code
  })
  await once(socket, 'open')
  for (const s of scopes.keys()) socket.send(JSON.stringify({ t: 'sub', s, at: 0 }))
  await vi.waitFor(() => expect(Object.keys(found)).toHaveLength(scopes.size), { timeout: 10_000 })
  socket.terminate()
  return found
}

test('every role’s subscription to every scope, own, neighbouring and foreign, is answered as the table says', async () => {
  for (const stand of all) {
    const expected = Object.fromEntries(
      [...scopes].map(([scope, district]) => {
        const decision = authorizeScope(stand.grant, scope, district)
        return [scope, decision.allowed ? 'allowed' : decision.code]
      }),
    )
    expect(await answers(stand), `${stand.subject} of ${stand.grant?.areas}`).toEqual(expected)
  }
})

test('the presence on a case of the own province is followed, of a foreign or unknown one it is not', async () => {
  const responder = all.find(({ subject, grant }) => subject === 'responder' && grant?.areas.includes('5001'))
  const found = Object.entries(await answers(responder!)).filter(([scope]) => scope.startsWith('presence:'))
  const district = (scope: string) => scopes.get(scope as Scope) ?? 'unknown'
  expect(Object.fromEntries(found.map(([scope, answer]) => [district(scope), answer]))).toEqual({
    5001: 'allowed',
    5002: 'allowed',
    1001: 'forbidden',
    unknown: 'forbidden',
  })
})

test('staff of a facility follow the transfers to their own and to no other, and see none of its case', async () => {
  const staff = all.find(({ subject }) => subject === 'facility_staff')
  const found = await answers(staff!)
  const followed = Object.keys(found).filter(
    (scope) => /^(?:facility|board|presence):/.test(scope) && found[scope] === 'allowed',
  )
  expect(followed).toEqual([`facility:${staff!.grant!.facility}`])
})
