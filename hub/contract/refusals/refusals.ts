import type { Language } from '../vocabulary/languages.ts'
import type { NeedKind } from '../vocabulary/needs.ts'
import { type PublicRefusals, type RefusalName, refusalOf } from './codes.ts'
import { inLanguage } from './fields.ts'
import { kmRefusals } from './km.ts'
import { loRefusals } from './lo.ts'
import { message } from './messages.ts'
import { myRefusals } from './my.ts'

const NEIGHBOURS: Readonly<Record<'my' | 'lo' | 'km', PublicRefusals>> = {
  my: myRefusals,
  lo: loRefusals,
  km: kmRefusals,
}

const bangkok = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** Details that are times, as ms since 1970 or ISO 8601. */
const TIMES: ReadonlySet<string> = new Set(['since', 'ended', 'until'])

/** The kinds of need in those sentences. */
const NEEDS: Readonly<Record<'en' | 'th', Readonly<Record<NeedKind, string>>>> = {
  en: {
    bed: 'Hospital bed',
    oxygen: 'Oxygen',
    medicine: 'Medicine',
    food: 'Food and water',
    transport: 'A ride to care',
    test: 'Covid test',
    funeral: 'Funeral',
  },
  th: {
    bed: 'เตียง',
    oxygen: 'ออกซิเจน',
    medicine: 'ยา',
    food: 'อาหาร',
    transport: 'รถรับส่ง',
    test: 'การตรวจ',
    funeral: 'ฌาปนกิจ',
  },
}

/** One of the details as a sentence names it. */
const told = (language: 'en' | 'th') => (name: string, value: unknown) => {
  if (value === undefined || value === null) return '–'
  if (name === 'need') return NEEDS[language][value as NeedKind] ?? String(value)
  return TIMES.has(name) ? bangkok.format(new Date(value as string | number)) : String(value)
}

type Values = Readonly<Record<string, unknown>>

const valuesOf = (details: unknown): Values =>
  typeof details === 'object' && details !== null ? (details as Values) : {}

function fill(template: string, values: Values, told: (name: string, value: unknown) => string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => told(name, values[name]))
}

/** What a refusal says in English. @param details what its sentence names */
export function english(name: RefusalName, details: unknown): string {
  const { en } = refusalOf(name)
  const values = valuesOf(details)
  return fill(typeof en === 'string' ? en : en(values), values, told('en'))
}

/** @returns `undefined` where nobody has translated it */
function translated(language: Exclude<Language, 'en'>, name: RefusalName, details: unknown): string | undefined {
  const found = refusalOf(name)
  const values = valuesOf(details)
  if ('form' in found) return message(language, found.form, values as Readonly<Record<string, string | number>>)
  if (language === 'th') return fill(found.th, values, told('th'))
  const known: Readonly<Record<string, string>> = NEIGHBOURS[language]
  const template = known[found.code]
  return template && fill(template, values, told('th'))
}

/** A refusal as it is thrown: `message` is its English. */
export type Said = { readonly refusal: RefusalName; readonly message: string; readonly details: unknown }

/** What a refusal says in a language; English where nobody has translated it. */
export function refusalIn(
  language: Language,
  { refusal, message: said, details }: Said,
): { readonly message: string; readonly details: unknown } {
  if (language === 'en') return { message: said, details }
  return { message: translated(language, refusal, details) ?? said, details: inLanguage(language, details) }
}
