import { expect, test } from 'vitest'
import { isSameOrigin } from './same-origin.ts'

const HUB = 'https://hub.example'
const request = (over: { method?: string; origin?: string; fetchSite?: string; host?: string } = {}) => ({
  method: 'POST',
  origin: undefined,
  fetchSite: undefined,
  host: 'hub.example',
  ...over,
})

test.each([
  ['the hub’s own page', request({ origin: HUB, fetchSite: 'same-origin' }), true],
  ['a foreign page', request({ origin: 'https://evil.example', fetchSite: 'cross-site' }), false],
  ['a page of a sibling domain', request({ origin: 'https://other.hub.example', fetchSite: 'same-site' }), false],
  ['an old browser on a foreign page', request({ origin: 'https://evil.example' }), false],
  ['an old browser on the hub’s page', request({ origin: HUB }), true],
  ['a sandboxed frame', request({ origin: 'null' }), false],
  ['the hub reached by another name', request({ origin: 'http://10.0.0.5:8080', host: '10.0.0.5:8080' }), true],
  ['no browser', request(), true],
  ['a foreign link that only reads', request({ method: 'GET', fetchSite: 'cross-site' }), true],
])('%s', (_name, given, allowed) => {
  expect(isSameOrigin(given, HUB)).toBe(allowed)
})
