import { Buffer } from 'node:buffer'

/** A body as it goes out, with the type and coding that are said of it. */
export type OddBody = {
  readonly bytes: Buffer
  /** `null`: none is said */
  readonly type: string | null
  readonly encoding?: string
  /** what was done to it, for whoever has to repeat it */
  readonly done: string
}

type Random = () => number
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** More than a hub takes (BODY_BYTES_MAX): what is longer is cut there. */
const CHARACTERS_MAX = 1_200_000
const JSON_TYPE = 'application/json'
/** What no field is made for. */
const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  5e-324,
  '',
  ' ',
  'null',
  'NaN',
  '0',
  '-1',
  '1e999',
  '9223372036854775808',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfffb',
  '\u202egnp',
  '\ufeff',
  '%_\\',
  "'; drop table accounts; --",
  '{{7*7}}',
  '../../etc/passwd',
  'x'.repeat(70_000),
  'ก'.repeat(3000),
  '2021-02-30',
  '2021-11-11T25:61:61Z',
  '0000-01-01',
  '+275760-09-13T00:00:00.001Z',
  'TH',
  '50',
  '5001',
  '999999',
  '00000000-0000-4000-8000-00000000dead',
  [],
  [[]],
  [[[[]]]],
  [null],
  {},
  { toString: 'x' },
  { length: -1 },
  Array.from({ length: 500 }, (_, i) => i),
]
const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length']
const TYPES = [
  null,
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'application/json;;',
  'application/json, text/plain',
  'application/vnd.api+json',
  'application/octet-stream',
  'text/csv',
  'json',
]
const TEXTS = ['', ' ', '{', '[', '"', 'null', 'true', '0', '{}', '[]', '""', '1e999', '{"a":1e400}', '[1,', '{"":{}}']

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Place = { readonly at: Json[] | { [key: string]: Json }; readonly key: string }

/** Every place in a value that can be given another one, however deep. */
function places(body: Json): Place[] {
  const found: Place[] = []
  const waiting: Json[] = [body]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (!Array.isArray(at) && !isObject(at)) continue
    for (const [key, value] of Object.entries(at)) {
      found.push({ at, key })
      waiting.push(value)
    }
  }
  return found
}

const sizeOf = (value: Json): number => JSON.stringify(value).length

/** An own field of any name: `__proto__` too. */
const put = (at: object, key: string, value: unknown): void => {
  Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true })
}

export type Odd = {
  pick<T>(all: readonly T[]): T
  rarely(share: number): boolean
  /** what is sent in place of `body` */
  of(body: unknown): OddBody
  /** what is asked in place of `query`: `a=b&c=d` */
  query(query: string): string
}

export function createOdd(random: Random): Odd {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  /** Its own each time: a body is spoilt in several places. */
  const odd = (): Json => structuredClone(pick(ODD))
  const rarely = (share: number) => random() < share
  const deep = (depth: number): Json => {
    let value: Json = odd()
    for (let i = 0; i < depth; i++) value = rarely(0.5) ? [value] : { a: value }
    return value
  }

  /** One thing of the value is changed. @returns what was done */
  function spoil(value: { body: Json }): string {
    const all = places(value.body)
    const target = all.length > 0 && !rarely(0.05) ? pick(all) : undefined
    if (target === undefined) {
      value.body = rarely(0.3) ? deep(pick([1, 20, 800])) : odd()
      return 'all of it'
    }
    const { at, key } = target
    const old = (at as { [key: string]: Json })[key] ?? null
    const what = pick([
      'odd',
      'odd',
      'odd',
      'odd',
      'gone',
      'gone',
      'doubled',
      'wrapped',
      'wrapped',
      'named',
      'deep',
      'edge',
      'edge',
    ] as const)
    if (what === 'gone') delete (at as { [key: string]: Json })[key]
    if (what === 'odd') put(at, key, odd())
    if (what === 'doubled')
      put(
        at,
        key,
        Array.from({ length: sizeOf(old) > 200 ? 2 : pick([2, 60, 300]) }, () => old),
      )
    if (what === 'wrapped') put(at, key, rarely(0.5) ? [old] : { [key]: old })
    if (what === 'named' && !Array.isArray(at)) put(at, pick(PROTOTYPE), odd())
    if (what === 'deep') put(at, key, deep(pick([5, 100, 600])))
    if (what === 'edge') {
      if (typeof old === 'number') put(at, key, pick([-old, old + 0.1, 2_147_483_647, 2_147_483_648, 2 ** 53 - 1]))
      else if (typeof old === 'string')
        put(at, key, pick([`${old}\u0000`, old.slice(0, 400).repeat(200), old.slice(1), ` ${old} `]))
      else put(at, key, odd())
    }
    return `${what} ${key}`
  }

  /** The text itself is changed: what no JSON library writes. */
  function spoilText(text: string): { bytes: Buffer; done: string } {
    const what = pick(['cut', 'byte', 'twice', 'behind', 'nested', 'bom', 'utf16', 'latin', 'text', 'number'] as const)
    const at = Math.floor(random() * (text.length + 1))
    const utf8 = (changed: string) => ({ bytes: Buffer.from(changed), done: what })
    if (what === 'cut') return utf8(text.slice(0, at))
    if (what === 'twice')
      return utf8(text.replace(/^\{"([^"]*)":/, (start, key) => `{"${key}":${JSON.stringify(odd())},${start.slice(1)}`))
    if (what === 'behind') return utf8(text + pick([',', '}', '\u0000', '//', text, ' '.repeat(9000)]))
    if (what === 'nested') return utf8(pick(['[', '{"a":', '[{"a":']).repeat(pick([100, 20_000, 90_000])))
    if (what === 'bom') return utf8(`\ufeff${text}`)
    if (what === 'utf16') return { bytes: Buffer.from(text, 'utf16le'), done: what }
    if (what === 'text') return utf8(pick(TEXTS))
    if (what === 'number')
      return utf8(text.replace(/\d+/, pick(['1e999', '00', '0x1', '-', '1.', '9'.repeat(400), 'NaN', '1_0'])))
    const bytes = Buffer.from(text)
    if (bytes.length > 0)
      bytes[at % bytes.length] = what === 'latin' ? pick([0xff, 0xc0, 0xe0, 0xed]) : Math.floor(random() * 256)
    return { bytes, done: what }
  }

  return {
    pick,
    rarely,
    of(body) {
      const value = { body: structuredClone(body) as Json }
      const done: string[] = []
      for (let more = pick([0, 1, 1, 1, 2, 3]); more > 0; more--) done.push(spoil(value))
      const text = (JSON.stringify(value.body) ?? '').slice(0, CHARACTERS_MAX)
      const spoilt = rarely(0.2) ? spoilText(text) : { bytes: Buffer.from(text), done: 'as it is' }
      return {
        bytes: spoilt.bytes,
        type: rarely(0.06) ? pick(TYPES) : JSON_TYPE,
        ...(rarely(0.01) && { encoding: pick(['gzip', 'br', 'identity', 'x']) }),
        done: [...done, spoilt.done].join(', '),
      }
    },
    query(query) {
      const fields = query.split('&').filter(Boolean)
      for (let more = pick([0, 1, 1, 2]); more > 0; more--) {
        const i = Math.floor(random() * (fields.length + 1))
        const [name = pick(['limit', 'cursor', 'area', 'after', 'day', 'x'])] = (fields[i] ?? '').split('=')
        const given = odd()
        const text = (typeof given === 'string' ? given : JSON.stringify(given)).slice(0, 300)
        const value = text.isWellFormed() ? encodeURIComponent(text) : '%ed%a0%80'
        fields[i] = pick([
          `${name}=${value}`,
          `${name}=${value}`,
          `${name}`,
          `${name}=${pick(['%00', '%ff', '%zz', '%', '%u0041', '+', '%2e%2e%2f', 'red,,', 'WyIxIiwyLDNd', '&&', '='])}`,
          `${name}[]=${value}`,
          `${pick(PROTOTYPE)}=${value}`,
          `${fields[i] ?? name}&${name}=${value}`,
        ])
      }
      return fields.join('&')
    },
  }
}
