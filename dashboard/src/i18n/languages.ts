import { isLanguage, type Language } from '../../../hub/contract/vocabulary/languages.ts'

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  th: 'ไทย',
  en: 'English',
  my: 'မြန်မာ',
  lo: 'ລາວ',
  km: 'ខ្មែរ',
}

export const DEFAULT_LANGUAGE: Language = 'th'

/** The first that names a language: the address, what was chosen before, what the browser asks for. */
export function pickLanguage(asked: {
  readonly search: string
  readonly stored: string | null
  readonly browser: readonly string[]
}): Language {
  const inAddress = new URLSearchParams(asked.search).get('lang')
  if (isLanguage(inAddress)) return inAddress
  if (isLanguage(asked.stored)) return asked.stored
  const spoken = asked.browser.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage)
  return spoken ?? DEFAULT_LANGUAGE
}
