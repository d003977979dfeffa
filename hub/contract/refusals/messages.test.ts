import { describe, expect, it } from 'vitest'
import { LANGUAGES, languageOf } from '../vocabulary/languages.ts'
import { en, type MessageKey } from './en.ts'
import { message } from './messages.ts'

const SCRIPTS = { th: /[ก-๛]/, en: /[A-Za-z]/, my: /[က-႟]/, lo: /[ກ-ໟ]/, km: /[ក-៿]/ }

describe.each(LANGUAGES)('%s', (language) => {
  it.each(Object.keys(en) as MessageKey[])('%s is in its own script and keeps its places', (key) => {
    const values = {
      code: 'CODE',
      left: 'LEFT',
      seconds: 'SECONDS',
      min: 'MIN',
      max: 'MAX',
      level: 'LEVEL',
      sum: 'SUM',
      staffed: 'STAFFED',
      held: 'HELD',
    }
    const text = message(language, key, values)
    expect(text).toMatch(SCRIPTS[language])
    expect(text).not.toMatch(/[{}]/)
    for (const [name, value] of Object.entries(values)) {
      expect(text.includes(value)).toBe(en[key].includes(`{${name}}`) || (value === '7' && key === 'phone_invalid'))
    }
  })
})

it('takes the first language of the browser that there is', () => {
  expect(languageOf('fr-FR, km;q=0.9, en;q=0.8')).toBe('km')
  expect(languageOf('fr')).toBe('th')
  expect(languageOf(undefined)).toBe('th')
})
