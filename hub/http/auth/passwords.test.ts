import { hashPassword as hashOld } from 'better-auth/crypto'
import { expect, test } from 'vitest'
import { hashPassword, isWeakHash, verifyPassword } from './passwords.ts'

const PASSWORD = 'ขอความช่วยเหลือ 12'

test('a password is kept as scrypt with N = 2^17, r = 8, p = 1 under a salt of its own', {
  timeout: 60_000,
}, async () => {
  const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)]
  expect(one).toMatch(/^scrypt:17:8:1:[\da-f]{32}:[\da-f]{128}$/)
  expect(one).not.toBe(other)
  expect(await verifyPassword({ hash: one, password: PASSWORD })).toBe(true)
  expect(await verifyPassword({ hash: one, password: `${PASSWORD} ` })).toBe(false)
  expect(isWeakHash(one)).toBe(false)
})

test('a hash of before is verified, and known to be weak', { timeout: 60_000 }, async () => {
  const old = await hashOld(PASSWORD)
  expect(await verifyPassword({ hash: old, password: PASSWORD })).toBe(true)
  expect(await verifyPassword({ hash: old, password: 'another one' })).toBe(false)
  expect(isWeakHash(old)).toBe(true)
  expect(isWeakHash('scrypt:16:8:1:00:00')).toBe(true)
})
