import { expect, test } from 'vitest'
import { onError } from './errors.ts'
import { createRouter } from './router.ts'

async function answered(failure: Error) {
  const logged: unknown[] = []
  const app = createRouter()
  app.onError(onError)
  app.use((c, next) => {
    c.set('log', () => ({ error: (of: unknown) => logged.push(of) }) as never)
    return next()
  })
  app.get('/', () => {
    throw failure
  })
  const response = await app.fetch(new Request('http://hub.test/'), { remoteAddress: '192.0.2.1', scheme: 'http' })
  const { error } = (await response.json()) as { error: { code: string } }
  return { status: response.status, code: error.code, logged: logged.length }
}

const fromPostgres = (code: string) => Object.assign(new Error('invalid byte sequence'), { code })

test.each(['22021', '22P05'])(
  'no-text-to-postgresql: what it says with %s is the sender’s fault, in whatever route',
  async (code) => {
    expect(await answered(fromPostgres(code))).toEqual({ status: 422, code: 'impossible_value', logged: 0 })
  },
)

test('another error of PostgreSQL is the hub’s, and stands in the log', async () => {
  expect(await answered(fromPostgres('42703'))).toEqual({ status: 500, code: 'internal', logged: 1 })
})
