import { expect, test } from 'vitest'
import { RENEW_MS_MAX, renewAfterMs } from './renewal.ts'

test('a pass that is lost is renewed at once; what stays refused is asked for ever more seldom, at last twice a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1_100].map(renewAfterMs)).toEqual([
    0,
    1_000,
    2_000,
    4_000,
    8_000,
    16_000,
    RENEW_MS_MAX,
    RENEW_MS_MAX,
  ])
})
