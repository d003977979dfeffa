import { expect, it } from 'vitest'
import { type ErrorCode, isErrorCode } from './codes.ts'
import { refusalIn } from './refusals.ts'
import { PUBLIC_CODES } from './refusals-neighbours.ts'
import { refusalsTh } from './refusals-th.ts'

const DETAILS = {
  notBefore: '2021-11-01',
  notAfter: '2021-11-11',
  holder: 'Rescue 1',
  need: 'bed',
  since: 1_636_600_000_000,
  ended: 1_636_600_000_000,
  until: '2021-11-11T03:06:40Z',
}
const SCRIPTS = { th: /[ก-๛]/, my: /[က-႟]/, lo: /[ກ-ໟ]/, km: /[ក-៿]/ }

it.each(Object.keys(refusalsTh) as ErrorCode[])('%s has a sentence in Thai without gaps', (code) => {
  const { message } = refusalIn('th', code, 'English', { ...DETAILS, seconds: 30, requestId: 'r-1' })
  expect(message).toMatch(SCRIPTS.th)
  expect(message).not.toMatch(/[{}–]/)
  expect(isErrorCode(code)).toBe(true)
})

it.each(['my', 'lo', 'km'] as const)('%s has all that a person without an account may meet', (language) => {
  for (const code of PUBLIC_CODES) {
    const { message } = refusalIn(language, code, 'English', { seconds: 30 })
    expect(message, code).toMatch(SCRIPTS[language])
    expect(message, code).not.toMatch(/[{}–]/)
  }
})

it('names holders, and times as they are in Bangkok', () => {
  expect(refusalIn('th', 'already_claimed', '', DETAILS).message).toContain('Rescue 1 รับเรื่องนี้ไว้ตั้งแต่ 10:06')
  expect(refusalIn('th', 'locked_out', '', DETAILS).message).toContain('10:06')
})

it('English is what was said where it was refused', () => {
  const details = { holder: 'Rescue 1' }
  expect(refusalIn('en', 'not_holder', 'Rescue 1 has this.', details)).toEqual({
    message: 'Rescue 1 has this.',
    details,
  })
})
