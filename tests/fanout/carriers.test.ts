import type { IncomingHttpHeaders } from 'node:http'
import { inflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import type { Delta } from '../../hub/contract/live/messages.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { bareHeaders } from '../../hub/runtime/answer-headers.ts'
import {
  type CarrierName,
  connectTestClient,
  emptySnapshot,
  newCase,
  startTestHub,
  type TestClient,
  type TestHub,
} from '../support/carriers.ts'
import { startStopwatch } from '../support/starved.ts'

const CARRIERS: readonly CarrierName[] = ['websocket', 'websocket, packed', 'socket.io', 'socket.io, long-polling']

let hub: TestHub
const clients: TestClient[] = []

beforeEach(async () => {
  hub = await startTestHub()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.stop()
  await hub.stop()
})

async function connect(carrier: CarrierName, query?: Record<string, string>): Promise<TestClient> {
  const client = await connectTestClient(carrier, hub.port, query)
  client.closed.catch((error: Error) => expect(error.message).toMatch(/Unexpected server response|websocket error|xhr/))
  clients.push(client)
  return client
}

/** Folds deltas until the client's nation is at `position`. */
async function foldTo(client: TestClient, position: number, state = emptyScope('nation')) {
  while (state.position < position) {
    const outcome = applyDelta(state, await client.next('delta')).outcome
    expect(outcome).toMatch(/applied|replaced|stale/)
  }
  return state
}

describe.each(CARRIERS)('%s', (carrier) => {
  it('[C2] says hello first, [C3] beats, [C4] answers pings', async () => {
    const client = await connect(carrier)
    expect(await client.next('hello')).toMatchObject({ v: PROTOCOL_VERSION, e: 'e1', beatMs: 100 })
    client.send({ t: 'ping', n: 7 })
    expect((await client.next('pong')).n).toBe(7)
    expect(await client.next('beat')).toMatchObject({ live: true, to: 100 })
  })

  it('[S1] answers a subscription with the snapshot, then with live deltas [D5]', async () => {
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 0 })
    const state = await foldTo(client, 100)
    for (let i = 1; i <= 5; i++) hub.commit(newCase(100 + i))
    await foldTo(client, 105, state)
    expect(state.cells.get('waiting.green|50')).toBe(5)
  })

  it('[C5] folds a large snapshot', async () => {
    for (let i = 0; i < 300; i++) hub.commit(newCase(101 + i, `${10 + (i % 60)}01`))
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 0 })
    expect((await foldTo(client, 400)).cells.get('cases.total|TH')).toBe(300)
  })

  it('[S1] resumes from a position with what changed after it, and nothing else', async () => {
    hub.commit(newCase(110, '1001'))
    hub.commit(newCase(120, '5001'))
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 110, e: 'e1' })
    const delta = await client.next('delta')
    expect([delta.from, delta.to]).toEqual([110, 120])
    expect(delta.c.flat()).toContain('50')
    expect(delta.c.flat()).not.toContain('10')
  })

  it('[S2] denies what does not exist or may not be seen, and stays connected', async () => {
    hub.verdicts.set('board:50', 'forbidden')
    const client = await connect(carrier)
    const { scopes } = hub.situation.size()
    for (const s of ['moon', 'province:99', 'board:99']) {
      client.send({ t: 'sub', s, at: 0 })
      expect(await client.next('deny')).toMatchObject({ s, code: 'unknown_scope' })
    }
    expect(hub.situation.size().scopes).toBe(scopes)
    client.send({ t: 'sub', s: 'board:50', at: 0 })
    expect(await client.next('deny')).toMatchObject({ s: 'board:50', code: 'forbidden' })
    for (let i = 0; i <= 32; i++) client.send({ t: 'sub', s: `presence:${i}`, at: 0 })
    expect(await client.next('deny')).toMatchObject({ s: 'presence:32', code: 'too_many' })
  })

  it('[S3] answers a question about a scope that is held like a subscription, from the position named', async () => {
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 0 })
    await foldTo(client, 100)
    hub.commit(newCase(101))
    expect((await client.next('delta')).to).toBe(101)
    client.send({ t: 'sub', s: 'nation', at: 100 })
    expect(await client.next('delta')).toMatchObject({ from: 100, to: 101 })
    hub.commit(newCase(102))
    expect(await client.next('delta')).toMatchObject({ from: 101, to: 102 })
  })

  it('[S4] answers another epoch with the snapshot', async () => {
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 100, e: 'another' })
    expect((await client.next('delta')).from).toBe(0)
  })

  it('[S5] lets a client that is ahead wait until the hub has caught up', async () => {
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 150, e: 'e1' })
    await client.next('beat')
    expect(client.received.filter((message) => message.t === 'delta')).toEqual([])
    hub.commit(newCase(160))
    expect(await client.next('delta')).toMatchObject({ from: 150, to: 160 })
  })

  it('[S6] takes a subscription away as soon as it is no longer allowed, and closes a revoked session', async () => {
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 0 })
    await client.next('delta')
    hub.verdicts.set('nation', 'forbidden')
    hub.fanout.recheck(
      () => true,
      () => false,
    )
    expect(await client.next('deny')).toMatchObject({ s: 'nation', code: 'forbidden' })
    hub.commit(newCase(130))
    await client.next('beat')
    expect(client.received.filter((message) => message.t === 'delta')).toEqual([])
    hub.fanout.recheck(
      () => true,
      () => true,
    )
    expect((await client.closed).code).toBe(4103)
  })

  it('[S9] sends a session that goes on under a new token away, to come back with it', async () => {
    const client = await connect(carrier)
    await client.next('hello')
    hub.fanout.recheck(
      () => true,
      () => true,
      () => false,
      () => true,
    )
    expect((await client.closed).code).toBe(4003)
  })

  it('[S7] closes a client that talks garbage, and no other', async () => {
    const [bad, good] = [await connect(carrier), await connect(carrier)]
    bad.send({ nonsense: true })
    expect((await bad.closed).code).toBe(4100)
    good.send({ t: 'sub', s: 'nation', at: 0 })
    await good.next('delta')
  })

  it('[S7] closes a client that never stops talking', async () => {
    const client = await connect(carrier)
    for (let i = 0; i < 100; i++) client.send({ t: 'ping', n: i })
    expect((await client.closed).code).toBe(4104)
  })

  it('[C1] closes another version', async () => {
    expect((await (await connect(carrier, { v: '99' })).closed).code).toBe(4102)
  })

  it('[C2] lets nobody in before there is something to show, and everybody after', async () => {
    await hub.stop()
    hub = await startTestHub({ snapshot: false })
    await expect((await connect(carrier)).closed).rejects.toThrow(/503|error/)
    hub.situation.reset(emptySnapshot(100))
    expect((await (await connect(carrier)).next('hello')).e).toBe('e1')
  })

  it('[F1] publishes the first change at once and then one delta a tick', async () => {
    await hub.stop()
    hub = await startTestHub({ flushMs: 1000 })
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 0 })
    await foldTo(client, 100)
    const stop = startStopwatch()
    hub.commit(newCase(101))
    await client.next('delta')
    expect(stop()).toBeLessThan(700)
    for (let i = 2; i <= 20; i++) hub.commit(newCase(100 + i))
    expect(await client.next('delta')).toMatchObject({ from: 101, to: 120 })
  })

  it('[F5] gives everyone a new hello and everything anew when the epoch changes', async () => {
    const client = await connect(carrier)
    client.send({ t: 'sub', s: 'nation', at: 0 })
    await foldTo(client, 100)
    await client.next('hello')
    hub.situation.reset(emptySnapshot(50, 'e2'))
    hub.fanout.replaced()
    expect((await client.next('hello')).e).toBe('e2')
    expect((await client.next('delta')) satisfies Delta).toMatchObject({ from: 0, to: 50 })
  })

  it('[C6] says when to come back before it stops', async () => {
    const client = await connect(carrier)
    await client.next('hello')
    const stopped = hub.fanout.stop(5000)
    expect((await client.next('bye')).in).toBeLessThanOrEqual(5000)
    expect((await client.closed).code).toBe(4000)
    await stopped
  })
})

/** A WebSocket with nothing of ours in between. */
async function raw(query: string): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/live${query}`)
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve) => socket.once('open', resolve))
  return { socket, closed }
}

describe('websocket', () => {
  it('[S7] closes on a frame that is too long, and breaks where it is more than 16 times that', async () => {
    const client = await connect('websocket')
    client.send({ t: 'x'.repeat(2000) })
    expect((await client.closed).code).toBe(4101)
    const { socket, closed } = await raw(`?v=${PROTOCOL_VERSION}`)
    socket.send(JSON.stringify({ t: 'x'.repeat(17 * 1024) }))
    expect(await closed).toBe(1006)
  })

  it('[S7] closes on a binary frame, even when its bytes are a message', async () => {
    const { socket, closed } = await raw(`?v=${PROTOCOL_VERSION}`)
    socket.send(Buffer.from('{"t":"ping","n":1}'))
    expect(await closed).toBe(4100)
  })

  it('[C1] takes a client that does not say its version for one of the first, which it no longer speaks', async () => {
    const { closed } = await raw('')
    expect(await closed).toBe(4102)
  })

  it.each([
    [`?v=${PROTOCOL_VERSION}&z=1`, true],
    [`?v=${PROTOCOL_VERSION}`, false],
  ])(
    '[C5] %s: a message of 1,024 bytes and more comes as a binary frame: %s; a small one as text',
    async (query, packed) => {
      for (let i = 0; i < 60; i++) hub.commit(newCase(101 + i, `${10 + i}01`))
      const { socket } = await raw(query)
      const frames: { readonly t: string; readonly bytes: number; readonly isBinary: boolean }[] = []
      const answered = new Promise<void>((resolve) =>
        socket.on('message', (data: Buffer, isBinary: boolean) => {
          const text = (isBinary ? inflateRawSync(data) : data).toString()
          const { t } = JSON.parse(text) as { t: string }
          frames.push({ t, bytes: Buffer.byteLength(text), isBinary })
          if (t === 'delta') resolve()
        }),
      )
      socket.send('{"t":"sub","s":"nation","at":0}')
      await answered
      socket.terminate()
      expect(frames.find(({ t }) => t === 'delta')).toMatchObject({ isBinary: packed })
      for (const { bytes, isBinary } of frames) expect(isBinary).toBe(packed && bytes >= 1024)
    },
  )

  it('refuses a page of another origin, on either carrier', async () => {
    const own = `http://127.0.0.1:${hub.port}`
    const socket = (origin: string) => {
      const opened = new WebSocket(`ws://127.0.0.1:${hub.port}/live`, { origin })
      return new Promise<string>((resolve) => {
        opened.once('open', () => resolve('open')).once('error', ({ message }) => resolve(message))
      }).finally(() => opened.terminate())
    }
    const polling = async (origin: string) =>
      (await fetch(`${own}/socket.io/?EIO=4&transport=polling`, { headers: { origin } })).status
    for (const foreign of ['https://evil.example', `http://127.0.0.1.evil.example:${hub.port}`, 'null']) {
      expect([foreign, await socket(foreign)]).toEqual([foreign, expect.stringContaining('403')])
      expect([foreign, await polling(foreign)]).toEqual([foreign, 403])
    }
    for (const page of [own, 'https://hub.example']) {
      expect([page, await socket(page), await polling(page)]).toEqual([page, 'open', 200])
    }
  })

  it('a refused socket is answered with the headers of every answer, on either carrier', async () => {
    const origin = 'https://evil.example'
    const refused = (path: string) =>
      new Promise<IncomingHttpHeaders>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${hub.port}${path}`, { origin })
        socket.once('unexpected-response', (request, answer) => {
          resolve(answer.headers)
          request.destroy()
        })
        socket.on('error', () => socket.terminate())
      })
    const polling = await fetch(`http://127.0.0.1:${hub.port}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin },
    })
    const all = [
      await refused('/live'),
      await refused('/socket.io/?EIO=4&transport=websocket'),
      Object.fromEntries(polling.headers),
    ]
    for (const headers of all) {
      for (const [name, value] of bareHeaders(true)) {
        expect([name, headers[name.toLowerCase()]]).toEqual([name, value])
      }
    }
  })

  it('refuses too many sockets of one address', async () => {
    await hub.stop()
    hub = await startTestHub({ socketsPerAddress: 1 })
    await (await connect('websocket')).next('hello')
    await expect((await connect('websocket')).closed).rejects.toThrow('429')
  })
})

describe('socket.io', () => {
  const ENGINE = '/socket.io/?EIO=4&transport='

  it('counts a connection that never enters the namespace, and closes it after 5 s', { timeout: 10_000 }, async () => {
    await hub.stop()
    hub = await startTestHub({ socketsPerAddress: 2 })
    const silent = Array.from({ length: 2 }, () => new WebSocket(`ws://127.0.0.1:${hub.port}${ENGINE}websocket`))
    await Promise.all(silent.map((socket) => new Promise((resolve) => socket.once('message', resolve))))
    const stop = startStopwatch()
    expect((await fetch(`http://127.0.0.1:${hub.port}${ENGINE}polling`)).status).toBe(403)
    await Promise.all(silent.map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    expect(stop()).toBeLessThan(8000)
    expect((await fetch(`http://127.0.0.1:${hub.port}${ENGINE}polling`)).status).toBe(200)
  })

  it('makes the packet of an answer once for all who ask the same', async () => {
    const readers = await Promise.all(Array.from({ length: 3 }, () => connect('socket.io')))
    for (const reader of readers) await reader.next('hello')
    const made = vi.spyOn(JSON, 'stringify')
    try {
      for (const reader of readers) reader.send({ t: 'sub', s: 'nation', at: 0 })
      for (const reader of readers) await reader.next('delta')
      const values = made.mock.calls.map(
        ([value]) => (Array.isArray(value) ? value[1] : value) as { t?: string } | null,
      )
      expect(values.filter((value) => value?.t === 'delta')).toHaveLength(1)
    } finally {
      made.mockRestore()
    }
  })
})
