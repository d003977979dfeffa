import { expect, test } from 'vitest'
import { hashRecoveryCode, newRecoveryCodes } from './recovery.ts'

test('eight codes of 140 random bits, each another', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(8)
  for (const code of codes) expect(code).toMatch(/^(?:[0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/)
})

test('a code is the same however it is typed, and another account’s is another', () => {
  const code = '0a1b2-c3d4e-f5g6h-j7k8m-n9pqr'
  const hash = hashRecoveryCode('a', code)
  expect(hashRecoveryCode('a', ' OA1B2 C3D4E f5g6h J7K8M n9pqr ')).toEqual(hash)
  expect(hashRecoveryCode('a', code.replace('1', 'l'))).toEqual(hash)
  expect(hashRecoveryCode('b', code)).not.toEqual(hash)
  expect(hash).toHaveLength(32)
})
