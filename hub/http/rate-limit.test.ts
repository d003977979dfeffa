import { expect, test } from 'vitest'
import { onError } from './errors.ts'
import { rateLimit } from './rate-limit.ts'
import { createRouter } from './router.ts'

test('an address that asks too often gets 429 with Retry-After; another does not', async () => {
  const app = createRouter()
  app.onError(onError)
  app.use(rateLimit(3))
  app.get('/', (c) => c.text('served'))
  const ask = (remoteAddress: string) => app.fetch(new Request('http://hub.test/'), { remoteAddress, scheme: 'http' })
  for (let i = 0; i < 3; i++) expect((await ask('192.0.2.1')).status).toBe(200)
  const refused = await ask('192.0.2.1')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect(await refused.json()).toMatchObject({ error: { code: 'too_many_requests' } })
  expect((await ask('192.0.2.2')).status).toBe(200)
})

test('one /64 of IPv6 counts as one address', async () => {
  const app = createRouter()
  app.onError(onError)
  app.use(rateLimit(1))
  app.get('/', (c) => c.text('served'))
  const ask = (remoteAddress: string) => app.fetch(new Request('http://hub.test/'), { remoteAddress, scheme: 'http' })
  expect((await ask('2001:db8::1')).status).toBe(200)
  expect((await ask('2001:db8::ffff:2')).status).toBe(429)
  expect((await ask('2001:db8:0:1::1')).status).toBe(200)
})
