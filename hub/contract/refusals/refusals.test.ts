import { describe, expect, it } from 'vitest'
import { ApiError } from './api-error.ts'
import { isErrorCode, REFUSALS, type RefusalName, refusalOf, VARIANTS } from './codes.ts'
import { refusalIn } from './refusals.ts'

const KNOWN: Readonly<Record<string, unknown>> = {
  notBefore: '2021-11-01',
  notAfter: '2021-11-11',
  outcomeDay: '2021-11-12',
  holder: 'Rescue 1',
  need: 'bed',
  since: 1_636_600_000_000,
  ended: 1_636_600_000_000,
  until: '2021-11-11T03:06:40Z',
  seconds: 30,
  left: 7,
  requestId: 'r-1',
}
/** Whatever a sentence names. */
const DETAILS = new Proxy(KNOWN, { get: (known, name) => known[String(name)] ?? 'something' })

const SCRIPTS = { th: /[ก-๛]/, my: /[က-႟]/, lo: /[ກ-ໟ]/, km: /[ក-៿]/ }
const NEIGHBOURS = ['my', 'lo', 'km'] as const
const NAMES = [...Object.keys(REFUSALS), ...Object.keys(VARIANTS)] as RefusalName[]

/** Refusals that the people of a language read in English. */
const untranslated = (language: (typeof NEIGHBOURS)[number]) =>
  NAMES.filter((name) => {
    const error = new ApiError(name, DETAILS)
    return refusalIn(language, error).message === error.message
  })

describe.each(NAMES)('%s', (name) => {
  it('has a sentence in Thai without gaps, and one in English', () => {
    const error = new ApiError(name, DETAILS)
    expect(error.message).toMatch(/[A-Za-z]/)
    const { message } = refusalIn('th', error)
    expect(message).toMatch(SCRIPTS.th)
    expect(message).not.toMatch(/[{}–]/)
    expect(isErrorCode(error.code)).toBe(true)
  })
})

it('what a sentence names is filled in, in English too', () => {
  expect(new ApiError('already_claimed', DETAILS).message).toBe(
    'Rescue 1 was faster: has it since 10:06. Take another, or ask them to hand it over.',
  )
  expect(new ApiError('stale_fence', {}).message).toBe('Your claim has ended; reload the case.')
  expect(new ApiError('stale_fence', DETAILS).message).toBe(
    'Your claim has ended: Rescue 1 has this since 10:06. Reload the case.',
  )
  expect(new ApiError('not_possible', { stage: 'closed', event: 'close' }).message).toBe(
    'This is not possible now: it has changed meanwhile. Look at it again.',
  )
})

it.each(NEIGHBOURS)(
  '%s has all that a person without an account may meet; the others are said in English',
  (language) => {
    const missing = untranslated(language)
    for (const name of NAMES) {
      const refusal = refusalOf(name)
      const translated = refusal.everyone === true || 'form' in refusal
      expect(missing.includes(name), name).toBe(!translated)
      if (!translated) continue
      const { message } = refusalIn(language, new ApiError(name, DETAILS))
      expect(message, name).toMatch(SCRIPTS[language])
      expect(message, name).not.toMatch(/[{}–]/)
    }
  },
)

it('names holders, and times as they are in Bangkok', () => {
  expect(refusalIn('th', new ApiError('already_claimed', DETAILS)).message).toContain('Rescue 1 รับเรื่องนี้ไว้ตั้งแต่ 10:06')
  expect(refusalIn('th', new ApiError('locked_out', DETAILS)).message).toContain('10:06')
})

it('an answer that was given before is said in English as it was', () => {
  const details = { holder: 'Rescue 1' }
  const kept = new ApiError('not_holder', details, { status: 403, message: 'Rescue 1 has this.' })
  expect(refusalIn('en', kept)).toEqual({ message: 'Rescue 1 has this.', details })
})
