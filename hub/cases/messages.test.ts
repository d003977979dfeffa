import { describe, expect, it } from 'vitest'
import { issueKey, LANGUAGES, languageOf, message } from './messages.ts'
import { en, type MessageKey } from './messages-en.ts'

const SCRIPTS = { th: /[ก-๛]/, en: /[A-Za-z]/, my: /[က-႟]/, lo: /[ກ-ໟ]/, km: /[ក-៿]/ }

describe.each(LANGUAGES)('%s', (language) => {
  it.each(Object.keys(en) as MessageKey[])('%s is in its own script and keeps its places', (key) => {
    const values = { code: 'CODE', left: '7', seconds: '30' }
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

it('has a sentence for every kind of issue', () => {
  expect(issueKey({ code: 'invalid_type', message: 'x' })).toBe('required')
  expect(issueKey({ code: 'invalid_type', message: 'x', input: 3 })).toBe('wrong')
  expect(issueKey({ code: 'too_big', message: 'x', origin: 'string' })).toBe('too_long')
  expect(issueKey({ code: 'too_small', message: 'need_required', origin: 'array' })).toBe('need_required')
  expect(issueKey({ code: 'invalid_union', message: 'x' })).toBe('wrong')
})
