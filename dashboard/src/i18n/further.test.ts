import { expect, test } from 'vitest'
import { commonWords } from './common.ts'
import { loadLanguage } from './further.ts'
import { createTranslator } from './words.ts'

test('words of a language beside Thai and English are English until they are there, and then their own', async () => {
  const t = createTranslator(commonWords, () => 'my')
  expect(t('retry')).toBe('Try again')
  await loadLanguage('my')
  expect(t('retry')).toBe('ထပ်ကြိုးစားပါ')
  expect(loadLanguage('my'), 'nothing is fetched twice').toBeUndefined()
  expect(createTranslator(commonWords, () => 'km')('retry'), 'of each language by itself').toBe('Try again')
})

test('Thai and English are there from the beginning', () => {
  expect([loadLanguage('th'), loadLanguage('en')]).toEqual([undefined, undefined])
  expect(createTranslator(commonWords, () => 'th')('retry')).toBe('ลองอีกครั้ง')
})
