import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { verify } from '../../db/verify/verify.ts'
import type { AnswerOf } from '../../hub/contract/api/routes.ts'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import { indexPath, type Leg, legPath, wayFrom } from '../../hub/contract/live/feed.ts'
import type { FeedIndex } from '../../hub/contract/live/feed-messages.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { loadSnapshot, openBus, readFrom, streamEnds } from '../../hub/source/jetstream/bus.ts'
import type { Feeder } from '../../hub/source/jetstream/feeder.ts'
import { FoldingClient } from '../fanout/workers-client.ts'
import { createTestAccounts, PASSWORD } from '../support/accounts.ts'
import { type FleetHub, startFleetHub } from '../support/fleet.ts'
import { startFeeder } from '../support/followed.ts'
import { type Nats, natsServer, startNats } from '../support/nats.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { openPaintingWall } from '../support/walls-that-paint.ts'

const WAIT = { timeout: 60_000, interval: 10 }
const CANARIES = { name: 'Kanarienvogel Sprechprobe', phone: '0861234987', address: 'Haus am Kanarienweg 987' }

let database: TestDatabase
let nats: Nats
let feeder: Feeder
let api: FleetHub
let screens: FleetHub

describe.skipIf(natsServer === undefined)('a hub of screens, which has no database', () => {
  beforeAll(async () => {
    database = await createTestDatabase()
    await database.pool.query(`update operation set day = '2021-11-11', kind = 'live'`)
    await createTestAccounts(database, [
      { username: 'amselruf', role: 'responder', areas: ['50'], label: 'R 1' },
      { username: 'leaver', role: 'responder', areas: ['50'], label: 'R 2' },
      { username: 'hall', role: 'screen', areas: ['TH'], label: 'Hall 5' },
      { username: 'office', role: 'administrator', areas: ['TH'], label: 'Office' },
    ])
    nats = await startNats()
    feeder = startFeeder(database, nats.bus('feeder'), { snapshotMs: 500 })
    api = await startFleetHub(nats, database)
    screens = await startFleetHub(nats, undefined, { API_ORIGIN: api.url })
    await vi.waitUntil(async () => (await readies()).every(Boolean), WAIT)
  }, 120_000)
  afterAll(async () => {
    await screens.hub.stop(0)
    await api.hub.stop(0)
    await feeder.stop()
    await nats.stop()
    await database.drop()
  })

  const readies = () => Promise.all([api, screens].map(async ({ url }) => (await fetch(`${url}/readyz`)).ok))

  async function signIn(login: string): Promise<string> {
    const answer = await fetch(`${screens.url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: screens.url },
      body: JSON.stringify({ login, password: PASSWORD }),
    })
    expect(answer.status).toBe(200)
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }

  const askForHelp = () =>
    fetch(`${screens.url}/api/help`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({
        ...{ language: 'en', consent: { given: true, version: '2026-11' }, ...CANARIES },
        ...{ needs: ['bed'], place: { area: '5001' } },
      }),
    })

  it('shows every cell and row that SQL holds', async () => {
    await database.pool.query(`insert into cases (district, report_day, classification, severity, source)
      select '5001', day, 'confirmed', 'red', 'api' from operation, generate_series(1, 40)`)
    const found = await verify({
      ...{ ownerUrl: database.url, hubUrl: screens.url, scopes: [], lock: 'when-needed' },
      now: () => performance.now(),
    })
    expect(found.differences).toEqual([])
    expect(found.cells).toBeGreaterThan(5)
  })

  it('PostgreSQL serves one walsender and nobody else of the fleet but the hub with the database', async () => {
    const { rows } = await database.pool.query<{ name: string; n: number }>(
      `select application_name as name, count(*)::int as n from pg_stat_activity
       where datname = current_database() and application_name in ('jitasa feed', 'jitasa source') group by 1`,
    )
    expect(Object.fromEntries(rows.map(({ name, n }) => [name, n]))).toEqual({ 'jitasa feed': 1, 'jitasa source': 1 })
  })

  it('serves the public feed, the same bytes as the hub with the database, and leads a viewer to what that one holds', async () => {
    const both = [screens, api]
    const scope = 'public:50'
    const index = async ({ url }: FleetHub) => (await (await fetch(url + indexPath(scope))).json()) as FeedIndex
    const body = async ({ url }: FleetHub, leg: Leg, epoch: string) => {
      const answer = await fetch(url + legPath(scope, epoch, leg))
      return answer.ok ? answer.text() : null
    }
    await Promise.all(both.map(index))
    const steps = () => Promise.all(both.map(async (hub) => (await index(hub)).steps.map(String)))
    for (let i = 0; i < 3; i++) {
      await database.pool.query(
        `insert into cases (district, report_day, classification, source) select '5001', day, 'confirmed', 'api' from operation`,
      )
      await sleep(1_000)
    }
    await vi.waitUntil(async () => (await steps()).every((of) => of.length >= 2), WAIT)
    const [ours, theirs] = await steps()
    const shared = ours!.filter((step) => theirs!.includes(step))
    expect(shared.length).toBeGreaterThanOrEqual(2)
    const { hello } = await index(screens)
    for (const step of shared) {
      const leg = step.split(',').map(Number) as [number, number]
      const [one, other] = await Promise.all(both.map((hub) => body(hub, leg, hello.e)))
      expect(one).not.toBeNull()
      expect(one).toBe(other)
    }
    const state = emptyScope(scope)
    const newest = await index(screens)
    for (const leg of wayFrom(0, newest)) applyDelta(state, JSON.parse((await body(screens, leg, hello.e)) ?? ''))
    expect([state.position, state.sum]).toEqual([newest.to, newest.sum])
  })

  it('passes sign-in and commands on; who signed in there is known to its sockets, and a change comes to its screens', async () => {
    const wall = new FoldingClient(`${screens.url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, [
      'nation',
      'public:50',
    ])
    onTestFinished(() => wall.stop())
    await vi.waitUntil(() => wall.live, WAIT)
    const before = screens.hub.situation.cell('needs.bed.open', '50')
    const cookie = await signIn('amselruf')
    const board = await fetch(`${screens.url}/api/situation?scope=board:50`, { headers: { cookie } })
    expect(board.status).toBe(200)
    expect((await fetch(`${screens.url}/api/situation?scope=board:10`, { headers: { cookie } })).status).toBe(403)
    expect((await fetch(`${screens.url}/api/situation?scope=board:50`)).status).toBe(401)
    expect((await fetch(`${screens.url}/api/session`, { headers: { cookie } })).status).toBe(200)
    const asked = await askForHelp()
    expect(asked.status).toBe(201)
    await vi.waitUntil(() => screens.hub.situation.cell('needs.bed.open', '50') === before + 1, WAIT)
    await vi.waitUntil(() => wall.scopes.get('nation')?.position === screens.hub.situation.position, WAIT)
    expect([wall.gaps, wall.mismatches]).toEqual([0, 0])
  })

  it('passes the answer on as it is: status, refusal, type, compression', async () => {
    const [here, there] = await Promise.all(
      [screens, api].map(async ({ url }) => {
        const answers = await Promise.all([
          fetch(`${url}/api/areas?parent=TH`),
          fetch(`${url}/api/nothing`),
          fetch(`${url}/api/cases`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }),
          fetch(`${url}/api/config`, { method: 'HEAD' }),
        ])
        return Promise.all(
          answers.map(async (each) => [each.status, each.headers.get('content-type'), await each.text()]),
        )
      }),
    )
    expect(here).toEqual(there)
  })

  it('nothing personal lies in the stream or in the snapshot', async () => {
    expect((await askForHelp()).status).toBe(201)
    await vi.waitUntil(() => feeder.state().waitingBytes === 0, WAIT)
    const bus = await openBus(nats.bus('test'))
    onTestFinished(() => bus.close())
    const { first, last } = await streamEnds(bus)
    let said = ''
    for await (const message of await readFrom(bus, first)) {
      said += message.string()
      if (message.seq >= last) break
    }
    const snapshot = await loadSnapshot(bus)
    said += (await promisify(gunzip)(snapshot!)).toString()
    expect(said).toContain('"needs"')
    expect(said.length).toBeGreaterThan(10_000)
    for (const canary of [...Object.values(CANARIES), '861234987', 'amselruf', PASSWORD])
      expect(said).not.toContain(canary)
  })

  it('a session that is revoked loses its board, without a word of the database', async () => {
    const cookie = await signIn('leaver')
    const board = () => fetch(`${screens.url}/api/situation?scope=board:50`, { headers: { cookie } })
    expect((await board()).status).toBe(200)
    await database.pool.query(`update account_grants set disabled = true, version = version + 1 where label = 'R 2'`)
    await vi.waitUntil(async () => (await board()).status === 401, WAIT)
  })

  it('its screens stand on the list, a receipt counts them, and an order that one takes is noted', async () => {
    const hall = await signIn('hall')
    const office = await signIn('office')
    const ask = async (path: string, body?: object) => {
      const answer = await fetch(`${screens.url}/api/${path}`, {
        headers: { cookie: office, origin: screens.url, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      })
      expect(answer.ok, path).toBe(true)
      return answer.json()
    }
    const listed = async () => ((await ask('screens')) as AnswerOf<'GET /api/screens'>).screens[0]
    const id = (await listed())?.id ?? ''
    const wall = await openPaintingWall(screens.url, 'nation', hall)
    const own = await openPaintingWall(screens.url, `screen:${id}`, hall)
    onTestFinished(() => {
      wall.close()
      own.close()
    })
    await vi.waitUntil(async () => (await listed())?.link?.scene === 'Nation', WAIT)
    await ask('screens/orders', { screens: [id], kind: 'identify' })
    await vi.waitUntil(async () => typeof (await listed())?.order?.takenAt === 'number', WAIT)
    const painted = wall.position()
    await askForHelp()
    await vi.waitUntil(() => wall.position() > painted, WAIT)
    const receipt = `receipts?scope=nation&position=${wall.position()}`
    await vi.waitUntil(async () => {
      const { screens: counted } = (await ask(receipt)) as AnswerOf<'GET /api/receipts'>
      return counted.of === 1 && counted.painted === 1
    }, WAIT)
    wall.freeze()
    await askForHelp()
    await vi.waitUntil(() => screens.hub.situation.position > wall.position(), WAIT)
    const { missing } = (await ask(
      `receipts?scope=nation&position=${screens.hub.situation.position}`,
    )) as AnswerOf<'GET /api/receipts'>
    expect(missing).toMatchObject([{ name: expect.any(String), isDark: false }])
  })

  it('says in a sentence that the hub with the database is away, or hangs; its screens go on', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const [away, hanging] = await Promise.all([
      startFleetHub(nats, undefined, { API_ORIGIN: 'http://127.0.0.1:1' }),
      startFleetHub(nats, undefined, { API_ORIGIN: `http://127.0.0.1:${port}` }),
    ])
    onTestFinished(async () => {
      silent.closeAllConnections()
      silent.close()
      await Promise.all([away.hub.stop(0), hanging.hub.stop(0)])
    })
    const [refused, late] = await Promise.all([away, hanging].map(({ url }) => fetch(`${url}/api/session`)))
    expect([refused!.status, late!.status]).toEqual([502, 504])
    expect(await refused!.json()).toMatchObject({
      error: { code: 'api_away', message: expect.stringContaining('database') },
    })
    expect(await late!.json()).toMatchObject({ error: { code: 'api_silent' } })
    await vi.waitUntil(async () => (await fetch(`${away.url}/api/situation`)).ok, WAIT)
    expect((await fetch(`${away.url}/readyz`)).status).toBe(200)
  }, 60_000)
})
