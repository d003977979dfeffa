import { afterEach, expect, test, vi } from 'vitest'
import { ApiError, ask, RENEWED_AGAIN_MS, wrongFields } from './http.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('the hub is asked in the language of the page, and the fields it names come back', async () => {
  const asked: RequestInit[] = []
  const details = [{ in: 'json', path: 'login', key: 'required', params: {}, message: 'กรุณากรอกช่องนี้' }]
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(init)
    return Response.json({ error: { code: 'invalid_input', message: 'x', details } }, { status: 400 })
  })
  document.documentElement.lang = 'th'
  const error: unknown = await ask('POST /api/auth/sign-in', { body: { login: '', password: '' } }).catch(
    (e: unknown) => e,
  )
  expect(new Headers(asked[0]?.headers).get('accept-language')).toBe('th')
  expect(error instanceof ApiError && wrongFields(error)).toEqual(details)
  expect(wrongFields(new ApiError(429, 'too_many', 'wait', { seconds: 3 }))).toEqual([])
})

test('an address is made of the route, its parameters and what is asked, without what is empty', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`)
    return Response.json({})
  })
  await ask('GET /api/cases/{id}', { params: { id: 'A/B' }, query: { language: 'my', after: undefined, q: '' } })
  await ask('GET /api/session')
  expect(asked).toEqual(['GET /api/cases/A%2FB?language=my', 'GET /api/session'])
})

test('what was asked with the token of before is asked again, as it was, until the new one is there; not for ever', async () => {
  vi.useFakeTimers()
  const asked: (string | null)[] = []
  let refusals = 2
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get('idempotency-key'))
    if (asked.length > refusals) return Response.json({})
    return Response.json({ error: { code: 'session_renewed', message: 'x' } }, { status: 401 })
  })
  const claim = () => ask('POST /api/needs/{id}/claim', { params: { id: 1 }, key: 'k', body: {} } as never)
  const first = claim()
  await vi.runAllTimersAsync()
  await first
  expect(asked).toEqual(['k', 'k', 'k'])
  refusals = 100
  const second = claim().catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(await second).toMatchObject({ status: 401, code: 'session_renewed' })
  expect(asked).toHaveLength(3 + 1 + RENEWED_AGAIN_MS.length)
})
