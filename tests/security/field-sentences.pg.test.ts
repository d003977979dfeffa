import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import * as caseBodies from '../../hub/contract/api/cases.ts'
import * as helpBodies from '../../hub/contract/api/help.ts'
import * as recordBodies from '../../hub/contract/api/record.ts'
import * as reportBodies from '../../hub/contract/api/reports.ts'
import { faultOf, fieldErrors } from '../../hub/contract/refusals/fields.ts'
import { isMessageKey, message } from '../../hub/contract/refusals/messages.ts'
import { LANGUAGES } from '../../hub/contract/vocabulary/languages.ts'
import * as accountRoutes from '../../hub/http/routes/accounts.openapi.ts'
import * as sessionRoutes from '../../hub/http/routes/session.openapi.ts'
import { hubForFile } from '../support/for-file.ts'
import { SCRIPTS } from './fuzz.ts'
import { almost, type JsonSchema } from './json-schema.ts'

const RUNS = 400

type Route = { readonly request?: { readonly body?: unknown } }

/** Every body that a form sends, by name. */
function bodies(): ReadonlyMap<string, z.ZodType> {
  const found = new Map<string, z.ZodType>()
  for (const module of [helpBodies, recordBodies, reportBodies, caseBodies]) {
    for (const [name, value] of Object.entries(module)) {
      if (name.endsWith('Body') && value instanceof z.ZodType) found.set(name, value)
    }
  }
  for (const [name, route] of Object.entries({ ...accountRoutes, ...sessionRoutes } as Record<string, Route>)) {
    const body = route.request?.body as { content?: { 'application/json'?: { schema?: unknown } } } | undefined
    const schema = body?.content?.['application/json']?.schema
    if (schema instanceof z.ZodType) found.set(name, schema)
  }
  return found
}

/** The sentences that a schema gives its own checks, wherever in it they stand. */
function ownMessages(schema: unknown, seen = new Set<unknown>(), out = new Set<string>()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return out
  seen.add(schema)
  const inner = '_zod' in schema ? (schema as z.ZodType)._zod.def : schema
  for (const [name, value] of Object.entries(inner)) {
    if (name === 'error' && typeof value === 'function') out.add(String(value({ code: 'custom', input: undefined })))
    else ownMessages(value, seen, out)
  }
  return out
}

const { hub } = await hubForFile()

test('the bodies of every form are looked at', () => {
  expect(bodies().size).toBeGreaterThanOrEqual(30)
})

test.each([...bodies()])('%s: what a schema says of its own is a key of a sentence', (_, schema) => {
  for (const said of ownMessages(schema)) expect(isMessageKey(said), said).toBe(true)
})

test.each([...bodies()])('%s: whatever is wrong is said in each language, without gaps', (name, schema) => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const keys = new Set<string>()
  for (const body of fc.sample(almost(json), { numRuns: RUNS, seed: name.length })) {
    const { error } = schema.safeParse(body)
    for (const issue of error?.issues ?? []) keys.add(faultOf(issue).key)
    if (!error) continue
    for (const language of LANGUAGES) {
      for (const field of fieldErrors(language, 'json', error)) {
        expect(field.message, `${language} ${field.key}`).toMatch(SCRIPTS[language])
        expect(field.message, `${language} ${field.key}`).not.toMatch(/[{}]|undefined|NaN/)
      }
    }
  }
  if (name !== 'emptyBody') expect(keys.size).toBeGreaterThan(0)
})

test('the answer is in the language of the page, for accounts as for the public', async () => {
  for (const language of LANGUAGES) {
    const headers = { 'accept-language': language }
    const response = await hub.fetch('POST', '/api/auth/sign-in', { body: { login: '' }, headers })
    const { error } = (await response.json()) as {
      error: { code: string; message: string; details: { path: string; key: string; message: string }[] }
    }
    expect(error.code).toBe('invalid_input')
    if (language !== 'en') expect(error.message).toBe(message(language, 'form_wrong'))
    expect(error.details.map(({ path, key }) => [path, key])).toEqual([
      ['login', 'required'],
      ['password', 'required'],
    ])
    for (const field of error.details) expect(field.message).toBe(message(language, 'required'))
  }
  const refused = await hub.fetch('GET', '/api/cases?area=50', { headers: { 'accept-language': 'th' } })
  expect(await refused.json()).toMatchObject({ error: { code: 'unauthenticated', message: 'กรุณาเข้าสู่ระบบก่อน' } })
})
