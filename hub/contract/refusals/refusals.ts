import type { Language } from '../vocabulary/languages.ts'
import type { ErrorCode } from './codes.ts'
import { inLanguage } from './field-faults.ts'
import { message } from './messages.ts'
import { refusalsNeighbours } from './refusals-neighbours.ts'
import { needsTh, refusalsTh } from './refusals-th.ts'

const bangkok = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** Details that are times, as ms since 1970 or ISO 8601. */
const TIMES: ReadonlySet<string> = new Set(['since', 'ended', 'until'])

function told(name: string, value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (name === 'need') return needsTh[value as keyof typeof needsTh] ?? String(value)
  return TIMES.has(name) ? bangkok.format(new Date(value as string | number)) : String(value)
}

function fill(template: string, details: unknown): string {
  const values = typeof details === 'object' && details !== null ? (details as Readonly<Record<string, unknown>>) : {}
  return template.replace(/\{(\w+)\}/g, (_, name: string) => told(name, values[name]))
}

function template(language: Language, code: ErrorCode): string | undefined {
  const known: Readonly<Record<string, string>> | undefined =
    language === 'en' ? undefined : language === 'th' ? refusalsTh : refusalsNeighbours[language]
  return known?.[code]
}

/**
 * What a refusal says in a language. Sentences of the public forms come in the form's language already.
 * @param english what it says where it is refused
 */
export function refusalIn(
  language: Language,
  code: ErrorCode,
  english: string,
  details: unknown,
): { readonly message: string; readonly details: unknown } {
  const fields = inLanguage(language, details)
  if (language === 'en') return { message: english, details: fields }
  if (code === 'invalid_input') return { message: message(language, 'form_wrong'), details: fields }
  if (code === 'idempotency_key_reused') return { message: message(language, 'key_reused'), details }
  const sentence = template(language, code)
  return { message: sentence === undefined ? english : fill(sentence, details), details: fields }
}
