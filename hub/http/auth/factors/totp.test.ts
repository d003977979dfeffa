import { describe, expect, test } from 'vitest'
import { newTotpSecret, openTotp, sealTotp, stepOfCode, totpForApp } from './totp.ts'

const SECRET = 'the secret of the tests, long enough for a key'
const ACCOUNT = '00000000-0000-4000-8000-000000000001'

describe('a code of an authenticator app', () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  const rfc = Buffer.from('12345678901234567890')
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s is %s, as RFC 6238 says', async (seconds, code) => {
    expect(await stepOfCode(rfc, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
  })

  test('is taken in its own half minute and the one on either side', async () => {
    const taken = async (seconds: number) => (await stepOfCode(rfc, '005924', seconds * 1000)) !== undefined
    // 1,234,567,890 s is the first second of its step.
    expect(await Promise.all([-31, -30, 0, 29, 59, 60].map((by) => taken(1_234_567_890 + by)))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ])
  })

  test('that is no code at all is of no step', async () => {
    for (const code of ['', '0', '00592', '0059240', '००५९२४', 'abcdef'])
      expect(await stepOfCode(rfc, code, 1_234_567_890_000)).toBeUndefined()
  })
})

test('what an app is told is the key in base32, and whose it is', () => {
  const { key, uri } = totpForApp(Buffer.from('12345678901234567890'), 'somchai@office.example')
  expect(key).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(uri).toBe(`otpauth://totp/Jitasa:somchai%40office.example?secret=${key}&issuer=Jitasa&digits=6&period=30`)
})

describe('a key as the database keeps it', () => {
  const totp = newTotpSecret()
  const sealed = sealTotp(SECRET, ACCOUNT, totp)

  test('is opened for its account under its secret', () => {
    expect(openTotp(SECRET, ACCOUNT, sealed)).toEqual(totp)
    expect(sealed.includes(totp)).toBe(false)
  })

  test('is worth nothing in the row of somebody else, under another secret, or changed', () => {
    const changed = Buffer.from(sealed)
    changed[changed.length - 1]! ^= 1
    expect(() => openTotp(SECRET, ACCOUNT.replace(/1$/, '2'), sealed)).toThrow()
    expect(() => openTotp(`${SECRET}!`, ACCOUNT, sealed)).toThrow()
    expect(() => openTotp(SECRET, ACCOUNT, changed)).toThrow()
  })
})
