import type { Language } from '../vocabulary/languages.ts'
import { en, type MessageKey, type Messages } from './en.ts'
import { km } from './km.ts'
import { lo } from './lo.ts'
import { my } from './my.ts'
import { th } from './th.ts'

export type { MessageKey } from './en.ts'

const MESSAGES: Readonly<Record<Language, Messages>> = { th, en, my, lo, km }

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
