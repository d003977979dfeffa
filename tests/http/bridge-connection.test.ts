import net from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import type { FetchHandler } from '../../hub/http/bridge.ts'
import { bareHeaders } from '../../hub/runtime/answer-headers.ts'
import { exchange, headerOf, parseAnswers, request } from './raw.ts'
import { serveBridge, type TestServer } from './servers.ts'

const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.stop())))

const LATE_MS = 100

/** Answers each request after LATE_MS with its path; `asked` are those whose work was done. */
async function serveLate(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const late: FetchHandler = async (req) => {
    const body = await req.text()
    const path = new URL(req.url).pathname
    asked.push(`${req.method} ${path} ${body}`.trim())
    await sleep(LATE_MS)
    return new Response(path)
  }
  const server = await serveBridge(late)
  servers.push(server)
  return { port: server.port, asked }
}

/** Sends one packet after the other, `gapMs` apart, and reads what comes within `waitMs`. */
async function packets(port: number, sent: readonly string[], methods: readonly string[], gapMs = 20, waitMs = 1500) {
  const socket = net.connect(port, '127.0.0.1').setNoDelay()
  const received: Buffer[] = []
  let closed = false
  socket.on('data', (data) => received.push(data))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    closed = true
  })
  for (const packet of sent) {
    if (socket.writable) socket.write(packet, 'latin1')
    await sleep(gapMs)
    // A busy machine's timers are late: the server of this process reads before the next packet goes.
    await nextTurn()
    await nextTurn()
  }
  const deadline = performance.now() + waitMs
  const all = () => parseAnswers(Buffer.concat(received), closed, methods)
  while (!closed && performance.now() < deadline && all().answers.length < methods.length) await sleep(10)
  socket.destroy()
  return { ...all(), closed }
}

const bodies = ({ answers }: { answers: readonly { body: Buffer }[] }) => answers.map(({ body }) => body.toString())

test('HEAD keeps the connection for the next request, whether or not the length is known', async () => {
  const server = await serveBridge((req) => {
    const headers = { 'Content-Length': '12', 'Content-Type': 'text/plain' }
    return new URL(req.url).pathname === '/sized' ? new Response('twelve bytes', { headers }) : new Response('plain')
  })
  servers.push(server)
  const { answers } = await packets(
    server.port,
    [request('HEAD /sized'), request('HEAD /plain'), request('GET /plain')],
    ['HEAD', 'HEAD', 'GET'],
  )
  expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual([
    [200, ''],
    [200, ''],
    [200, 'plain'],
  ])
  expect(answers[0]?.headers.filter(([name]) => name === 'content-length')).toEqual([['content-length', '12']])
})

test.each([
  ['a head that may smuggle', request('POST /', ['Content-Length: 1', 'Content-Length: 1'], 'x'), 400],
  ['a body that is too large', request('POST /', ['Content-Length: 99']), 413],
  ['an answer that is late', request('GET /late'), 503],
  ['an answer that fails', request('GET /fails'), 500],
])('%s: the bridge’s own refusal has the headers of every answer', async (_, text, status) => {
  const server = await serveBridge(
    (req) => {
      if (new URL(req.url).pathname === '/fails') throw new Error('a fault')
      return sleep(10_000, new Response('late'), { ref: false })
    },
    { bodyBytesMax: 9, handlerMs: 50, secure: true },
  )
  servers.push(server)
  const { answers } = await exchange(server.port, text)
  expect(answers[0]?.status).toBe(status)
  for (const [name, value] of bareHeaders(true)) {
    expect([name, headerOf(answers[0], name.toLowerCase())]).toEqual([name, value])
  }
})

describe('a request that comes before the answer to the one before', () => {
  const post = (path: string, body: string) => request(`POST ${path}`, [`Content-Length: ${body.length}`], body)

  test('is answered in order', async () => {
    const { port, asked } = await serveLate()
    const result = await packets(port, [post('/1', 'one'), post('/2', 'two')], ['POST', 'POST'])
    expect(bodies(result)).toEqual(['/1', '/2'])
    expect(asked).toEqual(['POST /1 one', 'POST /2 two'])
  })

  test('is answered in order when its beginning came with the end of the one before', async () => {
    const { port } = await serveLate()
    const second = post('/2', 'two')
    const result = await packets(port, [post('/1', 'one') + second.slice(0, 30), second.slice(30)], ['POST', 'POST'])
    expect(bodies(result)).toEqual(['/1', '/2'])
  })

  test('and with more behind it: what was done is answered, and nothing else is done', async () => {
    const { port, asked } = await serveLate()
    const all = ['/1', '/2', '/3', '/4'].map((path) => post(path, 'x'))
    const result = await packets(port, all, ['POST', 'POST', 'POST', 'POST'])
    expect(bodies(result)[0]).toBe('/1')
    expect(asked).toEqual(bodies(result).map((path) => `POST ${path} x`))
    expect(result.closed || result.answers.length === 4).toBe(true)
  })

  test.each([
    ['with a body', post('/1', 'one') + post('/2', 'two')],
    ['without a body', request('POST /1') + request('POST /2')],
    [
      'with a chunked body',
      `${request('POST /1', ['Transfer-Encoding: chunked'])}1\r\na\r\n0\r\n\r\n${post('/2', 'x')}`,
    ],
  ])('in the same bytes closes the connection before anything is done: a POST %s', async (_, bytes) => {
    const { port, asked } = await serveLate()
    const { answers, closed } = await packets(port, [bytes], ['POST', 'POST'])
    expect({ answers, closed, asked: asked.filter((one) => one.startsWith('POST')) }).toEqual({
      answers: [],
      closed: true,
      asked: [],
    })
  })

  test('in the same bytes as the end of a body closes before that body is read to its end', async () => {
    const { port, asked } = await serveLate()
    const { closed } = await packets(port, [post('/1', 'one').slice(0, -1), `e${post('/2', 'two')}`], ['POST', 'POST'])
    expect({ closed, asked }).toEqual({ closed: true, asked: [] })
  })

  test('and one after the other many go over one connection', async () => {
    const { port } = await serveLate()
    const rounds = Array.from({ length: 8 }, (_, i) => post(`/${i}`, 'x'.repeat(70_000)))
    const result = await packets(port, rounds, Array(8).fill('POST'), 3 * LATE_MS)
    expect(bodies(result)).toEqual(rounds.map((_, i) => `/${i}`))
  })
})

describe('a head that is refused', () => {
  const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: hub.test\r\n\r\n'
  const heads: readonly [string, string][] = [
    ['two lengths', request('POST /', ['Content-Length: 3', 'Content-Length: 4'], 'abc')],
    ['two transfer encodings', request('POST /', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'])],
    [
      'two transfer encodings, the other way',
      request('POST /', ['Transfer-Encoding: x', 'Transfer-Encoding: chunked']),
    ],
    ['a transfer encoding of its own', request('POST /', ['Transfer-Encoding: gzip'])],
    ['two hosts', request('GET /', ['Host: other.test'])],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
    ['a method that nobody may use', request('TRACE /')],
    ['a HEAD of two hosts', request('HEAD /', ['Host: other.test'])],
  ]

  test.each(heads)('%s: closes, and serves no byte behind it, in one packet or the next', async (_, head) => {
    const { port, asked } = await serveLate()
    const together = await packets(port, [head + SMUGGLED], ['GET', 'GET'])
    const apart = await packets(port, [head, SMUGGLED], ['GET', 'GET'])
    expect([together.closed, apart.closed, asked]).toEqual([true, true, []])
    for (const { status } of [...together.answers, ...apart.answers]) expect(status).toBeGreaterThanOrEqual(400)
  })

  test('is told why', async () => {
    const { port } = await serveLate()
    const { answers, closed } = await exchange(
      port,
      request('POST /', ['Content-Length: 3', 'Content-Length: 4'], 'abc'),
      {
        answers: 2,
      },
    )
    expect(answers.map(({ status, body }) => [status, JSON.parse(body.toString()).error.code])).toEqual([
      [400, 'invalid_request'],
    ])
    expect(closed).toBe(true)
  })
})
