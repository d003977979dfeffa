import { expect, it } from 'vitest'
import { holdsPersonalNumber } from './personal-numbers.ts'

it.each([
  ['Call 081-234-5678', true],
  ['โทร ๐๘๑ ๒๓๔ ๕๖๗๘', true],
  ['053 112 233', true],
  ['+66812345678 now', true],
  ['ID 1-5099-00123-45-6', true],
  ['1509900123456', true],
  ['Next briefing 18:00, room 2, hotline 1330', false],
  ['2026-11-30 18:00 to 2026-12-01 06:00', false],
  ['14,000 doses, 50.2 % reached, ward 12', false],
  ['09 10 2564 18:00', false],
])('%s holds a number of a person: %s', (text, expected) => {
  expect(holdsPersonalNumber(text)).toBe(expected)
})
