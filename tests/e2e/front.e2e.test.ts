import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { FeedIndex } from '../../hub/contract/live/feed-messages.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { startBrowser } from '../support/browser.ts'
import { startFleetHub } from '../support/fleet.ts'
import { addDatabase, forFile } from '../support/for-file.ts'
import { askFront } from '../support/front-client.ts'
import { nginx, startNginx } from '../support/nginx.ts'
import { ROOT } from '../support/up.ts'
import { painted } from '../support/wall.ts'

/** On two shared cores: a mark, an index of two seconds, a reading, a paint. */
const PAINTED = { timeout: 20_000 }
const REQUESTS_PER_MINUTE = 40
/** So many that hubs whose ports decide who gets whom have some of them each. */
const VISITORS = Array.from({ length: 24 }, (_, i) => `127.0.0.${100 + i}`)

/** Two hubs on one database, nginx before them where it is to be had, and a browser. */
const { database, hubs, front, browser } = await forFile(async (add) => {
  await buildDashboard(ROOT)
  const database = await addDatabase(add)
  await database.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, source)
     select '5001', (select day from operation), 'confirmed', 'green', 'waiting', 'api' from generate_series(1, 3)`,
  )
  const env = { HUB_FEED: 'postgres', PUBLIC_FEED: 'only', REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE) }
  const hubs = await Promise.all(
    [0, 1].map(async () => {
      const started = await startFleetHub({ url: '' }, database, env)
      let ended: Promise<void> | undefined
      return {
        ...started,
        stop() {
          ended ??= started.hub.stop(0)
          return ended
        },
      }
    }),
  )
  for (const { stop } of hubs) add(stop)
  await vi.waitUntil(() => hubs.every(({ hub }) => hub.source.state().kind === 'streaming'), PAINTED)
  const front = nginx === undefined ? undefined : await startNginx({ hubs: hubs.map(({ hub }) => hub.port) })
  if (front) add(() => front.stop())
  const browser = await startBrowser()
  add(() => browser.close())
  return { database, hubs, front, browser }
})

const url = front?.url ?? hubs[0]!.url

async function pageAt(path: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1920, height: 1080 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(url + path)
  return page
}

/** Requests that hubs have answered, by what their metrics say of the route. */
async function answeredByHubs(route: string): Promise<number> {
  const texts = await Promise.all(hubs.map(async (hub) => (await fetch(`${hub.url}/metrics`)).text()))
  const counts = texts.flatMap((text) => text.split('\n').filter((line) => line.includes('http_request_seconds_count')))
  return counts
    .filter((line) => line.includes(`route="${route}"`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

it('with PUBLIC_FEED=only a wall of nobody in particular opens no socket, follows by the feed, and says so', async () => {
  const page = await pageAt('/wall?lang=en')
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await page.locator('[data-freshness=live]').waitFor(PAINTED)
  await page.getByText('through the public feed', { exact: true }).waitFor(PAINTED)
  const seen = painted(page, 2)
  await database.pool.query(`update cases set severity = 'red' where id in (select id from cases order by id limit 2)`)
  await seen
  expect(sockets).toEqual([])
  await page.goto(`${url}/wall?lang=th`)
  await page.getByText('ผ่านฟีดสาธารณะ', { exact: true }).waitFor(PAINTED)
})

it('below a province a count of 1 to 4 is "< 5" on the feed too', async () => {
  const page = await pageAt('/province/50?lang=en')
  await page.locator('[data-freshness=live]').waitFor(PAINTED)
  await page.locator('.legend').getByRole('rowheader', { name: '< 5 a day' }).waitFor(PAINTED)
  await page.getByText('through the public feed', { exact: true }).waitFor(PAINTED)
})

describe.skipIf(front === undefined)('nginx before the hubs, configured by docs/deploy/nginx', () => {
  const ask = (path: string, of: Parameters<typeof askFront>[1] = {}) => askFront(`${url}${path}`, of)
  const index = async () => JSON.parse((await ask('/feed/nation')).text) as FeedIndex

  it('serves pages and files over TLS, and keeps the files that name their content', async () => {
    const { status, text, headers } = await ask('/wall')
    expect([status, headers['strict-transport-security']]).toEqual([200, expect.stringContaining('max-age=31536000')])
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? ''
    for (let i = 0; i < 5; i++) {
      const file = await ask(script, { headers: { 'accept-encoding': 'br' } })
      expect([file.status, file.headers['content-encoding']]).toEqual([200, 'br'])
      expect((await ask(script)).headers['content-encoding']).toBeUndefined()
    }
    expect((await ask('/metrics')).status).toBe(404)
    expect((await ask('/api/nothing')).headers['content-type']).toMatch(/json/)
  })

  it('lets /live through, from the site itself alone', async () => {
    const open = (origin: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${url.replace('https', 'wss')}/live?v=${PROTOCOL_VERSION}`, {
          ...{ rejectUnauthorized: false, origin },
        })
        socket.once('message', (data) => {
          socket.close()
          resolve(JSON.parse(String(data)).t)
        })
        socket.once('error', ({ message }) => resolve(message))
      })
    expect(await open(url)).toBe('hello')
    expect(await open('https://elsewhere.example')).toContain('403')
  })

  it('keeps the long polling of an address at one hub, and spreads addresses over all', async () => {
    const session = async (from: string) => {
      const at = `/socket.io/?EIO=4&transport=polling&v=${PROTOCOL_VERSION}`
      const opened = await ask(at, { from })
      const { sid } = JSON.parse(opened.text.slice(1)) as { sid: string }
      const entered = await ask(`${at}&sid=${sid}`, { from, method: 'POST', body: '40' })
      expect(entered.text).toBe('ok')
      const told: string[] = []
      while (!told.join('').includes('"hello"')) told.push((await ask(`${at}&sid=${sid}`, { from })).text)
      await ask(`${at}&sid=${sid}`, {
        ...{ from, method: 'POST', body: `42${JSON.stringify(['m', { t: 'sub', s: 'nation', at: 0 }])}` },
      })
      while (!told.join('').includes('"delta"')) told.push((await ask(`${at}&sid=${sid}`, { from })).text)
    }
    await Promise.all(VISITORS.map(session))
    const open = await Promise.all(
      hubs.map(async (hub) =>
        /^jitasa_sockets\{carrier="socketio"\} (\d+)/m.exec(await (await fetch(`${hub.url}/metrics`)).text()),
      ),
    )
    expect(open.every((found) => Number(found?.[1]) > 0)).toBe(true)
  })

  it('asks a hub once for what a crowd asks for at once, and passes on no more than the feed has', async () => {
    const routes = ['/feed/:scope', '/feed/:scope/:epoch/:part']
    const askAtOnce = async (path: string, route: string) => {
      const before = await answeredByHubs(route)
      const crowd = await Promise.all(Array.from({ length: 60 }, (_, i) => ask(`${path}?nobody=${i}`)))
      expect(new Set(crowd.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
      expect(crowd[0]!.status).toBe(200)
      expect((await answeredByHubs(route)) - before).toBe(1)
      return crowd[0]!.text
    }
    for (const hub of hubs) expect((await fetch(`${hub.url}/feed/public:10`)).status).toBe(200)
    const { hello, snapshot } = JSON.parse(await askAtOnce('/feed/public:10', routes[0]!)) as FeedIndex
    const part = `/feed/public:10/${hello.e}/snapshot-${snapshot}`
    await askAtOnce(part, routes[1]!)
    const packed = await ask(part, { headers: { 'accept-encoding': 'gzip' } })
    expect(packed.headers['content-encoding'] ?? 'small').toMatch(/gzip|small/)
    const gone = await ask(`/feed/public:10/${hello.e}/1-2`)
    expect([gone.status, gone.headers['cache-control']]).toEqual([404, 'no-store'])
  })

  it('an index is new within two seconds, and an echo at once', async () => {
    const first = await index()
    await vi.waitUntil(async () => (await index()).hello.now > first.hello.now, { timeout: 5_000, interval: 100 })
    const echoed = await ask('/feed/nation?echo=here')
    expect([JSON.parse(echoed.text).echo, echoed.headers['cache-control']]).toEqual(['here', 'no-store'])
    expect((await index()).echo).toBeUndefined()
    const past = await ask('/feed/nation?past=63')
    expect(past.status).toBe(200)
  })

  it('what hubs limit by address counts the visitor, not nginx, and no header of the visitor’s own', async () => {
    const knock = async (from: string, headers: Readonly<Record<string, string>> = {}) =>
      (await ask('/api/areas', { from, headers })).status
    const loud: number[] = []
    for (let i = 0; i < 2 * REQUESTS_PER_MINUTE + 10; i++) {
      loud.push(await knock('127.0.0.21', { 'x-forwarded-for': `203.0.113.${i}` }))
    }
    expect(loud.filter((status) => status === 200)).toHaveLength(2 * REQUESTS_PER_MINUTE)
    expect(loud.at(-1)).toBe(429)
    expect(await knock('127.0.0.22')).toBe(200)
  })

  it('when a hub ends, the other answers for all', async () => {
    await hubs[1]!.stop()
    for (let i = 0; i < 10; i++) {
      expect((await ask('/feed/nation')).status).toBe(200)
      expect((await ask('/wall', { from: VISITORS[i % VISITORS.length]! })).status).toBe(200)
    }
  })
})
