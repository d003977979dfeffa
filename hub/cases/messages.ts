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

/** @param accept an Accept-Language header; @returns the first language of it we have, or Thai. */
export function languageOf(accept: string | undefined): Language {
  const wanted = (accept ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return wanted.find(isLanguage) ?? 'th'
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

/** A zod issue, as far as the sentence for it depends on it. */
export type FormIssue = {
  readonly code?: string | undefined
  readonly message: string
  readonly input?: unknown
  readonly origin?: unknown
}

/** The sentence for a wrong field. A schema that means a special one gives its key as the issue's message. */
export function issueKey(issue: FormIssue): MessageKey {
  if (isMessageKey(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : 'wrong'
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? 'number_range' : 'too_long'
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? 'number_range' : 'required'
    case 'invalid_value':
      return issue.input === undefined ? 'required' : 'choice'
    default:
      return 'wrong'
  }
}
