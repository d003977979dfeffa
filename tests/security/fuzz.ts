import fc from 'fast-check'
import { isMessageKey, message } from '../../hub/contract/refusals/messages.ts'
import { isLanguage, LANGUAGES, type Language } from '../../hub/contract/vocabulary/languages.ts'
import type { RequestOptions, TestHub } from './hub.ts'
import { almost, type JsonSchema } from './json-schema.ts'

export type FuzzOptions = {
  /** which routes, as `POST /api/accounts` */
  readonly routes: (name: string) => boolean
  /** requests per route */
  readonly runs: number
  /** what goes with every request: a session that is let in; `path`: one that names what exists */
  readonly request: (name: string, run: number) => RequestOptions & { readonly path?: string }
}

export type FuzzResult = { readonly routes: number; readonly requests: number; readonly failures: readonly string[] }

type Operation = {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }
}

const ID = '00000000-0000-4000-8000-00000000dead'

/** Letters of a language that the others do not have. */
export const SCRIPTS: Readonly<Record<Language, RegExp>> = {
  th: /[ก-๛]/,
  en: /[A-Za-z]/,
  my: /[က-႟]/,
  lo: /[ກ-ໟ]/,
  km: /[ក-៿]/,
}

/** Forms of people without an account speak as they say; whoever has one reads in the browser's language. */
const IN_OWN_LANGUAGE = /^POST \/api\/help/

/**
 * Sends every JSON body almost as its schema says, in the languages by turns. A failure is an answer of 500 and above,
 * or a refusal that is not in the API's one shape; wrong input has to name its fields, in the language of the form.
 */
export async function fuzzBodies(hub: TestHub, { routes, runs, request }: FuzzOptions): Promise<FuzzResult> {
  const failures: string[] = []
  let counted = 0
  let requests = 0
  for (const [path, item] of Object.entries(hub.openapi().paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const name = `${method.toUpperCase()} ${path}`
      const schema = (operation as Operation).requestBody?.content?.['application/json']?.schema
      if (schema === undefined || !routes(name)) continue
      counted++
      for (const [run, body] of fc.sample(almost(schema), { numRuns: runs, seed: counted }).entries()) {
        requests++
        const { path: target = path.replaceAll(/\{\w+\}/g, ID), ...options } = request(name, run)
        const browser = LANGUAGES[run % LANGUAGES.length] ?? 'th'
        const headers = { ...options.headers, 'accept-language': browser }
        const response = await hub.fetch(method.toUpperCase(), target, { ...options, headers, body })
        const wrong = await judge(response, name, IN_OWN_LANGUAGE.test(name) ? (languageIn(body) ?? browser) : browser)
        if (wrong !== undefined) failures.push(`${name} ${JSON.stringify(body).slice(0, 200)}: ${wrong}`)
      }
    }
  }
  return { routes: counted, requests, failures }
}

function languageIn(body: unknown): Language | undefined {
  const said = typeof body === 'object' && body !== null && 'language' in body ? body.language : undefined
  return isLanguage(said) ? said : undefined
}

type Refusal = { readonly code?: string; readonly message?: string; readonly details?: unknown }
type Field = {
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
  readonly message: string
}

async function judge(response: Response, name: string, language: Language): Promise<string | undefined> {
  const { status } = response
  if (status >= 500) return `answered ${status}: ${(await response.text()).slice(0, 200)}`
  if (status === 204) return undefined
  const answer = (await response.json()) as { error?: Refusal; results?: readonly { error: Refusal | null }[] }
  // A batch is taken, and each of its records judged by itself.
  if (status < 400) {
    const refused = (answer.results ?? []).flatMap(({ error }) => (error === null ? [] : [error]))
    return refused.map((error) => judgeRefusal(error, 400, name, language)).find((wrong) => wrong !== undefined)
  }
  return judgeRefusal(answer.error ?? {}, status, name, language)
}

/** Whose pages are Thai and English are told of what is not possible in these; of wrong fields in every language. */
function judgeRefusal(error: Refusal, status: number, name: string, language: Language): string | undefined {
  const { code, message: said, details } = error
  if (!code || !said) return `${status} without code and message`
  const translated = language === 'th' || (IN_OWN_LANGUAGE.test(name) && language !== 'en')
  if (translated && !SCRIPTS[language].test(said)) return `${code} in another language than ${language}: ${said}`
  if (code !== 'invalid_input') return undefined
  if (!Array.isArray(details)) return 'invalid_input without its fields'
  for (const { key, params, message: told } of details as readonly Field[]) {
    if (!isMessageKey(key)) return 'a field without the key of its sentence'
    if (told !== message(language, key, params)) return `${key} in another language than ${language}: ${told}`
  }
  return undefined
}
