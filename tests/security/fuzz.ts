import fc from 'fast-check'
import { isMessageKey } from '../../hub/cases/messages.ts'
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

/**
 * Sends every JSON body almost as its schema says. A failure is an answer of 500 and above, or a refusal that is not
 * in the API's one shape; wrong input has to name its fields.
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
        const response = await hub.fetch(method.toUpperCase(), target, { ...options, body })
        const wrong = await judge(response)
        if (wrong !== undefined) failures.push(`${name} ${JSON.stringify(body).slice(0, 200)}: ${wrong}`)
      }
    }
  }
  return { routes: counted, requests, failures }
}

async function judge(response: Response): Promise<string | undefined> {
  const { status } = response
  if (status >= 500) return `answered ${status}: ${(await response.text()).slice(0, 200)}`
  if (status < 400) return undefined
  const { error } = (await response.json()) as { error?: { code?: string; message?: string; details?: unknown } }
  if (!error?.code || !error.message) return `${status} without code and message`
  if (error.code !== 'invalid_input') return undefined
  if (!Array.isArray(error.details)) return 'invalid_input without its fields'
  return error.details.every(({ key, message }) => isMessageKey(String(key)) && message)
    ? undefined
    : 'a field without the key of its sentence'
}
