/** The languages of the help form: what the people who could not use the forms of 2021 read. */
export const LANGUAGES = ['th', 'en', 'my', 'lo', 'km'] as const
export type Language = (typeof LANGUAGES)[number]

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value)
}

/** @returns the first language of an Accept-Language header that we have; `undefined` when it names none of them. */
export function languageAsked(accept: string | undefined): Language | undefined {
  const wanted = (accept ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return wanted.find(isLanguage)
}

/** @param accept an Accept-Language header; @returns the first language of it we have, or Thai. */
export function languageOf(accept: string | undefined): Language {
  return languageAsked(accept) ?? 'th'
}
