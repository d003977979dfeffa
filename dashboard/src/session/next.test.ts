import { expect, test } from 'vitest'
import { nextPath, signInPath } from './next.ts'

test('only paths of this site are followed after signing in', () => {
  expect(nextPath('/board?province=50', '/')).toBe('/board?province=50')
  for (const bad of [
    undefined,
    '',
    'board',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\\b',
    '/a b',
  ])
    expect(nextPath(bad, '/'), String(bad)).toBe('/')
})

test('the sign-in page never leads to itself', () => {
  expect(nextPath('/sign-in?next=/board', '/')).toBe('/')
})

test('the way back survives as a query', () => {
  const url = new URL(signInPath('/case/7?lang=en', 'expired'), 'http://hub.test')
  expect(nextPath(url.searchParams.get('next') ?? undefined, '/')).toBe('/case/7?lang=en')
  expect(url.searchParams.get('reason')).toBe('expired')
})
