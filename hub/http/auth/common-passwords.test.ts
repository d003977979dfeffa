import { expect, it } from 'vitest'
import { isCommonPassword } from './common-passwords.ts'
import { generatePassword } from './passwords.ts'

it.each([
  '1234567890',
  'aaaaaaaaaa',
  'password12',
  'P@ssw0rd123',
  'qwertyuiop',
  '0812345678',
  'abcabcabcabc',
  'a'.repeat(128),
])('a password that is guessed at once is common: %s', async (password) => {
  expect(await isCommonPassword(password)).toBe(true)
})

it.each(['correct horse battery', generatePassword()])('a good one is not: %s', async (password) => {
  expect(await isCommonPassword(password)).toBe(false)
})
