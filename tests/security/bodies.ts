import { createHmac, randomUUID } from 'node:crypto'
import http from 'node:http'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import type pg from 'pg'
import { verify } from '../../db/verify/verify.ts'
import { can, mayEver } from '../../hub/authorize/decide.ts'
import type { Grant } from '../../hub/authorize/grant.ts'
import type { Action } from '../../hub/contract/vocabulary/actions.ts'
import { ACTION_KEY } from '../../hub/http/auth/secured.ts'
import type { TestDatabase } from '../support/pg.ts'
import { startProduction } from '../support/production.ts'
import { makeWorld, type World } from '../support/rls-rows.ts'
import type { Fed } from './canary-feed.ts'
import { PATHS } from './canary-routes.ts'
import { randomOf } from './heads.ts'
import { SECRET, UNBOUND } from './hub.ts'
import { almost, type JsonSchema } from './json-schema.ts'
import { createOdd, type OddBody } from './odd-bodies.ts'
import { openRequests } from './open-requests.ts'
import type { Prepared, RequestCase, Target } from './request-case.ts'
import { REQUESTS } from './requests.ts'
import { districtStands, passOf, type Stand, stands, storeSession } from './subjects.ts'

/** Accounts of each role and place: an account may ask 600 times a minute, and none of this is to be about that. */
const COPIES = 6
/** Accounts and places are new ones after so long: what was sent may have ended, moved or filled the others. */
const RENEW_MS = 240_000
const AT_ONCE = 12
const ANSWER_MS_MAX = 60_000
/** Odd bodies that follow from one valid request, whose case or transfer was made for it. */
const USES = 30
const VALID_TRIES_MAX = 12
/** Of so many odd bodies of somebody who may send them, one at least is refused. */
const ODDS_FOR_A_REFUSAL = 20
const RESET_MS = 500
const FOREIGN = '9001'
/** Each takes a good part of a second of a core: it is asked a tenth as often as others. */
const COSTLY = /sign-in$|invitations\/accept|session\/p|backtest|briefing|export|history|accounts\/\{id\}\/password/

type Operation = {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly [ACTION_KEY]?: Action | 'public'
}
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

type FuzzedRoute = {
  readonly name: string
  readonly method: string
  readonly action: Action | 'public'
  readonly asked: RequestCase
  readonly bodies: (() => unknown) | undefined
  readonly share: number
}

export type BodiesResult = {
  readonly sent: number
  /** route × status × how often */
  readonly statuses: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** answers of 500 and above, refusals without code and sentence, no answer at all, errors of the log */
  readonly failures: readonly string[]
  /** routes of which no valid request was let in, or no odd one refused by what it says */
  readonly notEntered: readonly string[]
  /** what the hub shows and SQL does not, at the end */
  readonly differences: readonly string[]
}

/** Every route that takes a body or a query, by the reference that the hub itself serves. */
function routesOf(document: Document, open: Readonly<Record<string, RequestCase>>): FuzzedRoute[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]): FuzzedRoute[] => {
      const name = `${method.toUpperCase()} ${path}`
      const schema = operation.requestBody?.content?.['application/json']?.schema
      if (schema === undefined && !operation.parameters?.some((one) => one.in === 'query')) return []
      const asked = REQUESTS[name] ?? open[name] ?? openGet(path)
      return [
        {
          name,
          method: method.toUpperCase(),
          action: operation[ACTION_KEY] ?? 'public',
          asked,
          bodies: schema === undefined ? undefined : endless(almost(schema)),
          share: COSTLY.test(name) ? 0.1 : 1,
        },
      ]
    }),
  )
}

function openGet(path: string): RequestCase {
  let turn = 0
  return {
    allowed: [200],
    request({ world }) {
      const all = PATHS[path]?.({} as Fed, world) ?? [path]
      return { path: all[turn++ % all.length] ?? path }
    },
  }
}

function endless(bodies: fc.Arbitrary<unknown>): () => unknown {
  let made: unknown[] = []
  return () => {
    if (made.length === 0) made = fc.sample(bodies, 40)
    return made.pop()
  }
}

type Crew = { readonly stands: readonly Stand[]; readonly worlds: { readonly own: World; readonly foreign: World } }

/** Places of a district of their own, and accounts of every role there, of the province and of the district. */
async function newCrew(pool: pg.Pool, district: string, foreign: World): Promise<Crew> {
  const own = (await makeWorld(pool, district)).world
  const all: Stand[] = []
  for (let copy = 0; copy < COPIES; copy++) {
    for (const { subject, grant } of [...stands(own), ...districtStands(own)]) {
      if (grant === null) {
        all.push({ subject, grant })
        continue
      }
      const account = randomUUID()
      await pool.query(`insert into accounts (id, name, email, username) values ($1, 'Test', $2, $3)`, [
        account,
        `${account}@test.example`,
        `t-${account.slice(0, 30)}`,
      ])
      const stand: Stand = { subject, grant: { ...grant, account } }
      await storeSession(pool, stand.grant as Grant, Date.now())
      if (grant.role !== 'unbound')
        await pool.query(
          `insert into account_grants (account_id, role, areas, facility_id, label) values ($1, $2, $3, $4, $5)`,
          [account, grant.role, grant.areas, grant.facility, grant.label],
        )
      all.push(stand)
    }
  }
  return { stands: all, worlds: { own, foreign } }
}

/** A hub that asks its database, for the stream has paused, believes a session's cookie by its signature alone. */
const signed = (cookies: string): string =>
  cookies.replace(/(session_token=)(\w+)\./, (_, name, token) => {
    const signature = createHmac('sha256', SECRET).update(token).digest('base64')
    return `${name}${encodeURIComponent(`${token}.${signature}`)}`
  })

type Answer = { readonly status: number; readonly text: string; readonly type: string }

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE })

function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}${path}`, { method, agent, headers, timeout: ANSWER_MS_MAX }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          type: response.headers['content-type'] ?? '',
        }),
      )
      response.on('error', reject)
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${ANSWER_MS_MAX} ms`)))
    request.on('error', reject)
    request.end(body)
  })
}

function judge({ status, text, type }: Answer): string | undefined {
  if (status >= 500) return `${status}: ${text.slice(0, 300)}`
  if (status < 400) return undefined
  if (!type.includes('json')) return `${status} of type ${type}: ${text.slice(0, 200)}`
  const { error, error_description: described } = JSON.parse(text) as { error?: unknown; error_description?: unknown }
  // RFC 8628 has a shape of its own.
  if (typeof error === 'string' && typeof described === 'string') return undefined
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && code !== '' && typeof message === 'string' && message !== '') return undefined
  return `${status} without code and sentence: ${text.slice(0, 200)}`
}

export type BodiesOptions = {
  readonly database: TestDatabase
  readonly count: number
  readonly seed: number
  /** ms after which no more are sent */
  readonly msMax?: number
  readonly onMinute?: (sent: number, failures: readonly string[]) => void
}

/**
 * Sends `count` requests with odd bodies or queries to a hub as an operator runs it: every route that takes one, as each
 * role, a stranger and somebody of another place; the first of each route, and some later, are valid.
 */
export async function fuzzRunning({ database, count, seed, msMax, onMinute }: BodiesOptions): Promise<BodiesResult> {
  const { pool } = database
  await pool.query(`update operation set kind = 'drill'`)
  const random = randomOf(seed)
  const odd = createOdd(random)
  const { rows: areas } = await pool.query<{ code: string }>(
    `select code from areas where length(code) = 4 and code < '90' and code not like '%00' order by hashtext(code)`,
  )
  const foreignWorld = (await makeWorld(pool, FOREIGN)).world
  const hub = await startProduction(database, { ...UNBOUND, TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'info' }, SECRET)
  const failures: string[] = []
  const fail = (what: string) => void (failures.length < 500 && failures.push(what))
  let over = false
  void new Promise((gone) => hub.child.once('exit', gone)).then((code) => over || fail(`the hub ended with ${code}`))
  for (const stream of [hub.child.stdout, hub.child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      const level = line.startsWith('{') ? (JSON.parse(line) as { level: number }).level : 50
      if (!over && (level >= 50 || /unhandled|uncaught/i.test(line))) fail(`log: ${line.slice(0, 4000)}`)
    })
  }
  const codes: string[] = []
  const open = openRequests(() => codes[Math.floor(random() * codes.length)] ?? '')
  const askForHelp = open['POST /api/help']?.request
  if (askForHelp === undefined) throw new Error('nobody asks for help')
  const document = (await (await fetch(`${hub.url}/api/openapi.json`)).json()) as Document
  const routes = routesOf(document, open)
  const statuses: Record<string, Record<string, number>> = {}
  const valid = new Set<string>()
  const refused = new Set<string>()
  const odds = new Map<string, number>()
  const address = () => `198.18.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}`
  let crew: Crew
  let turn = 0
  const prepared = new Map<string, { readonly target: Target; readonly request: Prepared; uses: number }>()

  const renew = async (): Promise<void> => {
    crew = await newCrew(pool, areas[turn++ % areas.length]?.code ?? '', foreignWorld)
    prepared.clear()
    codes.length = 0
    // What was set by the odd ones that were taken.
    await pool.query(`update operation set kind = 'drill', day = (now() at time zone 'Asia/Bangkok')::date`)
    for (let i = 0; i < 5; i++) {
      const { path, body } = await askForHelp({ world: crew.worlds.own } as Target)
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'x-forwarded-for': address(),
      }
      const { text } = await send(hub.url, 'POST', path, headers, Buffer.from(JSON.stringify(body)))
      codes.push((JSON.parse(text) as { code: string }).code)
    }
  }

  const targetOf = ({ grant }: Stand, foreign: boolean): Target => ({
    ...{ pool, grant, held: true },
    world: foreign ? crew.worlds.foreign : crew.worlds.own,
    colleague:
      crew.stands.find((other) => other.subject === 'responder' && other.grant?.account !== grant?.account)?.grant
        ?.account ?? '',
  })

  function mayAsk({ action, asked }: FuzzedRoute, target: Target): boolean {
    if (action === 'public') return true
    const { grant } = target
    return (asked.resource ? can(grant, action, asked.resource(target)) : mayEver(grant, action)).allowed
  }

  /** Somebody who may, mostly. */
  function standFor(route: FuzzedRoute, lets: boolean): Stand {
    for (let tries = 0; tries < 200; tries++) {
      const stand = odd.pick(crew.stands)
      if (mayAsk(route, targetOf(stand, false)) === lets) return stand
    }
    return odd.pick(crew.stands)
  }

  /** One after the other: two rows of which there may be one would break on each other, and on what the hub was sent. */
  let line: Promise<unknown> = Promise.resolve()
  function prepare({ asked }: FuzzedRoute, target: Target): Promise<Prepared> {
    const made = line.then(async () => {
      for (let tries = 1; ; tries++) {
        try {
          return await asked.request(target)
        } catch (error) {
          if (tries === 5 || (error as { code?: unknown }).code !== '23505') throw error
        }
      }
    })
    line = made.catch(() => undefined)
    return made
  }

  async function one(route: FuzzedRoute, first: boolean): Promise<void> {
    const asIs = first || odd.rarely(0.04)
    const lets = asIs || odd.rarely(0.8)
    const stand = standFor(route, lets)
    const foreign = !lets && odd.rarely(0.3)
    const key = `${route.name} ${stand.grant?.account} ${foreign}`
    let ready = asIs ? undefined : prepared.get(key)
    if (ready === undefined || ready.uses >= USES) {
      const target = targetOf(stand, foreign)
      ready = { target, request: await prepare(route, target), uses: 0 }
      prepared.set(key, ready)
    }
    ready.uses++
    const { request } = ready
    const [path = '', query = ''] = request.path.split('?')
    const headers: Record<string, string> = { ...request.headers, 'x-forwarded-for': address() }
    const cookie = passOf(stand.grant, Date.now())
    if (cookie !== undefined) headers.cookie = signed(cookie)
    if (headers['idempotency-key'] !== undefined && !asIs && !odd.rarely(0.03))
      headers['idempotency-key'] = randomUUID()
    if (!asIs && odd.rarely(0.01)) headers['idempotency-key'] = odd.pick(['', 'x', 'x'.repeat(300), '%00'])
    if (route.method !== 'GET') headers.origin = hub.url
    let body: OddBody | undefined
    if (route.bodies !== undefined) {
      body = asIs
        ? { bytes: Buffer.from(JSON.stringify(request.body)), type: 'application/json', done: 'valid' }
        : odd.of(odd.rarely(0.35) ? route.bodies() : request.body)
      if (body.type !== null) headers['content-type'] = body.type
      if (body.encoding !== undefined) headers['content-encoding'] = body.encoding
      headers['content-length'] = String(body.bytes.length)
    }
    const asked = asIs || (route.bodies !== undefined && !odd.rarely(0.05)) ? query : odd.query(query)
    const to =
      !asIs && odd.rarely(0.01)
        ? path.replace(/\d+(?=\/|$)/, odd.pick(['%00', '-1', '9'.repeat(30), '1e3', '0x1']))
        : path
    const said = () =>
      `${route.name} as ${stand.subject}: ${to}${asked && `?${asked}`} ${body?.done ?? ''} ${body?.bytes.subarray(0, 400).toString() ?? ''}`
    try {
      const answer = await send(hub.url, route.method, asked === '' ? to : `${to}?${asked}`, headers, body?.bytes)
      const counted = statuses[route.name] ?? {}
      statuses[route.name] = { ...counted, [answer.status]: (counted[answer.status] ?? 0) + 1 }
      const wrong = judge(answer)
      if (wrong !== undefined) fail(`${said()}: ${wrong}`)
      if (asIs && (answer.status < 300 || (answer.status < 500 && route.asked.allowed.includes(answer.status))))
        valid.add(route.name)
      if (asIs || !lets) return
      odds.set(route.name, (odds.get(route.name) ?? 0) + 1)
      if ([400, 413, 415, 422].includes(answer.status)) refused.add(route.name)
    } catch (error) {
      fail(`${said()}: ${String(error)}`)
    }
  }

  let resets: NodeJS.Timeout | undefined
  try {
    await renew()
    resets = setInterval(() => {
      // An odd one that was taken begins the real thing, or asks for second factors: nobody here has one.
      const done = pool.query(`with real as (update operation set kind = 'drill' where kind <> 'drill')
        update sign_in_rules set factor_from = null where factor_from is not null`)
      void done.catch((error: unknown) => fail(String(error)))
    }, RESET_MS)
    const started = performance.now()
    let renewed = started
    let minute = started
    let sent = 0
    let renewing: Promise<void> | undefined
    const next = (): FuzzedRoute => {
      for (;;) {
        const route = odd.pick(routes)
        if (random() < route.share) return route
      }
    }
    const again: { readonly route: FuzzedRoute; readonly tries: number }[] = []
    const retryEvery = Math.max(1, Math.floor(Math.min(count, 50_000) / (2 * VALID_TRIES_MAX)))
    const firsts = routes.map((route) => ({ route, tries: 0 }))
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (sent < count && !over && hub.child.exitCode === null) {
          if (msMax !== undefined && performance.now() - started > msMax) break
          sent++
          if (performance.now() - renewed > RENEW_MS) {
            renewed = performance.now()
            renewing = renew()
          }
          await renewing
          if (performance.now() - minute > 60_000) {
            minute = performance.now()
            onMinute?.(sent, failures)
          }
          const first = firsts.pop()
          await one(first?.route ?? next(), first !== undefined)
          // Somebody else may have changed meanwhile what it was about.
          if (first && !valid.has(first.route.name) && first.tries < VALID_TRIES_MAX)
            again.push({ route: first.route, tries: first.tries + 1 })
          if (sent % retryEvery === 0) firsts.push(...again.splice(0))
        }
      }),
    )
    const { differences } = await verify({
      ...{ ownerUrl: database.url, hubUrl: hub.url, scopes: [], lock: 'when-needed', now: () => performance.now() },
    })
    return {
      sent,
      statuses,
      failures,
      notEntered: routes.flatMap(({ name, bodies }) => {
        const looked = bodies === undefined || refused.has(name) || (odds.get(name) ?? 0) < ODDS_FOR_A_REFUSAL
        if (valid.has(name) && looked) return []
        return [`${name}: ${looked ? 'no valid one let in' : 'no odd one refused'}, ${JSON.stringify(statuses[name])}`]
      }),
      differences: differences.map(({ scope, key, hub: held, sql }) => `${scope} ${key}: ${held}, SQL ${sql}`),
    }
  } finally {
    over = true
    clearInterval(resets)
    await hub.kill('SIGTERM')
    agent.destroy()
  }
}
