import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { serveBridge } from '../http/servers.ts'
import { haproxy, startHaproxy } from '../support/haproxy.ts'
import { nginx, startNginx } from '../support/nginx.ts'
import { FRONT_ID, fuzzHeads, isAnswered, noting, smuggled } from './heads.ts'

const RUNS = 1_500
/** Printed when it fails; HEADS_SEED repeats it. */
const SEED = Number(process.env.HEADS_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** 505: another version than HTTP/1.1, by uWebSockets.js. 501: a transfer coding that the front does not know. */
const REFUSALS = [501, 505]

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function behind(front: (hub: number) => Promise<{ readonly port: number; stop(): Promise<void> }>) {
  const { fetch, brought } = noting()
  const hub = await serveBridge(fetch, { bodyIdleMs: 500, trustedProxies: ['127.0.0.1'] })
  cleanups.push(() => hub.stop())
  const started = await front(hub.port)
  cleanups.push(() => started.stop())
  return { port: started.port, brought }
}

const HAPROXY_LINES = [`http-request set-header ${FRONT_ID} %[uuid()]`]
const throughNginx = async (hub: number) => {
  const plainPort = await freePort()
  const front = await startNginx({ hubs: [hub], plainPort, site: `proxy_set_header ${FRONT_ID} $request_id;` })
  return { port: plainPort, stop: () => front.stop() }
}

test('heads as no client sends them: the hub refuses or serves each, and goes on', { timeout: 300_000 }, async () => {
  const { port } = await behind(async (hub) => ({ port: hub, stop: async () => undefined }))
  const { failures, statuses } = await fuzzHeads(port, SEED, { runs: RUNS, allowed: REFUSALS })
  expect(failures, `seed ${SEED}`).toEqual([])
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400']))
})

test.skipIf(nginx === undefined)(
  'through nginx no request is smuggled past it, and nobody gets the answer of somebody else',
  { timeout: 300_000 },
  async () => {
    const { port, brought } = await behind(throughNginx)
    const { failures } = await fuzzHeads(port, SEED, { runs: RUNS, allowed: REFUSALS })
    expect(failures, `seed ${SEED}`).toEqual([])
    expect(brought.length).toBeGreaterThan(RUNS)
    expect(smuggled(brought), `seed ${SEED}`).toEqual([])
  },
)

test.skipIf(haproxy === undefined)(
  'through HAProxy no request is smuggled past it, and nobody gets the answer of somebody else',
  { timeout: 300_000 },
  async () => {
    const { port, brought } = await behind((hub) => startHaproxy(hub, HAPROXY_LINES))
    const { failures } = await fuzzHeads(port, SEED, { runs: RUNS, allowed: REFUSALS })
    expect(failures, `seed ${SEED}`).toEqual([])
    expect(brought.length).toBeGreaterThan(RUNS)
    expect(smuggled(brought), `seed ${SEED}`).toEqual([])
  },
)

test.skipIf(haproxy === undefined)('a request that a front has not brought is seen', async () => {
  const { fetch, brought } = noting()
  const hub = await serveBridge(fetch)
  cleanups.push(() => hub.stop())
  expect(await isAnswered(hub.port, '/past-the-front')).toBe(true)
  expect(smuggled(brought)).toEqual([null])
  expect(smuggled(['a'.repeat(32), 'a'.repeat(32), 'forged'])).toEqual(['a'.repeat(32), 'forged'])
})
