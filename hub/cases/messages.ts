import { en, type MessageKey, type Messages } from './messages-en.ts'
import { km } from './messages-km.ts'
import { lo } from './messages-lo.ts'
import { my } from './messages-my.ts'
import { th } from './messages-th.ts'

export type { MessageKey } from './messages-en.ts'

/** The languages of the help form: what the people who could not use the forms of 2021 read. */
export const LANGUAGES = ['th', 'en', 'my', 'lo', 'km'] as const
export type Language = (typeof LANGUAGES)[number]

/** Raise it when a `consent_text` changes: every request keeps the version its person agreed to. */
export const CONSENT_VERSION = '2026-11'

const MESSAGES: Readonly<Record<Language, Messages>> = { th, en, my, lo, km }

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

export function message(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return MESSAGES[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(en, text)
}
