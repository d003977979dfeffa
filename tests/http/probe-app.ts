import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { stream } from 'hono/streaming'
import type { HubBindings } from '../../hub/http/env.ts'

/** What the probe saw of requests whose client went away, by the `id` they carried. */
export type Seen = Map<string, string>

export function patterned(bytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes)
  for (let i = 0; i < bytes; i++) out[i] = (i * 31 + (i >> 8)) & 0xff
  return out
}

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const BINARY = { 'Content-Type': 'application/octet-stream' }

/** An application that shows what a carrier does to requests and responses. */
export function probeApp(seen: Seen) {
  const app = new Hono<{ Bindings: HubBindings }>()
  app.all('/echo/*', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const headers = [...c.req.raw.headers].filter(([name]) => !['connection', 'host'].includes(name))
    const { method, url } = c.req.raw
    return c.json({ method, url, headers, bytes: body.byteLength, digest: digest(body), query: c.req.queries() })
  })
  app.get('/text', (c) => c.text('สวัสดี'))
  app.get('/json', (c) => c.json({ cases: 7496 }))
  app.get('/html', (c) => c.html('<p>หน้า</p>'))
  app.get('/address', (c) => c.text(c.env.remoteAddress))
  app.get('/bytes/:count', (c) => c.body(patterned(Number(c.req.param('count'))), 200, BINARY))
  app.get('/empty', (c) => c.body(null))
  app.get('/no-content', (c) => c.body(null, 204))
  app.get('/teapot', (c) => c.text('short and stout', 418))
  app.get('/strange', () => new Response('strange', { status: 599, statusText: 'Not In Any Table' }))
  app.get('/redirect', (c) => c.redirect('/text', 303))
  app.get('/cookies', (c) => {
    setCookie(c, 'session', 'a', { httpOnly: true, sameSite: 'Lax' })
    setCookie(c, 'csrf', 'b', { secure: true, path: '/' })
    return c.text('two cookies')
  })
  app.get('/tagged', (c) => {
    const headers = { ETag: '"7-1"', 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' }
    return c.req.header('If-None-Match') === '"7-1"' ? c.body(null, 304, headers) : c.text('tagged', 200, headers)
  })
  app.get('/sized', (c) => c.body('0123456789', 200, { 'Content-Length': '10', 'Content-Type': 'text/plain' }))
  app.get('/latin', (c) => c.text('', 200, { 'X-Latin': 'caf\u00e9' }))
  app.get('/closing', (c) => c.text('bye', 200, { Connection: 'close' }))
  app.get('/async', async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return c.text('later')
  })
  app.get('/throws', () => {
    throw new Error('inside')
  })
  app.get('/stream/:chunks/:bytes', (c) => {
    c.header('Content-Type', BINARY['Content-Type'])
    return stream(c, async (out) => {
      for (let i = 0; i < Number(c.req.param('chunks')); i++) {
        await out.write(new Uint8Array(Number(c.req.param('bytes'))).fill(65 + (i % 26)))
        if (i % 4 === 0) await out.sleep(1)
      }
    })
  })
  app.get('/untyped', (c) => c.body(new Uint8Array([1, 2, 3])))
  app.get('/declared/:bytes', (c) => {
    const bytes = patterned(Number(c.req.param('bytes')))
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setImmediate(resolve))
        if (at >= bytes.length) return controller.close()
        controller.enqueue(bytes.subarray(at, at + 50_000))
        at += 50_000
      },
    })
    return c.body(body, 200, { ...BINARY, 'Content-Length': String(bytes.length) })
  })
  app.get('/endless/:id', (c) => {
    const id = c.req.param('id')
    c.req.raw.signal.addEventListener('abort', () => seen.set(`${id}.signal`, 'aborted'))
    return c.body(
      new ReadableStream<Uint8Array>({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 5))
          controller.enqueue(new Uint8Array(1000))
        },
        cancel() {
          seen.set(`${id}.stream`, 'cancelled')
        },
      }),
    )
  })
  app.post('/through', (c) => new Response(c.req.raw.body, { headers: BINARY }))
  app.post('/ignores', (c) => c.text('not read', 401))
  app.post('/slow-reader', async (c) => {
    let bytes = 0
    for await (const chunk of c.req.raw.body ?? []) {
      bytes += chunk.byteLength
      if (bytes % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return c.text(String(bytes))
  })
  app.post('/json', async (c) => {
    try {
      return c.json(await c.req.json())
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.name : 'unknown' }, 400)
    }
  })
  app.post('/form', async (c) => c.json(await c.req.parseBody()))
  app.notFound((c) => c.text(`nothing at ${c.req.path}`, 404))
  app.onError((error, c) => c.text(`failed: ${error.message}`, 500))
  return app
}
