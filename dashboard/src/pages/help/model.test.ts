import { describe, expect, test } from 'vitest'
import { ApiError } from '../../api/http.ts'
import { toggleSymptom } from '../../forms/toggled.ts'
import { placeOfCode } from '../../places/place.ts'
import { keepDraft, readDraft } from './draftStore.ts'
import {
  EMPTY_DRAFT,
  firstOpenStep,
  type HelpDraft,
  helpBody,
  isEmergency,
  problemsFromHub,
  problemsOf,
} from './model.ts'
import { answered, editing, failed, submit, tryAgain } from './sending.ts'

const FULL: HelpDraft = {
  ...EMPTY_DRAFT,
  needs: ['oxygen'],
  symptoms: ['fever'],
  spo2: '92',
  place: placeOfCode('500101'),
  phone: '၀၈၁ ၂၃၄ ၅၆၇၈',
  idKind: 'none',
  idNumber: '1',
  consent: true,
}
const body = helpBody(FULL, 'my', 'v1')
const circumstances = { now: 1_000, random: 0, freshKey: 'key-2' }

describe('the form', () => {
  test('a step that is not finished keeps the next ones closed', () => {
    expect(firstOpenStep(EMPTY_DRAFT)).toBe('needs')
    expect(firstOpenStep({ ...FULL, place: placeOfCode('50') })).toBe('place')
    expect(firstOpenStep(FULL)).toBe('check')
  })

  test('a phone is asked for, and can be declined', () => {
    expect(problemsOf({ ...FULL, phone: '' }, 'person')).toEqual([{ field: 'phone', key: 'phone_missing' }])
    expect(problemsOf({ ...FULL, phone: '', noPhone: true }, 'person')).toEqual([])
    expect(problemsOf({ ...FULL, phone: '12' }, 'person')).toEqual([{ field: 'phone', key: 'phone_invalid' }])
  })

  test('phones are judged by the hub’s own rule, in any script of ours', () => {
    for (const phone of ['081-234-5678', '+95 9 123 456 789', '๐๘๑๒๓๔๕๖๗๘', '០៨១២៣៤៥៦៧៨', '66812345678'])
      expect(problemsOf({ ...FULL, phone }, 'person'), phone).toEqual([])
    for (const phone of ['none', '1330', '081 234 567x', '000 000 000'])
      expect(problemsOf({ ...FULL, phone }, 'person'), phone).toEqual([{ field: 'phone', key: 'phone_invalid' }])
    const two = { ...FULL, phone: '081 234 5678, 089 765 4321' }
    expect(problemsOf(two, 'person')).toEqual([{ field: 'phone', key: 'phone_two' }])
  })

  test('somebody else who can be called is not asked for, is judged as a phone, and goes out with the request', () => {
    expect(problemsOf({ ...FULL, secondPhone: ' ' }, 'person')).toEqual([])
    expect(problemsOf({ ...FULL, secondPhone: '12' }, 'person')).toEqual([
      { field: 'secondPhone', key: 'phone_invalid' },
    ])
    const neighbour = { ...FULL, noPhone: true, secondPhone: '089 765 4321' }
    expect(problemsOf(neighbour, 'person')).toEqual([])
    expect(helpBody(neighbour, 'my', 'v1')).toMatchObject({ secondPhone: '089 765 4321' })
    expect(helpBody(neighbour, 'my', 'v1')).not.toHaveProperty('phone')
  })

  test('danger signs and low oxygen are an emergency', () => {
    expect(isEmergency({ symptoms: ['drowsy'], spo2: '' })).toBe(true)
    expect(isEmergency({ symptoms: ['fever'], spo2: '93' })).toBe(true)
    expect(isEmergency({ symptoms: ['fever'], spo2: '94' })).toBe(false)
    expect(isEmergency({ symptoms: [], spo2: '9' })).toBe(false)
  })

  test.each(['92', '๙๒', '၉၂', '໙໒', '៩២'])('oxygen may be typed in the digits of any script: %s', (spo2) => {
    expect(problemsOf({ ...FULL, spo2 }, 'condition')).toEqual([])
    expect(isEmergency({ symptoms: [], spo2 })).toBe(true)
    expect(helpBody({ ...FULL, spo2 }, 'my', 'v1').spo2).toBe(92)
    for (const wrong of ['၄၉', '9၂.5', '-92', '1e2'])
      expect(problemsOf({ ...FULL, spo2: wrong }, 'condition')).toHaveLength(1)
  })

  test('"none" and a symptom do not stand together', () => {
    expect(toggleSymptom(['fever'], 'none', true)).toEqual(['none'])
    expect(toggleSymptom(['none'], 'cough', true)).toEqual(['cough'])
    expect(toggleSymptom(['fever', 'cough'], 'fever', false)).toEqual(['cough'])
  })

  test('the body holds what was filled in, and nothing that was not', () => {
    expect(body).toEqual({
      language: 'my',
      consent: { given: true, version: 'v1', language: 'my' },
      needs: ['oxygen'],
      symptoms: ['fever'],
      risks: [],
      spo2: 92,
      place: { area: '500101' },
      phone: '၀၈၁ ၂၃၄ ၅၆၇၈',
      id: { kind: 'none' },
    })
  })

  test("the hub's field errors stand at the fields of the form", () => {
    const details = [
      { in: 'json', path: 'place.point', message: 'outside' },
      { in: 'json', path: 'id.number', message: 'long' },
      { in: 'json', path: 'language', message: 'x' },
    ]
    expect(problemsFromHub(details)).toEqual([
      { field: 'place', said: 'outside' },
      { field: 'id', said: 'long' },
    ])
    expect(problemsFromHub({ seconds: 3 })).toEqual([])
  })
})

describe('sending', () => {
  test('a second press while it is under way is no second request', () => {
    const sending = submit(editing('key-1'), body)
    expect(submit(sending, { ...body, needs: ['bed'] })).toBe(sending)
  })

  test('no answer: the same key and the same body go out again', () => {
    const waiting = failed(submit(editing('key-1'), body), new ApiError(0, 'unreachable', ''), circumstances)
    expect(waiting).toMatchObject({ kind: 'waiting', why: 'unreachable', notBefore: 2_000, tries: 1 })
    expect(tryAgain(waiting)).toEqual({ kind: 'sending', key: 'key-1', body, tries: 1 })
  })

  test('too often: it waits as long as the hub says', () => {
    const error = new ApiError(429, 'too_many', 'wait', { key: 'too_many', seconds: 40 })
    expect(failed(submit(editing('key-1'), body), error, circumstances)).toMatchObject({
      why: 'busy',
      notBefore: 41_000,
    })
  })

  test('refused: back to the form, with a new key', () => {
    const error = new ApiError(400, 'invalid_input', 'check', [{ path: 'phone', message: 'no phone' }])
    expect(failed(submit(editing('key-1'), body), error, circumstances)).toEqual({
      kind: 'editing',
      key: 'key-2',
      problems: [{ field: 'phone', said: 'no phone' }],
      said: 'check',
    })
  })
})

describe('the draft of a tab', () => {
  function memory(): () => Storage {
    sessionStorage.clear()
    return () => sessionStorage
  }

  test('a reload while it is under way goes on with the same key and body', () => {
    const storage = memory()
    keepDraft(storage, FULL, submit(editing('key-1'), body))
    const kept = readDraft(storage, () => 'key-9')
    expect(kept).toMatchObject({ draft: FULL, key: 'key-1', underWay: { body, tries: 0 } })
  })

  test('a draft of a page before an upgrade is kept, with what it does not know empty', () => {
    const storage = memory()
    const { secondPhone: _, ...before } = FULL
    keepDraft(storage, before as HelpDraft, editing('key-1'))
    expect(readDraft(storage, () => 'key-9').draft).toEqual(FULL)
  })

  test('nothing is left in the tab once the request is made', () => {
    const storage = memory()
    keepDraft(storage, FULL, editing('key-1'))
    const answer = { code: 'C', severity: 'red', duplicate: false, phoneCheck: true, message: null } as const
    keepDraft(storage, FULL, answered(submit(editing('key-1'), body), answer))
    expect(storage().length).toBe(0)
  })

  test('a broken text is an empty form', () => {
    const storage = memory()
    storage().setItem('jitasa.help.draft', '{"version":1,')
    expect(readDraft(storage, () => 'key-9')).toEqual({ draft: EMPTY_DRAFT, key: 'key-9', underWay: null })
  })
})
