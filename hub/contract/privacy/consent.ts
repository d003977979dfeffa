import type { Language } from '../vocabulary/languages.ts'
import { CONSENT_2026_11 } from './consent-2026-11.ts'
import { CONSENT_2026_12 } from './consent-2026-12.ts'
import { CONSENT_PARTS, type ConsentPart, type ConsentTexts } from './consent-text.ts'

/** Whoever gave it: the person themselves, or who answers for them. */
export const CONSENT_GIVERS = ['person', 'relative'] as const
export type ConsentGiver = (typeof CONSENT_GIVERS)[number]

/**
 * Every text that anybody has agreed to, oldest first. `hashes`: SHA-256 of the exact text in each language; consent.test.ts holds them to the
 * words, so that none is changed without a new version. A phone may keep a record under an older one: what is listed here is accepted.
 */
export const CONSENTS = [
  {
    version: '2026-11',
    texts: CONSENT_2026_11,
    hashes: {
      th: '23e2255edc7b4bf26f303c6f4a7917fe09125b857f126eb0109b4a00d725e47e',
      en: '164c97060c7da22f35a0fa4e800ba680ecb225e5bc2a98ae119bd4acf5d6d074',
      my: 'b2a788740ff3815998fdf0c5f495f31749695a8d76d351126bfb04bddca29e18',
      lo: '074292a7565ba1751c255c5401b6d6c28c4a460b4c56bad4ffbeb725276b1bbc',
      km: '4f0c3497e4fd646d70f1e68f65bba426b93ecbce086a118b666b9a26bf19a8dd',
    },
  },
  {
    version: '2026-12',
    texts: CONSENT_2026_12,
    hashes: {
      th: 'fb7b57d12ecffee9082c65e94e3ec54e03b9a4bd1847d67409a53af7903e0eb3',
      en: 'a51d7846f6a6502395f188e4bf147802d86e234a73d92c91a90470dda29e9e0e',
      my: 'a28cbd6fc5a806571e3af36ba925a62b97a38407f327252ba42a584dbd3a554f',
      lo: 'e62e8d3542466da8ded88a31427f1ecdb5116fe7af7a8130e1b35b6b0572386f',
      km: '768871c38cff0f144a972e4ae48ab52520741ebfccd3f2c20aa9b65fcd9eed22',
    },
  },
] as const satisfies readonly { version: string; texts: ConsentTexts; hashes: Readonly<Record<Language, string>> }[]

export type ConsentVersion = (typeof CONSENTS)[number]['version']
export const CONSENT_VERSION = '2026-12' satisfies ConsentVersion

export type Consent = (typeof CONSENTS)[number]

/** @returns undefined for a version that nobody was ever shown */
export const consentOf = (version: string): Consent | undefined =>
  CONSENTS.find((consent) => consent.version === version)

export const newestConsent = (): Consent => {
  const newest = consentOf(CONSENT_VERSION)
  if (newest === undefined) throw new Error('the newest consent is not listed')
  return newest
}

export function partsOf(texts: ConsentTexts, language: Language): readonly { part: ConsentPart; text: string }[] {
  return CONSENT_PARTS.flatMap((part) => {
    const text = texts[language][part]
    return text === undefined ? [] : [{ part, text }]
  })
}

/** The exact text, as it is hashed. */
export const textOf = (texts: ConsentTexts, language: Language): string =>
  partsOf(texts, language)
    .map(({ text }) => text)
    .join('\n')
