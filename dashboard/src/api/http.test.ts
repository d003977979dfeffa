import { afterEach, expect, test, vi } from 'vitest'
import { ApiError, ask, wrongFields } from './http.ts'

afterEach(() => vi.unstubAllGlobals())

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
