import type { z } from 'zod'
import type { Language } from '../vocabulary/languages.ts'
import type { Doubt } from '../vocabulary/plausible.ts'
import { isMessageKey, type MessageKey, message } from './messages.ts'

type Params = Readonly<Record<string, string | number>>

/** What is wrong with a field: the key of its sentence in hub/contract/refusals/en.ts, and what the sentence names. */
export type FieldFault = { readonly key: MessageKey; readonly params: Params }

/** An entry of `details` of `invalid_input`. `in`: json, query, param, header; `message`: for a person. */
export type FieldError = FieldFault & { readonly in: string; readonly path: string; readonly message: string }

type Issue = z.core.$ZodIssue
type IssueOf<C extends Issue['code']> = Extract<Issue, { code: C }>

const fault = (key: MessageKey, params: Params = {}): FieldFault => ({ key, params })

function tooSmall({ origin, minimum, inclusive }: IssueOf<'too_small'>): FieldFault {
  const least = Number(minimum)
  if (origin === 'number' || origin === 'int' || origin === 'bigint')
    return fault('number_min', { min: inclusive === false ? least + 1 : least })
  return origin === 'string' && least > 1 ? fault('too_short', { min: least }) : fault('required')
}

function tooBig({ origin, maximum, inclusive }: IssueOf<'too_big'>): FieldFault {
  const most = Number(maximum)
  if (origin === 'number' || origin === 'int' || origin === 'bigint')
    return fault('number_max', { max: inclusive === false ? most - 1 : most })
  return fault(origin === 'string' ? 'too_long' : 'too_many_entries', { max: most })
}

const FORMATS: Readonly<Record<string, MessageKey>> = {
  date: 'day_wrong',
  datetime: 'time_wrong',
  email: 'email_invalid',
}

/** zod tells "missing" from "of another kind" in its sentence only; inputs are not kept in issues. */
const isMissing = ({ message: said }: Issue) => said.endsWith('received undefined')

function ofUnion({ errors }: IssueOf<'invalid_union'>): FieldFault {
  const [first] = errors[0] ?? []
  return first === undefined ? fault('choice') : faultOf(first)
}

/** Every code that a schema can produce. */
const FAULTS: { readonly [C in Issue['code']]: (issue: IssueOf<C>) => FieldFault } = {
  invalid_type: (issue) =>
    fault(isMissing(issue) ? 'required' : String(issue.expected) === 'int' ? 'number_whole' : 'wrong'),
  too_small: tooSmall,
  too_big: tooBig,
  invalid_format: ({ format }) => fault(FORMATS[format] ?? 'wrong'),
  not_multiple_of: () => fault('number_whole'),
  unrecognized_keys: () => fault('unknown_field'),
  invalid_union: ofUnion,
  invalid_key: () => fault('wrong'),
  invalid_element: () => fault('wrong'),
  invalid_value: () => fault('choice'),
  custom: () => fault('wrong'),
}

/** A schema that means a special sentence gives its key as the issue's message. */
export function faultOf(issue: Issue): FieldFault {
  if (isMessageKey(issue.message)) return fault(issue.message)
  const judge = FAULTS[issue.code] as (issue: Issue) => FieldFault
  return judge(issue)
}

/** @param target the part of the request: `json`, `query`, `param`, `header`, `form` or `cookie` */
export function fieldErrors(language: Language, target: string, error: z.core.$ZodError): readonly FieldError[] {
  return error.issues.map((issue) => {
    const { key, params } = faultOf(issue)
    // What only programs send may say more in English than the general sentence does.
    const own = key === 'wrong' && issue.code === 'custom' && language === 'en' && issue.message !== 'wrong'
    const said = own ? issue.message : message(language, key, params)
    return { in: target, path: issue.path.map(String).join('.'), key, params, message: said }
  })
}

function isFieldError(entry: unknown): entry is FieldError {
  return typeof entry === 'object' && entry !== null && 'key' in entry && isMessageKey(String(entry.key))
}

/** The sentence of a number that is hardly true. */
export function doubtIn(language: Language, { rule, value, limit }: Doubt): string {
  return message(language, rule, { value: NUMBER.format(value), limit: NUMBER.format(limit) })
}

const NUMBER = new Intl.NumberFormat('en')

function isDoubt(entry: unknown): entry is Doubt {
  return typeof entry === 'object' && entry !== null && 'rule' in entry && isMessageKey(String(entry.rule))
}

/** The same fields, said in another language. */
export function inLanguage(language: Language, details: unknown): unknown {
  if (language === 'en' || !Array.isArray(details)) return details
  return details.map((entry: unknown) =>
    isFieldError(entry)
      ? { ...entry, message: message(language, entry.key, entry.params) }
      : isDoubt(entry)
        ? { ...entry, message: doubtIn(language, entry) }
        : entry,
  )
}
