import { randomInt } from 'node:crypto'
import { WebSocket } from 'ws'
import { SEALED, type SealedTableName } from '../../db/personal/columns.ts'
import type { HubMessage } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import type { Subject } from '../../hub/contract/vocabulary/roles.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import { openTable } from '../support/people.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { makeWorld } from '../support/rls-rows.ts'
import { type Ask, type Fed, feedCanaries, HOLDER } from './canary-feed.ts'
import { askEverything, revealAll } from './canary-routes.ts'
import { type Canary, findCanaries } from './canary-words.ts'
import { SECRET, UNBOUND } from './hub.ts'
import { passOf, type Stand, stands, storeStands } from './subjects.ts'

export type CanarySearch = {
  readonly bytes: number
  /** `<canary> in <place>` */
  readonly hits: readonly string[]
  /** bytes searched by place */
  readonly places: Readonly<Record<string, number>>
  /** how many were fed in */
  readonly fed: number
  /** those that do not stand in the table where they belong, or were not revealed to who may see them */
  readonly lost: readonly string[]
  /** where a canary is found that is put, on purpose, where the hub publishes it */
  readonly planted: readonly string[]
}

/** Opens pages as somebody, in a browser. @returns what each shows, by its address */
export type Render = (
  url: string,
  cookie: string,
  paths: readonly string[],
) => Promise<Readonly<Record<string, string>>>

const DISTRICT = '5001'
/** Their cases have needs; a positive test alone has none and so no board and no presence. */
const ON_BOARD = ['help', 'request', 'patient']
/** Looks at the board of the province, and holds nothing. */
const ONLOOKER = 'responder'
const PAGES = ['/wall', '/wall/50', '/province/50', '/board', '/start']
const EVERYONES = [
  '/wall',
  '/board',
  '/record',
  '/help',
  '/metrics',
  '/healthz',
  '/readyz',
  '/api/openapi.json',
  '/api/reference',
]
/** An answer that shows the office that has taken the responsibility: who reads the case is to know it. */
const SHOWS_OVERRIDE = /^(?:GET \/api\/cases(?:\?|\/\d+(?:\/events)?$)|POST \/api\/cases\/\d+\/(?:place|contacts)$)/

/**
 * Feeds canaries through every personal field of a production hub and searches every byte that leaves it: the decoded
 * replication stream, all scopes, a signed-in responder's frames, the log at `trace`, metrics, and every answer.
 * @param render also what walls, the board and a status page show
 */
export async function searchCanaries(render?: Render): Promise<CanarySearch> {
  const database = await createTestDatabase()
  await database.pool.query(`update operation set kind = 'drill'`)
  const { world } = await makeWorld(database.pool, DISTRICT)
  const all = stands(world)
  await storeStands(database.pool, all)
  const heard = { stream: '', frames: '', log: '' }
  const situation = new Situation()
  const source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => {
      heard.stream += JSON.stringify([...snapshot.rows])
      situation.reset(snapshot)
    },
    onTransaction: (tx) => {
      heard.stream += JSON.stringify(tx)
      situation.apply(tx)
    },
    onState: () => undefined,
  })
  const hub = await startProduction(database, { LOG_LEVEL: 'trace', ...UNBOUND }, SECRET)
  for (const stream of [hub.child.stdout, hub.child.stderr])
    stream?.on('data', (data: Buffer) => {
      heard.log += data.toString()
    })
  const answers: Record<string, string> = {}
  const ask = asking(hub, all, answers)
  const watcher = await watch(hub, all, (text) => {
    heard.frames += text
  })
  try {
    const fed = await feedCanaries(database, world, ask)
    const onBoard = ON_BOARD.flatMap((who) => fed.people[who]?.case ?? [])
    await watcher.follow(['board:50', ...onBoard.map((id): Scope => `presence:${id}`)])
    for (const id of onBoard) await looksAt(ask, id)
    const document = await (await fetch(`${hub.url}/api/openapi.json`)).json()
    await askEverything(ask, document, all, fed, world)
    const revealed = await revealAll(ask, all, fed, HOLDER, DISTRICT)
    await caughtUp(database, situation)

    const scopes = new Set<Scope>(watcher.scopes())
    const collect = async (): Promise<Readonly<Record<string, string>>> => ({
      ...heard,
      ...Object.fromEntries([...scopes].map((scope) => [scope, JSON.stringify(situation.since(scope, 0))])),
      ...Object.fromEntries(await Promise.all(EVERYONES.map(async (path) => [path, await textOf(hub, path)]))),
      ...answers,
      ...(await render?.(hub.url, cookieOf(all, ONLOOKER), [...PAGES, `/help/status#${fed.code}`])),
    })
    const searched = await collect()
    const planted = await plant(database, situation, fed.people.help!.canaries.phone)
    await ask(ONLOOKER, 'GET', '/api/cases?area=50&limit=200')
    await ask('public', 'GET', '/api/help/status', { headers: { 'tracking-code': fed.code } })
    const withPlanted = await collect()
    // Looking through it takes seconds in which this process hears nothing: the socket would be given up.
    const lost = [...(await missing(database, fed.canaries)), ...notRevealed(fed, revealed)]
    const hits = leaks(fed, searched)
    const places = sizes(searched)
    return {
      bytes: Object.values(places).reduce((sum, size) => sum + size, 0),
      hits,
      places,
      fed: fed.canaries.length,
      lost,
      planted: findCanaries([planted], withPlanted),
    }
  } catch (error) {
    throw new Error(`with a hub that said last: ${hub.said().slice(-5).join(' | ')}`, { cause: error })
  } finally {
    watcher.close()
    await hub.kill('SIGTERM')
    await source.stop()
    await database.drop()
  }
}

/** Keeps every answer by method and path, but what is revealed to somebody who may see it. */
function asking(hub: ProductionHub, all: readonly Stand[], answers: Record<string, string>): Ask {
  return async (subject, method, path, { body, raw, headers } = {}, secret = false) => {
    const cookie = cookieOf(all, subject)
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(hub.url + path, {
      method,
      headers: {
        ...headers,
        ...(cookie && { cookie }),
        ...(text !== undefined && { 'content-type': 'application/json' }),
      },
      ...(text !== undefined && { body: text }),
    })
    const answer = await response.text()
    if (!secret) answers[`${method} ${path}`] = (answers[`${method} ${path}`] ?? '') + answer
    return { status: response.status, text: answer }
  }
}

function cookieOf(all: readonly Stand[], subject: Subject): string {
  return passOf(all.find((stand) => stand.subject === subject)?.grant ?? null, Date.now()) ?? ''
}

async function textOf(hub: ProductionHub, path: string): Promise<string> {
  const response = await fetch(hub.url + path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.text()
}

async function looksAt(ask: Ask, id: number): Promise<void> {
  const { status, text } = await ask(ONLOOKER, 'PUT', `/api/cases/${id}/presence`)
  if (status !== 200) throw new Error(`nobody may look at case ${id}: ${status} ${text}`)
}

type Watcher = { follow(scopes: readonly Scope[]): Promise<void>; scopes(): readonly Scope[]; close(): void }

/** A responder's socket. Every scope that is asked for must be answered with its rows. */
async function watch(hub: ProductionHub, all: readonly Stand[], hear: (text: string) => void): Promise<Watcher> {
  const cookie = cookieOf(all, ONLOOKER)
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, { headers: { cookie } })
  const answered = new Map<string, string>()
  const asked: Scope[] = []
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    hear(text)
    const message = JSON.parse(text) as HubMessage
    if (message.t === 'delta' || message.t === 'deny') answered.set(message.s, message.t)
  })
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', resolve)
  })
  const watcher: Watcher = {
    scopes: () => asked,
    close: () => socket.terminate(),
    async follow(scopes) {
      for (const s of scopes) socket.send(JSON.stringify({ t: 'sub', s, at: 0 }))
      asked.push(...scopes)
      await until('the scopes are answered', () => scopes.every((s) => answered.has(s)))
      const denied = scopes.filter((s) => answered.get(s) === 'deny')
      if (denied.length > 0) throw new Error(`a responder may not follow ${denied.join(', ')}`)
    },
  }
  await watcher.follow(['nation', 'province:50', 'province:10', 'public:50', 'board:50'])
  return watcher
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; !holds(); i++) {
    if (i > 2000) throw new Error(`not within 20 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function caughtUp(database: TestDatabase, situation: Situation): Promise<void> {
  const title = `canary round ${randomInt(1_000_000)}`
  await database.pool.query('update operation set title_en = $1', [title])
  await until('the stream catches up', () => JSON.stringify(situation.row('operation/1') ?? '').includes(title))
  // The hub's own frames and log lines follow within a tick.
  await new Promise((resolve) => setTimeout(resolve, 1500))
}

function leaks({ canaries, override }: Fed, searched: Readonly<Record<string, string>>): string[] {
  return findCanaries(canaries, searched).filter((hit) => {
    const [name, place = ''] = hit.split(' in ')
    return name !== override.name || !SHOWS_OVERRIDE.test(place)
  })
}

function sizes(searched: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(Object.entries(searched).map(([place, text]) => [place, Buffer.byteLength(text)]))
}

/** Those that do not stand in the table where they belong: of them the search would prove nothing. */
async function missing({ pool }: TestDatabase, canaries: readonly Canary[]): Promise<string[]> {
  const tables = [...new Set(canaries.map(({ table }) => table))]
  const kept = Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, JSON.stringify(await rowsOf(pool, table))])),
  )
  return canaries
    .filter((canary) => findCanaries([canary], { kept: kept[canary.table] }).length === 0)
    .map(({ name }) => `${name} in its table`)
}

async function rowsOf(pool: TestDatabase['pool'], table: string): Promise<unknown[]> {
  if (table in SEALED) return openTable(pool, table as SealedTableName)
  return (await pool.query(`select t::text from ${table} t`)).rows
}

/** A holder and a supervisor see all of it: what nobody could be shown would not be hidden either. */
function notRevealed({ people, contactNote, more }: Fed, revealed: Readonly<Record<string, string>>): string[] {
  return Object.entries(revealed).flatMap(([who, text]) => {
    const canaries = Object.values(people[who.split(' ')[0]!]!.canaries)
    const expected = who.startsWith('help') ? [...canaries, contactNote, more] : canaries
    const found = findCanaries(expected, { text })
    return expected
      .filter(({ name }) => !found.includes(`${name} in text`))
      .map(({ name }) => `${name} revealed to ${who}`)
  })
}

/** Puts a phone number where boards show a call-sign: a search that cannot find it there finds nothing anywhere. */
async function plant(database: TestDatabase, situation: Situation, phone: Canary): Promise<Canary> {
  await database.pool.query('update needs set holder_label = $1 where claimed_by is not null', [
    `Team ${phone.typed.slice(1)}`,
  ])
  await caughtUp(database, situation)
  return phone
}
