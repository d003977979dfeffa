import { expect, test } from 'vitest'
import { keyState } from './keyState.ts'

const NOW = Date.parse('2021-11-11T00:00:00Z')

test.each([
  ['2022-02-01T00:00:00Z', null, 'active'],
  ['2021-11-25T00:00:00Z', null, 'active'],
  ['2021-11-24T23:59:59Z', null, 'ending'],
  ['2021-11-11T00:00:00Z', null, 'expired'],
  ['2022-02-01T00:00:00Z', '2021-11-10T00:00:00Z', 'revoked'],
])('a key until %s, revoked %s, is %s', (expiresAt, revokedAt, state) => {
  expect(keyState({ expiresAt, revokedAt }, NOW)).toBe(state)
})
