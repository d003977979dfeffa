import { expect, it } from 'vitest'
import { bangkokDay, operationDayOf } from './days.ts'

const at = (text: string) => Date.parse(text)

it('a Bangkok day begins at 17:00 UTC', () => {
  expect(bangkokDay(at('2021-11-10T16:59:59Z'))).toBe('2021-11-10')
  expect(bangkokDay(at('2021-11-10T17:00:00Z'))).toBe('2021-11-11')
})

it('a record made offline counts for the day it was made, in a drill too', () => {
  const now = at('2026-11-22T12:00:00Z')
  expect(operationDayOf('2021-11-11', now, now)).toBe('2021-11-11')
  expect(operationDayOf('2021-11-11', at('2026-11-21T12:00:00Z'), now)).toBe('2021-11-10')
  expect(operationDayOf('2021-11-11', at('2026-11-21T17:30:00Z'), now)).toBe('2021-11-11')
  expect(operationDayOf('2021-11-11', now + 999_999, now)).toBe('2021-11-11')
})
