import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { BridgeOptions, FetchHandler } from '../../hub/http/bridge.ts'
import { BytesResponse } from '../../hub/http/bytes-response.ts'
import { startStopwatch } from '../support/starved.ts'
import { digest, patterned, probeApp } from './probe-app.ts'
import { exchange, headerOf, request } from './raw.ts'
import { serveBridge, type TestServer } from './servers.ts'

const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.stop())))

async function serve(fetch: FetchHandler, options: Partial<BridgeOptions> = {}): Promise<number> {
  const server = await serveBridge(fetch, options)
  servers.push(server)
  return server.port
}

const probe = () => probeApp(new Map()).fetch
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

describe('a body over the limit', () => {
  test('is refused by its Content-Length before any of it is read', async () => {
    let called = false
    const port = await serve(
      () => {
        called = true
        return new Response('')
      },
      { bodyBytesMax: 1024 },
    )
    const stop = startStopwatch()
    const { answers } = await exchange(port, request('POST /', ['Content-Length: 1073741824']))
    expect(answers[0]?.status).toBe(413)
    expect(JSON.parse(answers[0]?.body.toString() ?? '')).toMatchObject({
      error: { code: 'body_too_large', details: { bytesMax: 1024 } },
    })
    expect(headerOf(answers[0], 'connection')).toBe('close')
    expect(called).toBe(false)
    expect(stop()).toBeLessThan(1000)
  })

  test('is answered to a client that keeps sending all of it', async () => {
    const port = await serve(probe(), { bodyBytesMax: 1024 })
    const { answers } = await exchange(
      port,
      request('POST /echo/', ['Content-Length: 20000000'], 'x'.repeat(20_000_000)),
    )
    expect(answers[0]?.status).toBe(413)
  })

  test('is refused when a chunked one passes it, and its reader fails', async () => {
    let failure: unknown
    const port = await serve(
      async (req) => {
        failure = await req.text().catch((error: unknown) => error)
        return new Response('too late')
      },
      { bodyBytesMax: 1_000_000 },
    )
    // More than uWebSockets.js reads at once: what comes whole is refused before the handler is called.
    const send =
      request('POST /', ['Transfer-Encoding: chunked']) + chunk('x'.repeat(900_000)) + chunk('y'.repeat(900_000))
    const { answers, closed } = await exchange(port, send, { answers: 2 })
    expect(answers.map(({ status }) => status)).toEqual([413])
    expect(closed).toBe(true)
    await expect.poll(() => (failure as Error).message).toMatch(/1000000 bytes/)
  })
})

describe('a slow body', () => {
  test('that stops is answered with 408', async () => {
    const port = await serve(probe(), { bodyIdleMs: 100 })
    const { answers } = await exchange(port, request('POST /echo/', ['Content-Length: 100'], 'abc'))
    expect(answers[0]?.status).toBe(408)
    expect(answers[0]?.body.toString()).toMatch(/body_too_slow/)
  })

  test('that drips longer than the whole may take is answered with 408', async () => {
    const port = await serve(probe(), { bodyIdleMs: 200, bodyTotalMs: 500 })
    const socket = net.connect(port, '127.0.0.1')
    socket.write(request('POST /echo/', ['Content-Length: 100']))
    const drip = setInterval(() => socket.write('x'), 50)
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
    clearInterval(drip)
    socket.destroy()
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })
})

describe('a slow handler', () => {
  test('is answered for with 503, and its signal aborts', async () => {
    let aborted = false
    const port = await serve(
      (req) => {
        req.signal.addEventListener('abort', () => {
          aborted = true
        })
        return new Promise<Response>(() => undefined)
      },
      { handlerMs: 100 },
    )
    const { answers } = await exchange(port, request('GET /'))
    expect(answers[0]?.status).toBe(503)
    expect(headerOf(answers[0], 'retry-after')).toBe('5')
    expect(aborted).toBe(true)
  })

  test('that leaves a large body unread is answered for too', async () => {
    const port = await serve(() => new Promise<Response>(() => undefined), { handlerMs: 200, bodyIdleMs: 200 })
    const { answers } = await exchange(port, request('POST /', ['Content-Length: 1000000'], 'x'.repeat(1_000_000)))
    expect(answers[0]?.status).toBe(503)
  })

  test('has its time counted from the end of the body', async () => {
    const port = await serve(probe(), { handlerMs: 300 })
    const socket = net.connect(port, '127.0.0.1')
    socket.write(request('POST /echo/', ['Content-Length: 6']))
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
    for (let i = 0; i < 6; i++) {
      await sleep(120)
      socket.write('x')
    }
    expect(await answer).toMatch(/"bytes":6/)
    socket.destroy()
  })
})

describe('a handler that fails', () => {
  const failing: readonly [string, FetchHandler][] = [
    [
      'by throwing',
      () => {
        throw new Error('secret inside')
      },
    ],
    ['by rejecting', () => Promise.reject(new Error('secret inside'))],
    [
      'with a stream that fails at once',
      () => new Response(new ReadableStream({ pull: () => Promise.reject(new Error('secret inside')) })),
    ],
    [
      'with a used body',
      async () => {
        const response = new Response('x')
        await response.text()
        return response
      },
    ],
  ]
  test.each(failing)('%s is answered for with 500, and says nothing of its inside', async (_, fetch) => {
    const port = await serve(fetch)
    const { answers } = await exchange(port, request('GET /'))
    expect(answers[0]?.status).toBe(500)
    expect(answers[0]?.body.toString()).not.toMatch(/secret/)
  })

  test('within a stream that has begun leaves the answer visibly incomplete', async () => {
    let pulls = 0
    const body = () =>
      new ReadableStream<Uint8Array>({
        async pull(controller) {
          await sleep(5)
          if (pulls++ > 3) throw new Error('broken')
          controller.enqueue(new Uint8Array(100))
        },
      })
    const port = await serve(() => new Response(body()))
    const chunked = await exchange(port, request('GET /'))
    expect([chunked.answers[0]?.complete, chunked.closed]).toEqual([false, true])
    pulls = 3
    const again = await serve(() => new Response(body(), { headers: { 'Content-Length': '1000' } }))
    const declared = await exchange(again, request('GET /'))
    expect([declared.answers[0]?.complete, declared.closed]).toEqual([false, true])
  })

  test('with more or fewer bytes than it declared cannot split the response', async () => {
    const port = await serve(
      (req) => new Response('0123456789', { headers: { 'Content-Length': new URL(req.url).pathname.slice(1) } }),
    )
    const more = await exchange(port, request('GET /4') + request('GET /10'), { waitMs: 300 })
    expect(more.answers[0]?.body.toString()).toBe('0123')
    const fewer = await exchange(port, request('GET /40'))
    expect([fewer.answers[0]?.complete ?? false, fewer.closed]).toEqual([false, true])
  })
})

describe('an answer', () => {
  test('of bytes at hand is sent as it is, and HEAD states its length', async () => {
    const bytes = patterned(6_000_000)
    const port = await serve(
      () => new BytesResponse(bytes, { headers: { 'Content-Type': 'application/octet-stream' } }),
    )
    const get = await exchange(port, request('GET /'))
    expect(digest(get.answers[0]?.body ?? new Uint8Array())).toBe(digest(bytes))
    const head = await exchange(port, request('HEAD /'), { methods: ['HEAD'] })
    expect([headerOf(head.answers[0], 'content-length'), head.rest.length]).toEqual(['6000000', 0])
  })

  test('keeps its framing whatever headers the application sets', async () => {
    const headers = {
      'Transfer-Encoding': 'chunked',
      Connection: 'upgrade',
      'Keep-Alive': 'x',
      Trailer: 'X',
      Date: 'never',
    }
    const port = await serve(() => new Response('abc', { headers }))
    const { answers } = await exchange(port, request('GET /') + request('GET /'), { waitMs: 300 })
    expect(answers[0]?.body.toString()).toBe('abc')
    expect(answers[0]?.headers.filter(([name]) => name === 'date').length).toBe(1)
    expect(headerOf(answers[0], 'transfer-encoding')).toBeUndefined()
  })

  test('to a reader that is slow arrives whole', async () => {
    const port = await serve(() => new BytesResponse(patterned(12_000_000)))
    const socket = net.connect(port, '127.0.0.1')
    let bytes = 0
    socket.on('data', (data) => {
      bytes += data.length
      socket.pause()
      setTimeout(() => socket.resume(), 2)
    })
    socket.write(request('GET /'))
    await expect.poll(() => bytes, { timeout: 20_000 }).toBeGreaterThan(12_000_000)
    socket.destroy()
  })
})

describe('a reader of the body that is slow', () => {
  test('holds the sender back instead of filling the memory', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const port = await serve(
      async (req) => {
        await held
        return new Response(String((await req.arrayBuffer()).byteLength))
      },
      { bodyBytesMax: 64_000_000 },
    )
    const socket = net.connect(port, '127.0.0.1')
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())))
    socket.write(request('POST /', ['Content-Length: 50000000']))
    socket.write(Buffer.alloc(50_000_000))
    await sleep(500)
    expect(socket.bytesWritten - socket.writableLength).toBeLessThan(50_000_000)
    release()
    expect(await answer).toMatch(/50000000$/)
    socket.destroy()
  })
})

describe('the client’s address', () => {
  const address: FetchHandler = (_, bindings) => new Response(`${bindings.scheme} ${bindings.remoteAddress}`)
  const ask = async (trustedProxies: string[], lines: string[]) => {
    const port = await serve(address, { trustedProxies })
    const { answers } = await exchange(port, request('GET /', lines))
    return answers[0]?.body.toString()
  }

  test('is the socket’s, whatever a stranger forwards', async () => {
    expect(await ask([], ['X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https'])).toBe('http 127.0.0.1')
  })
  test('is what a trusted proxy forwards', async () => {
    expect(await ask(['127.0.0.0/8'], ['X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https'])).toBe(
      'https 203.0.113.9',
    )
  })
  test('is the last one that is not a trusted proxy; what stands before it may be invented', async () => {
    const lines = ['X-Forwarded-For: 198.51.100.1, 203.0.113.9', 'X-Forwarded-For: 10.1.2.3']
    expect(await ask(['127.0.0.1', '10.0.0.0/8'], lines)).toBe('http 203.0.113.9')
  })
  test('stops at garbage', async () => {
    expect(await ask(['127.0.0.1'], ['X-Forwarded-For: 203.0.113.9, <script>'])).toBe('http 127.0.0.1')
  })
})

test('a client that goes away while it sends: the reader of the body fails, the signal aborts', async () => {
  const seen: string[] = []
  const port = await serve(async (req) => {
    req.signal.addEventListener('abort', () => seen.push('aborted'))
    await req.text().catch((error: unknown) => seen.push((error as Error).name))
    return new Response('nobody reads this')
  })
  await exchange(port, request('POST /', ['Content-Length: 1000'], 'abc'), { waitMs: 100 })
  await expect.poll(() => seen.sort()).toEqual(['AbortError', 'aborted'])
})

describe.concurrent('what takes long, one beside the other', () => {
  test('the body of a phone on a bad line, slower than uWebSockets.js allows, arrives', {
    timeout: 30_000,
  }, async () => {
    const port = await serve(probe())
    const socket = net.connect(port, '127.0.0.1')
    socket.write(request('POST /echo/', [`Content-Length: ${15 * 2048}`]))
    const answer = new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString()))
      socket.once('close', () => resolve('closed'))
    })
    for (let i = 0; i < 15; i++) {
      socket.write('x'.repeat(2048))
      await sleep(1000)
    }
    expect(await answer).toMatch(/"bytes":30720/)
    socket.destroy()
  })

  test('a head that drips is cut off by uWebSockets.js itself', { timeout: 30_000 }, async ({ expect }) => {
    const port = await serve(probe())
    const socket = net.connect(port, '127.0.0.1')
    socket.write('GET /text HTTP/1.1\r\nHost: hub.test\r\nX-Slow: ')
    const drip = setInterval(() => socket.write('x'), 500)
    const stop = startStopwatch()
    socket.on('error', () => socket.destroy())
    await new Promise((resolve) => socket.once('close', resolve))
    clearInterval(drip)
    expect(stop()).toBeLessThan(16_000)
  })

  test('an answer to a reader that stalls waits without filling the memory, and ends with the connection', {
    timeout: 40_000,
  }, async () => {
    let produced = 0
    let cancelled = false
    const port = await serve(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            pull(controller) {
              produced += 65_536
              controller.enqueue(new Uint8Array(65_536))
            },
            cancel() {
              cancelled = true
            },
          }),
        ),
    )
    const socket = net.connect(port, '127.0.0.1')
    socket.write(request('GET /'))
    socket.pause()
    let before = 0
    const holdsStill = () => {
      const still = produced > 0 && produced === before
      before = produced
      return still
    }
    await expect.poll(holdsStill, { interval: 1000, timeout: 15_000 }).toBe(true)
    expect(produced).toBeLessThan(32 * 1024 * 1024)
    await expect.poll(() => cancelled, { timeout: 20_000 }).toBe(true)
    socket.destroy()
  })

  test('no bytes whatever stop the bridge', { timeout: 60_000 }, async () => {
    const port = await serve(probe(), { bodyIdleMs: 50 })
    const line = fc.oneof(
      fc.constantFrom(
        'Host: a',
        'Content-Length: 3',
        'Content-Length: 0',
        'Transfer-Encoding: chunked',
        'Connection: close',
        'Expect: 100-continue',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
    )
    const requestLine = fc.oneof(
      fc
        .tuple(fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'X'), fc.webPath(), fc.webQueryParameters())
        .map(([m, p, q]) => `${m} ${p || '/'}?${q} HTTP/1.1`),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    const bytes = fc.tuple(requestLine, fc.array(line, { maxLength: 8 }), fc.uint8Array({ maxLength: 200 }))
    await fc.assert(
      fc.asyncProperty(bytes, async ([first, lines, tail]) => {
        const head = Buffer.from(`${[first, 'Host: hub.test', ...lines].join('\r\n')}\r\n\r\n`, 'utf8')
        const { answers } = await exchange(port, [head, Buffer.from(tail)], {
          waitMs: 20,
          methods: [first.split(' ')[0] ?? 'GET'],
        })
        for (const { status } of answers) expect(status === 501 || status < 500 || status === 505).toBe(true)
      }),
      { numRuns: 300 },
    )
    expect((await exchange(port, request('GET /json'))).answers[0]?.status).toBe(200)
  })
})
