import { describe, expect, test } from 'vitest'
import { CONSENT_VERSION } from '../../../../hub/contract/privacy/consent.ts'
import { FORM_KINDS } from '../../../../hub/contract/vocabulary/records.ts'
import { NO_PLACE, placeOfCode } from '../../places/place.ts'
import { birthOf, daysAgoSince, draftOfBody, emptyRecord, nextRecord, recordBody, recordProblems } from './model.ts'
import { recentPlaces, usePlace } from './recentPlaces.ts'

const NOW = Date.parse('2026-11-22T05:00:00Z')
const EMPTY = emptyRecord(placeOfCode('500101'))

describe('the five forms', () => {
  test('with my area and today filled in, one thing each is left to say', () => {
    expect(FORM_KINDS.map((kind) => recordProblems(kind, EMPTY).map(({ field }) => field))).toEqual([
      ['needs'],
      [],
      ['reasons'],
      ['result'],
      ['dose'],
    ])
  })

  test('a place is needed, and a phone and an age that can be right', () => {
    const wrong = { ...EMPTY, needs: ['food' as const], place: NO_PLACE, phone: '12', age: '200' }
    expect(recordProblems('request', wrong).map(({ field }) => field)).toEqual(['phone', 'age', 'place'])
  })

  test('an infant has an age in months, and a year of birth is no age', () => {
    const may = Date.UTC(2026, 4, 15)
    for (const [age, birthYear, birthMonth] of [
      ['5 months', 2025, 12],
      ['4 เดือน', 2026, 1],
      ['๑๐ เดือน', 2025, 7],
    ] as const)
      expect(birthOf(age, may), age).toEqual({ birthYear, birthMonth })
    for (const [age, birthYear] of [
      ['1', 2025],
      ['0', 2026],
    ] as const)
      expect(birthOf(age, may), age).toEqual({ birthYear })
    for (const age of ['2564', '2200', '99 months', 'x']) expect(birthOf(age, may), age).toBeUndefined()
    const record = recordBody('patient', { ...EMPTY, age: '5 เดือน' }, may)
    expect(record).toMatchObject({ birthYear: 2025, birthMonth: 12 })
    expect(draftOfBody(record, may).age).toBe('5 months')
    // 31 December 22:00 UTC is the new year in Bangkok
    expect(birthOf('0 months', Date.UTC(2026, 11, 31, 22))).toEqual({ birthYear: 2027, birthMonth: 1 })
  })

  test('a phone and a paper that the hub would refuse are asked about before they are saved', () => {
    const draft = {
      ...EMPTY,
      needs: ['food' as const],
      phone: '000 000 000',
      idKind: 'thai' as const,
      idNumber: '1234567890123',
    }
    expect(recordProblems('request', draft)).toEqual([
      { field: 'phone', key: 'phone_invalid' },
      { field: 'id', key: 'id_thai_wrong' },
    ])
  })

  test('bodies hold what was said, and nothing that was not', () => {
    const draft = { ...EMPTY, needs: ['food' as const], name: ' A ', age: '៦៤', risks: ['age60' as const] }
    expect(recordBody('request', draft, NOW)).toEqual({
      kind: 'request',
      name: 'A',
      birthYear: 1962,
      place: { area: '500101' },
      sourceAt: '2026-11-22T05:00:00.000Z',
      needs: ['food'],
      symptoms: [],
      risks: ['age60'],
    })
    expect(recordBody('vulnerable', { ...draft, doses: '0' }, NOW)).toMatchObject({ reasons: ['age60'], doses: 0 })
    expect(recordBody('test', { ...draft, result: 'negative' }, NOW)).toMatchObject({ test: 'atk', positive: false })
  })

  test('who agreed, and to which text in which language, goes along where somebody can agree', () => {
    const draft = { ...EMPTY, needs: ['food' as const], risks: ['age60' as const], result: 'negative' as const }
    const agreed = { ...draft, consentBy: 'relative' as const, consentLanguage: 'lo' as const }
    const consent = { version: CONSENT_VERSION, language: 'lo', givenBy: 'relative' }
    expect(recordBody('request', agreed, NOW)).toMatchObject({ consent })
    expect(recordBody('vulnerable', agreed, NOW)).toMatchObject({ consent })
    expect(recordBody('request', draft, NOW)).not.toHaveProperty('consent')
    expect(recordBody('patient', agreed, NOW)).not.toHaveProperty('consent')
    expect(recordBody('test', agreed, NOW)).not.toHaveProperty('consent')
    expect(draftOfBody(recordBody('request', agreed, NOW), NOW)).toMatchObject({
      consentBy: 'relative',
      consentLanguage: 'lo',
    })
  })

  test('a dose of yesterday carries the time of yesterday, and no person', () => {
    expect(recordBody('dose', { ...EMPTY, name: 'A', dose: '2', daysAgo: '1' }, NOW)).toEqual({
      kind: 'dose',
      place: { area: '500101' },
      dose: 2,
      group: 'general',
      sourceAt: '2026-11-21T05:00:00.000Z',
    })
    expect(recordBody('dose', { ...EMPTY, dose: '2', facility: '12' }, NOW)).toMatchObject({ facility: 12 })
  })

  test('a refused record opens as the form it came from', () => {
    const full = {
      ...EMPTY,
      name: 'A',
      phone: '081 234 5678',
      secondPhone: '02 123 4567',
      age: '64',
      idKind: 'pink' as const,
      idNumber: '12',
      address: 'by the canal',
      note: 'x',
      daysAgo: '1' as const,
    }
    const drafts = {
      request: { ...full, needs: ['food' as const], symptoms: ['drowsy' as const], risks: ['age60' as const] },
      patient: { ...full, needs: ['bed' as const], severity: 'red' as const, classification: 'confirmed' as const },
      vulnerable: { ...full, risks: ['pregnant' as const], doses: '2' as const },
      test: { ...full, test: 'pcr' as const, result: 'positive' as const },
      dose: { ...EMPTY, dose: '3' as const, group: 'vhv' as const, daysAgo: '2' as const },
    }
    for (const kind of FORM_KINDS) {
      expect(draftOfBody(recordBody(kind, drafts[kind], NOW), NOW)).toEqual(drafts[kind])
    }
  })

  test('for another one the place and the dose stay, the person and the pin go', () => {
    const point = { lat: 18.7, lon: 98.9 }
    const next = nextRecord({ ...EMPTY, name: 'A', phone: '0812345678', dose: '2', place: { ...EMPTY.place, point } })
    expect(next).toEqual({ ...EMPTY, dose: '2' })
  })
})

test('places used on this phone, the newest first, per account', () => {
  localStorage.clear()
  for (const code of ['500101', '500102', '5001', '500101']) usePlace(() => localStorage, 'a', code)
  expect(recentPlaces(() => localStorage, 'a')).toEqual(['500101', '5001', '500102'])
  expect(recentPlaces(() => localStorage, 'b')).toEqual([])
})

test.each([
  ['0', '2026-11-22T01:00:00Z', '0'],
  // 23:30 in Bangkok, and half an hour into the next day
  ['0', '2026-11-21T16:30:00Z', '1'],
  ['1', '2026-11-21T16:30:00Z', '2'],
  ['0', '2026-11-20T03:00:00Z', '2'],
  ['1', '2026-11-01T03:00:00Z', '2'],
  // a clock that was set back
  ['0', '2026-11-25T03:00:00Z', '0'],
] as const)('%s days ago in a form left at %s are %s on 22 November', (daysAgo, leftAt, expected) => {
  expect(daysAgoSince(daysAgo, Date.parse(leftAt), NOW)).toBe(expected)
})
