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

it.each([
  'Chiangmai2564',
  'chiang mai 50',
  'กรุงเทพมหานคร',
  'เชียงใหม่2564',
  'N@khonratchasima',
  'jitasa-jitasa',
  'Jitasa-Chiangmai-2564',
  'Hospital2021',
])('one made of a province or of what this is about is common: %s', async (password) => {
  expect(await isCommonPassword(password)).toBe(true)
})

it('a place among words that do not belong together does no harm', async () => {
  expect(await isCommonPassword('chiangmai horse battery')).toBe(false)
})

it('a word of the installation is one that is tried first, in any case and with a number behind it', async () => {
  for (const password of ['Wiang Kum Kam', 'wiangkumkam21', 'WIANGKUMKAM!']) {
    expect([password, await isCommonPassword(password)]).toEqual([password, false])
    expect([password, await isCommonPassword(password, ['wiangkumkam', 'wiang kum kam'])]).toEqual([password, true])
  }
})
