import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { CONSENT_VERSION, CONSENTS, consentOf, newestConsent, partsOf, textOf } from './consent.ts'
import { CONSENT_PARTS } from './consent-text.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the texts people agree to', () => {
  it.each(CONSENTS.map(({ version }) => version))(
    'version %s is, in each language, the text whose hash is kept',
    (version) => {
      const consent = consentOf(version)
      const hashes = LANGUAGES.map((language) => [language, sha256(textOf(consent!.texts, language))])
      expect(consent?.hashes).toEqual(Object.fromEntries(hashes))
    },
  )

  it('tells what, why, to whom, how long, which rights and how to take it back, in all five languages', () => {
    const { texts, version } = newestConsent()
    expect(version).toBe(CONSENT_VERSION)
    const told = CONSENT_PARTS.filter((part) => part !== 'all')
    for (const language of LANGUAGES) expect(partsOf(texts, language).map(({ part }) => part)).toEqual(told)
  })

  it('is in each language another text', () => {
    for (const { texts } of CONSENTS) expect(new Set(LANGUAGES.map((code) => textOf(texts, code))).size).toBe(5)
  })

  it('knows no version that was never shown', () => {
    expect(consentOf('2031-01')).toBeUndefined()
  })
})
