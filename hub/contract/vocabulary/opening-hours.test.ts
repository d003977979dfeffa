import { describe, expect, it, test } from 'vitest'
import { isOpenAt, openSpans, readOpeningHours } from './opening-hours.ts'

test.each([
  ['24/7', '24/7'],
  ['24 ชั่วโมง', '24/7'],
  ['ตลอด ๒๔ ชม.', '24/7'],
  ['24 hours', '24/7'],
  ['Mo-Fr 08:00-16:30; Sa 09:00-12:00', 'Mo-Fr 08:00-16:30; Sa 09:00-12:00'],
  ['Sa 9:00-12:00; Mo-Fr 8:00-16:30', 'Mo-Fr 08:00-16:30; Sa 09:00-12:00'],
  ['จ.-ศ. 08.00-16.30 น.', 'Mo-Fr 08:00-16:30'],
  ['จันทร์ – ศุกร์ ๐๘.๓๐–๑๖.๓๐ น.', 'Mo-Fr 08:30-16:30'],
  ['พ,พฤ 08:00-12:00,13:00-16:00', 'We-Th 08:00-12:00,13:00-16:00'],
  ['ทุกวัน 08.00-20.00', 'Mo-Su 08:00-20:00'],
  ['08:00-20:00', 'Mo-Su 08:00-20:00'],
  ['Monday to Friday 08:00-16:30', 'Mo-Fr 08:00-16:30'],
  ['Mo,We,Fr 18:00-02:00', 'Mo,We,Fr 18:00-02:00'],
  ['Mo-Sa 08:00-16:00; Su off', 'Mo-Sa 08:00-16:00'],
  ['เสาร์ - อาทิตย์ 09:00-12:00', 'Sa-Su 09:00-12:00'],
])('%s is kept as %s', (typed, kept) => {
  expect(readOpeningHours(typed)).toBe(kept)
  expect(readOpeningHours(kept)).toBe(kept)
})

it.each([
  '',
  'morning',
  'Mo-Fr',
  'Mo 25:00-26:00',
  'Mo 08:00-08:00',
  'Mo 08:61-09:00',
  'Mo 8-16',
  'Mo 08:00',
  'Mo 24:00-24:30',
  'Mo 08:00-12:00; Mo-Fr 09:00-10:00',
])('%s is none', (typed) => {
  expect(readOpeningHours(typed)).toBeUndefined()
})

describe('open at a moment of Bangkok', () => {
  // 8 November 2021 was a Monday.
  const at = (text: string) => Date.parse(`${text}+07:00`)

  it.each([
    ['Mo-Fr 08:00-16:30', '2021-11-08T08:00', true],
    ['Mo-Fr 08:00-16:30', '2021-11-08T16:30', false],
    ['Mo-Fr 08:00-16:30', '2021-11-13T10:00', false],
    ['Mo-Fr 18:00-02:00', '2021-11-13T01:59', true],
    ['Su 18:00-02:00', '2021-11-08T01:00', true],
    ['Su 18:00-02:00', '2021-11-08T02:00', false],
    ['24/7', '2021-11-14T23:59', true],
  ])('%s at %s: %s', (hours, moment, open) => {
    expect(isOpenAt(hours, at(moment))).toBe(open)
  })

  it('is not known without hours', () => {
    expect(isOpenAt(null, at('2021-11-08T10:00'))).toBeUndefined()
  })

  it('a week of always is one stay', () => {
    expect(openSpans('24/7')).toEqual([{ from: 0, to: 10_080 }])
  })
})
