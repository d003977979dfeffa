import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Carrier, UNPROVEN_FAILURES_MAX } from '../../dashboard/src/live/carrier.ts'
import { createFallback } from '../../dashboard/src/live/fallback.ts'
import { createInbox, type Inbox, receive, subscribeAll } from '../../dashboard/src/live/inbox.ts'
import { createLink, type Link } from '../../dashboard/src/live/link.ts'
import { socketIoTransport } from '../../dashboard/src/live/socketio.ts'
import { webSocketTransport } from '../../dashboard/src/live/websocket.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { newCase, startTestHub, type TestHub } from '../support/carriers.ts'
import { startProxy, type TestProxy } from '../support/proxy.ts'

const WITHIN = { timeout: 15_000, interval: 20 }

vi.setConfig({ testTimeout: 30_000 })

/** As in browsers a refused handshake is a close with 1006; Node's own tells an error only. */
class BrowserSocket extends WebSocket {
  constructor(url: string) {
    super(url)
    this.on('error', (error) => refusals.push(error.message))
  }
}
const refusals: string[] = []
vi.stubGlobal('WebSocket', BrowserSocket)

let hub: TestHub
let proxy: TestProxy
let client: ReturnType<typeof start>

beforeEach(async () => {
  hub = await startTestHub()
})

afterEach(async () => {
  client.link.stop()
  await proxy.stop()
  await hub.stop()
})

/** The dashboard's own link, inbox and carriers, behind the proxy; timers of more than 15 s run early. */
function start(url: string, patienceMs = 15_000) {
  const inbox: Inbox = createInbox(['nation'])
  const spoken: Carrier[] = []
  const states: string[] = []
  const after = (ms: number, task: () => void) => {
    const timer = setTimeout(task, Math.min(ms, patienceMs))
    return () => clearTimeout(timer)
  }
  const fallback = createFallback({
    carriers: {
      live: webSocketTransport(`${url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}&z=1`),
      socketio: socketIoTransport(url, PROTOCOL_VERSION),
    },
    world: { random: Math.random, after },
    remembered: null,
    remember: (carrier) => spoken.push(carrier),
  })
  const link: Link = createLink({
    transport: fallback,
    world: { now: Date.now, random: Math.random, after },
    reloadedAt: null,
    onMessage: (message) => receive(inbox, message, Date.now()),
    subscriptions: () => subscribeAll(inbox, Date.now()),
    onState: (state) => states.at(-1) !== state.kind && states.push(state.kind),
    reload: () => undefined,
  })
  link.start()
  const count = () => inbox.boxes.get('nation')?.state.cells.get('waiting.green|50') ?? 0
  return { inbox, spoken, states, link, count }
}

test('where every upgrade is refused, the link comes about by long polling and folds what is committed', async () => {
  proxy = await startProxy(hub.port, () => 'refuse')
  client = start(proxy.url)
  await expect.poll(() => client.spoken, WITHIN).toEqual(['socketio'])
  expect(proxy.upgrades.filter((path) => path === '/live')).toHaveLength(UNPROVEN_FAILURES_MAX)
  for (let i = 1; i <= 5; i++) {
    hub.commit(newCase(100 + i))
    await sleep(30)
  }
  await expect.poll(client.count, WITHIN).toBe(5)
  expect(client.inbox.mismatches).toBe(0)
})

test('a link on Socket.IO moves to /live when that works, resumes by position, and was never away', async () => {
  proxy = await startProxy(hub.port, (path) => (path === '/live' ? 'refuse' : 'pass'))
  client = start(proxy.url, 500)
  await expect.poll(() => client.spoken, WITHIN).toEqual(['socketio'])
  hub.commit(newCase(110))
  await expect.poll(client.count, WITHIN).toBe(1)
  client.states.length = 0
  proxy.setRule(() => 'pass')
  const committing = setInterval(() => hub.commit(newCase(hub.situation.position + 1)), 10)
  try {
    await expect.poll(() => client.spoken, WITHIN).toEqual(['socketio', 'live'])
  } finally {
    clearInterval(committing)
  }
  const { position } = hub.situation
  await expect.poll(() => client.inbox.boxes.get('nation')?.state.position, WITHIN).toBe(position)
  expect(client.count()).toBe(position - 109)
  expect(client.inbox.mismatches).toBe(0)
  expect(client.states).toEqual(['open'])
})

test('[C7] a session that has ended stops the client on the fallback, too', async () => {
  proxy = await startProxy(hub.port, () => 'refuse')
  client = start(proxy.url)
  await expect.poll(() => client.spoken, WITHIN).toEqual(['socketio'])
  hub.fanout.recheck(
    () => true,
    () => true,
  )
  await expect.poll(() => client.states.at(-1), WITHIN).toBe('stopped')
})

test('[C6] a hub that restarts says when to come back, on the fallback, too', async () => {
  proxy = await startProxy(hub.port, () => 'refuse')
  client = start(proxy.url)
  await expect.poll(() => client.spoken, WITHIN).toEqual(['socketio'])
  await hub.fanout.stop(100)
  await expect.poll(() => client.states.at(-1), WITHIN).toBe('waiting')
})
