import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DIFFERENT, type Expected, REFUSED, SAME } from './bridge-cases.ts'
import { digest, probeApp, type Seen } from './probe-app.ts'
import { type Exchange, exchange, headerOf, request } from './raw.ts'
import { serveBridge, serveNode, type TestServer } from './servers.ts'

const seen: Seen = new Map()
const app = probeApp(seen)
let bridge: TestServer
let node: TestServer

beforeAll(async () => {
  bridge = await serveBridge(app.fetch)
  node = await serveNode(app.fetch)
})
afterAll(async () => {
  await bridge.stop()
  await node.stop()
})

/** Headers of the carrier, not of the application. `content-length` counts where both state it; the body says the rest. */
const OF_THE_CARRIER = new Set([
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'uwebsockets',
  'content-length',
])

/** The exchange ends as soon as the answers are there; on a machine that is busy 3 MB take their time. */
const BUSY_MS_MAX = 20_000

function comparable({ answers }: Exchange) {
  return answers
    .filter((answer) => answer.status !== 100)
    .map((answer) => ({
      status: answer.status,
      reason: answer.reason,
      headers: answer.headers
        .filter(([name]) => !OF_THE_CARRIER.has(name))
        .map(([name, value]) => `${name}: ${value}`)
        .sort(),
      body: answer.body.length > 20_000 ? digest(answer.body) : answer.body.toString('latin1'),
      complete: answer.complete,
    }))
}

describe.concurrent('the bridge answers as @hono/node-server does', () => {
  test.each(SAME)('$name', async ({ send, method = 'GET', answers = 1 }) => {
    const options = { methods: [method], answers, waitMs: BUSY_MS_MAX }
    const [ours, theirs] = await Promise.all([exchange(bridge.port, send, options), exchange(node.port, send, options)])
    expect(ours.answers.length).toBe(theirs.answers.length)
    expect(comparable(ours)).toEqual(comparable(theirs))
    const lengths = [ours, theirs].map(({ answers }) => headerOf(answers.at(-1), 'content-length'))
    if (lengths[0] !== undefined && lengths[1] !== undefined) expect(lengths[0]).toBe(lengths[1])
  })

  test.each(SAME)('$name: the bridge states no wrong length', async ({ send, method = 'GET', answers = 1 }) => {
    const { answers: ours } = await exchange(bridge.port, send, { methods: [method], answers, waitMs: BUSY_MS_MAX })
    for (const answer of ours) {
      const lengths = answer.headers.filter(([name]) => name === 'content-length').map(([, value]) => Number(value))
      if (method === 'HEAD') expect(lengths.every((length) => length < 100)).toBe(true)
      else if (lengths.length > 0) expect(lengths).toEqual([answer.body.length])
    }
  })

  test('a client that goes away: the signal aborts, the stream of the answer is cancelled', async ({ expect }) => {
    for (const [carrier, { port }] of Object.entries({ bridge, node })) {
      const begun = async () => {
        const { answers } = await exchange(port, request(`GET /endless/${carrier}`), { waitMs: 200 })
        return answers[0]?.complete
      }
      await expect.poll(begun).toBe(false)
      await expect.poll(() => seen.get(`${carrier}.signal`)).toBe('aborted')
      await expect.poll(() => seen.get(`${carrier}.stream`)).toBe('cancelled')
    }
  })
})

function outcome({ answers, closed }: Exchange): Expected['status'] {
  return answers.at(-1)?.status ?? (closed ? 'closed' : 'silence')
}

describe.concurrent('where the bridge differs from @hono/node-server', () => {
  test.each(DIFFERENT)('$name: $why', async ({ send, bridge: ours, node: theirs, answers = 1 }) => {
    const isSilent = [ours.status, theirs.status].includes('silence')
    const options = { answers, ...(isSilent && { waitMs: 600 }) }
    const [a, b] = await Promise.all([exchange(bridge.port, send, options), exchange(node.port, send, options)])
    expect([outcome(a), outcome(b)]).toEqual([ours.status, theirs.status])
    if (ours.body) expect(a.answers.at(-1)?.body.toString()).toMatch(ours.body)
    if (theirs.body) expect(b.answers.at(-1)?.body.toString()).toMatch(theirs.body)
  })

  test('an answer without a type stays without; @hono/node-server calls it a text', async () => {
    const send = request('GET /untyped')
    const [a, b] = await Promise.all([exchange(bridge.port, send), exchange(node.port, send)])
    expect(headerOf(a.answers[0], 'content-type')).toBeUndefined()
    expect(headerOf(b.answers[0], 'content-type')).toMatch(/^text\/plain/)
  })
})

describe.concurrent('both refuse', () => {
  test.each(REFUSED)('$name: $status', async ({ send, status }) => {
    const [a, b] = await Promise.all([exchange(bridge.port, send), exchange(node.port, send)])
    expect([outcome(a), outcome(b)]).toEqual([status, status])
  })
})

test('after all of it the bridge still answers', async () => {
  expect((await exchange(bridge.port, request('GET /json'))).answers[0]?.body.toString()).toBe('{"cases":7496}')
})
