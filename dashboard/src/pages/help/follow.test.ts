import { describe, expect, test } from 'vitest'
import type { HelpStatus } from '../../api/help.ts'
import { ApiError } from '../../api/http.ts'
import { judgeLook, nextLook } from './follow.ts'
import { needWord, progressOf } from './progress.ts'
import { rememberCode, rememberedCodes } from './remembered.ts'
import { readTrackingCode } from './trackingCode.ts'

const STATUS: HelpStatus = {
  state: 'received',
  language: 'my',
  severity: 'red',
  stage: 'reported',
  carePlace: 'waiting',
  place: '500101',
  needs: [{ kind: 'oxygen', status: 'open', holder: null, since: 10 }],
  bed: null,
  takenAt: null,
  helpedAt: null,
  askedAt: 10,
  contactedAt: null,
  check: null,
  opened: [],
  changedAt: 10,
  phone: 'unverified',
  takeBack: 'device',
}
const done = (status: HelpStatus) =>
  progressOf(status)
    .filter((one) => one.done)
    .map((one) => one.step)

describe('progressOf', () => {
  test('what is done, and nothing that is not', () => {
    expect(done(STATUS)).toEqual(['received'])
    const claimed = { kind: 'oxygen', status: 'claimed', holder: 'Team 7', since: 20 } as const
    expect(done({ ...STATUS, needs: [claimed] })).toEqual(['received', 'taken'])
    expect(progressOf({ ...STATUS, needs: [claimed] })[1]).toMatchObject({ at: 20 })
    expect(done({ ...STATUS, contactedAt: 30 })).toEqual(['received', 'taken', 'contacted'])
    expect(done({ ...STATUS, carePlace: 'field' })).toEqual(['received', 'taken', 'helped'])
  })
})

describe('a bed that was found', () => {
  const bed = { nameTh: 'รพ.', nameEn: 'Hospital', foundAt: 40, onTheWayAt: null, arrivedAt: null }

  test('is told step by step, each with its time', () => {
    const steps = (status: HelpStatus) => progressOf(status).map(({ step, done, at }) => [step, done, at])
    const held = [{ kind: 'bed', status: 'claimed', holder: 'Team 7', since: 20 }] as const
    expect(steps({ ...STATUS, needs: held, takenAt: 20, contactedAt: 30, bed }).slice(3)).toEqual([
      ['bedFound', true, 40],
      ['onTheWay', false, null],
      ['arrived', false, null],
    ])
    const met = [{ kind: 'bed', status: 'transferred', holder: null, since: 60 }] as const
    const there = { ...bed, onTheWayAt: 50, arrivedAt: 60 }
    expect(steps({ ...STATUS, needs: met, takenAt: 20, contactedAt: 30, carePlace: 'hospital', bed: there })).toEqual([
      ['received', true, 10],
      ['taken', true, 20],
      ['contacted', true, 30],
      ['bedFound', true, 40],
      ['onTheWay', true, 50],
      ['arrived', true, 60],
    ])
    expect(needWord(met[0])).toBe('transferred')
  })

  test('a claim that was given back is not taken, whatever the history says', () => {
    expect(progressOf({ ...STATUS, takenAt: 20 })[1]).toMatchObject({ step: 'taken', done: false })
  })
})

describe('looking again', () => {
  test('less and less often while nothing happens, at most once a minute', () => {
    const delays = [0, 1, 2, 5, 50].map((quiet) => nextLook({ kind: 'there' }, quiet, 0.5))
    expect(delays[0]).toBe(5_000)
    expect(delays).toEqual([...delays].sort((a, b) => (a ?? 0) - (b ?? 0)))
    expect(delays.at(-1)).toBe(60_000)
  })

  test('a request that has ended is looked at now and then: it may be opened again', () => {
    expect(nextLook({ kind: 'there' }, 0, 0.5, true)).toBe(180_000)
  })

  test('a wrong code is not asked for again; too often waits as long as the hub says', () => {
    expect(nextLook(judgeLook(new ApiError(404, 'code_unknown', '')), 0, 0)).toBeUndefined()
    const often = judgeLook(new ApiError(429, 'too_many', '', { key: 'too_many', seconds: 30 }))
    expect(often).toEqual({ kind: 'too_often', seconds: 30 })
    expect(nextLook(often, 0, 0)).toBe(30_000)
    expect(judgeLook(new ApiError(0, 'unreachable', ''))).toEqual({ kind: 'lost' })
  })
})

describe('tracking codes', () => {
  test('any case, dashes or none, digits of any script', () => {
    expect(readTrackingCode('abcd efgh 12345')).toBe('ABCD-EFGH-12345')
    expect(readTrackingCode('ABCD-EFGH-၁၂၃၄၅')).toBe('ABCD-EFGH-12345')
    expect(readTrackingCode('ABCD')).toBeUndefined()
    expect(readTrackingCode('ABCD-EFGH-1234/')).toBeUndefined()
  })

  test('the phone keeps the newest five', () => {
    localStorage.clear()
    for (const code of ['a', 'b', 'c', 'd', 'e', 'f', 'c']) rememberCode(() => localStorage, code)
    expect(rememberedCodes(() => localStorage)).toEqual(['c', 'f', 'e', 'd', 'b'])
  })
})
