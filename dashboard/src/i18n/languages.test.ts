import { describe, expect, test } from 'vitest'
import { createFormat } from './format.ts'
import { pickLanguage } from './languages.ts'

describe('pickLanguage', () => {
  test('the address wins over what was stored, and that over the browser', () => {
    expect(pickLanguage({ search: '?lang=my', stored: 'en', browser: ['th-TH'] })).toBe('my')
    expect(pickLanguage({ search: '', stored: 'en', browser: ['th-TH'] })).toBe('en')
    expect(pickLanguage({ search: '', stored: null, browser: ['fr-FR', 'km-KH'] })).toBe('km')
  })

  test('what is not a language of ours is passed over, and Thai is the default', () => {
    expect(pickLanguage({ search: '?lang=xx', stored: 'tlh', browser: ['fr'] })).toBe('th')
  })
})

describe('createFormat', () => {
  test('Thai writes the Buddhist year and Latin digits', () => {
    expect(createFormat('th').day('2021-11-11')).toBe('11 พ.ย. 2564')
    expect(createFormat('th').number(12345.67, 1)).toBe('12,345.7')
  })

  test('English writes the Gregorian year', () => {
    expect(createFormat('en').day('2021-11-11')).toBe('11 Nov 2021')
  })

  test('Burmese, Lao and Khmer come from tables of our own', () => {
    expect(createFormat('lo').day('2021-11-01')).toBe('1 ພະຈິກ 2021')
    expect(createFormat('km').dayShort('2021-01-31')).toBe('31 មករា')
    expect(createFormat('my').number(1234567)).toBe('1,234,567')
  })

  test('signs are as wide as each other', () => {
    const { signed } = createFormat('en')
    expect([signed(1200), signed(-35), signed(0)]).toEqual(['+1,200', '−35', '±0'])
  })

  test('clocks are Bangkok clocks', () => {
    expect(createFormat('en').clock(Date.parse('2021-11-11T17:04:05Z'))).toBe('00:04:05')
  })

  test('a moment of another Bangkok day says the day', () => {
    const now = Date.parse('2021-11-11T16:59:00Z')
    expect(createFormat('en').moment(now - 3_600_000, now)).toBe('22:59')
    expect(createFormat('km').moment(now - 86_400_000, now)).toBe('10 វិច្ឆិកា 23:59')
    expect(createFormat('en').moment(now - 86_400_000 + 120_000, now)).toBe('00:01')
  })
})
