import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { HubEnv } from '../env.ts'
import { onError } from '../errors.ts'
import { ownHost, ownHostOnly } from './own-host.ts'

describe('the host that is asked', () => {
  const isOwn = ownHost('https://jitasa.example')

  it.each(['jitasa.example', 'JITASA.example', 'jitasa.example:443', 'localhost:8080', '127.0.0.1', '[::1]:8080'])(
    '%s is the hub',
    (host) => expect(isOwn(host)).toBe(true),
  )

  it.each([
    undefined,
    '',
    'rebound.example',
    'jitasa.example.evil.example',
    'x@jitasa.example.evil',
    '10.0.0.5:8080',
    'a b',
  ])('%s is not', (host) => expect(isOwn(host)).toBe(false))

  it('without PUBLIC_URL is the hub by any name', () => expect(ownHost(undefined)('anything')).toBe(true))
})

describe('a page that was made to lead here by a name of somebody else’s', () => {
  const app = new Hono<HubEnv>().use(ownHostOnly('https://jitasa.example')).get('*', (c) => c.text('here'))
  app.onError(onError)
  const ask = (path: string, host: string) => app.request(`http://${host}${path}`, { headers: { host } })

  it('is refused with 421 and where to go, pages and API alike', async () => {
    for (const path of ['/', '/api/situation', '/wall']) {
      const answer = await ask(path, 'rebound.example')
      expect(answer.status).toBe(421)
      const { error } = (await answer.json()) as { error: { code: string; message: string } }
      expect(error).toMatchObject({
        code: 'foreign_origin',
        message: expect.stringContaining('https://jitasa.example'),
      })
    }
    expect((await ask('/wall', 'jitasa.example')).status).toBe(200)
  })

  it('monitoring asks by address', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await ask(path, '10.0.0.5:8080')).status).toBe(200)
  })
})
