import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizePhone, readPhone } from '../../contract/vocabulary/phone.ts'
import { readTrackingCode, TRACKING_BITS, trackingCode } from '../../contract/vocabulary/tracking-code.ts'
import { maskPhone } from '../../senders/mask.ts'
import { DUPLICATE_DAYS, type Likeness, likelyDuplicate, nameLikeness } from '../duplicates/duplicate-rules.ts'

describe('a phone number', () => {
  it.each([
    ['081-234-5678', '+66812345678'],
    ['๐๘๑ ๒๓๔ ๕๖๗๘', '+66812345678'],
    ['+66 81 234 5678', '+66812345678'],
    ['+66 (0)81 234 5678', '+66812345678'],
    ['0066812345678', '+66812345678'],
    ['02 123 4567', '+6621234567'],
    ['+95 9 250 000 000', '+959250000000'],
    ['66812345678', '+66812345678'],
    ['66 2 123 4567', '+6621234567'],
    ['0066 081 234 5678', '+66812345678'],
    ['\u200e081\u200b234\u202c5678\ufeff', '+66812345678'],
    ['０８１‑２３４‑５６７８', '+66812345678'],
  ])('%s is %s', (typed, e164) => expect(normalizePhone(typed)).toBe(e164))

  it.each(['', '12345', 'call me', '+', '0123456789012345', '081234567x'])('%j is none', (typed) => {
    expect(normalizePhone(typed)).toBeUndefined()
  })

  it.each([
    ['081 234 5678, 089 765 4321', 'phone_two'],
    ['0812345678 / 0897654321', 'phone_two'],
    ['0812345678 หรือ 0897654321', 'phone_two'],
    ['081 234 5678 089 765 4321', 'phone_two'],
    ['02 123 4567 ต่อ 12', 'phone_extension'],
    ['02 123 4567 ext. 12', 'phone_extension'],
    ['02-123-4567 #12', 'phone_extension'],
    ['+66 9', 'phone_invalid'],
  ])('%s says what is wrong with it: %s', (typed, fault) => expect(readPhone(typed)).toEqual({ fault }))

  it('is masked to its last two digits', () => expect(maskPhone('+66812345678')).toBe('+66…78'))
})

describe('a tracking code', () => {
  it('holds at least 60 random bits and survives being typed badly', () => {
    expect(TRACKING_BITS).toBeGreaterThanOrEqual(60)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 13, maxLength: 32 }), (bytes) => {
        const code = trackingCode(bytes)
        expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/)
        expect(readTrackingCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `)).toBe(code)
        expect(readTrackingCode(code.replaceAll('1', 'l'))).toBe(code)
      }),
    )
  })

  it('is refused when it is something else', () => {
    for (const typed of ['', 'AAAA', 'U'.repeat(13), 'ก'.repeat(13), 'A'.repeat(10_000)]) {
      expect(readTrackingCode(typed)).toBeUndefined()
    }
  })
})

describe('a likely duplicate', () => {
  const base: Likeness = { phone: null, name: null, idNumber: null, district: '5001', place: '500101', at: 0 }

  it('has the same phone, or a similar name in the same place, within days', () => {
    expect(likelyDuplicate({ ...base, phone: '+66800000001' }, { ...base, phone: '+66800000001' })).toBe('same_phone')
    expect(likelyDuplicate({ ...base, name: 'นางสมทดสอบ ตัวอย่าง' }, { ...base, name: 'สมทดสอบ  ตัวอย่าง' })).toBe(
      'similar_name_and_place',
    )
    expect(
      likelyDuplicate(
        { ...base, name: 'สมทดสอบ ตัวอย่าง' },
        { ...base, name: 'สมทดสอบ ตัวอย่าง', district: '1001', place: null },
      ),
    ).toBeUndefined()
    const late = (DUPLICATE_DAYS + 1) * 86_400_000
    expect(
      likelyDuplicate({ ...base, phone: '+66800000001' }, { ...base, phone: '+66800000001', at: late }),
    ).toBeUndefined()
    expect(likelyDuplicate(base, base)).toBeUndefined()
  })

  it('is seen through what keyboards and copies do to a name', () => {
    for (const [a, b] of [
      ['คําแก้ว ทดสอบ', 'คำแก้ว ทดสอบ'],
      ['เเพรวา ทดสอบ', 'แพรวา ทดสอบ'],
      ['\u200bSomchai TEST', 'somchai  test'],
      ['ＳＯＭＣＨＡＩ Test', 'Somchai Test'],
    ] as const)
      expect(nameLikeness(a, b), a).toBe(1)
  })

  it('is found both ways round', () => {
    const any = fc.record({
      phone: fc.option(fc.constantFrom('+66800000001', '+66800000002')),
      name: fc.option(fc.string()),
      idNumber: fc.option(fc.constantFrom('1', '2')),
      district: fc.constantFrom('5001', '5002'),
      place: fc.option(fc.constantFrom('500101', '5001')),
      at: fc.nat(30 * 86_400_000),
    })
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(likelyDuplicate(a, b)).toBe(likelyDuplicate(b, a))
      }),
    )
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(nameLikeness(a, b)).toBeCloseTo(nameLikeness(b, a))
      }),
    )
  })
})
