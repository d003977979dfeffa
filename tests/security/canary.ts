import { randomInt, randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { systemClock } from '../../hub/clock.ts'
import { createLogger } from '../../hub/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import type { Scope } from '../../hub/wire/scopes.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'

export type CanarySearch = {
  readonly bytes: number
  /** `<canary> in <place>` */
  readonly hits: readonly string[]
  /** bytes searched by place */
  readonly places: Readonly<Record<string, number>>
  /** canaries that stand in PostgreSQL, where they belong */
  readonly kept: number
}

const WATCHED: readonly Scope[] = ['nation', 'province:50', 'alerts']
const ALL_SCOPES: readonly Scope[] = [...WATCHED, 'board:50', 'board:10', 'province:10', 'presence:1', 'presence:2']
const PUBLIC_ANSWERS = [
  '/metrics',
  '/readyz',
  '/api/openapi.json',
  '/api/situation?scope=nation',
  '/api/situation?scope=province:50',
  '/api/areas?parent=50',
  '/api/config',
  '/wall',
]
const PERSONAL_TABLES = ['people', 'case_private', 'contact_notes', 'vulnerable', 'help_requests']

/** Words that stand nowhere else: one in every field that takes something personal. */
function makeCanaries() {
  const word = (name: string): string => `canary${name}${randomUUID().slice(0, 8)}`
  return {
    name: word('name'),
    phone: `08${randomInt(10_000_000, 99_999_999)}`,
    idNumber: `CN${randomInt(1_000_000, 9_999_999)}`,
    address: word('address'),
    note: word('note'),
    more: word('more'),
    contactNote: word('contact'),
    lat: '18.7913577531',
    lon: '98.9824681357',
  }
}

/**
 * Feeds canaries through every personal field of a production hub and searches every byte that leaves it: the decoded
 * replication stream, all scopes, the frames of sockets, the log at `trace`, metrics, public answers.
 */
export async function searchCanaries(): Promise<CanarySearch> {
  const database = await createTestDatabase()
  await database.pool.query(`update operation set kind = 'drill'`)
  const canaries = makeCanaries()
  const searched: Record<string, string> = { stream: '', frames: '' }
  const situation = new Situation()
  const source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => {
      searched.stream += JSON.stringify([...snapshot.rows])
      situation.reset(snapshot)
    },
    onTransaction: (tx) => {
      searched.stream += JSON.stringify(tx)
      situation.apply(tx)
    },
    onState: () => undefined,
  })
  const hub = await startProduction(database, { LOG_LEVEL: 'trace' })
  const watcher = await watch(hub, (text) => {
    searched.frames += text
  })
  try {
    const code = await askForHelp(hub, canaries)
    await workOnCases(database, hub, canaries, code)
    await caughtUp(database, situation)
    searched.log = hub.said().join('\n')
    for (const scope of ALL_SCOPES) searched[scope] = JSON.stringify(situation.since(scope, 0))
    for (const path of PUBLIC_ANSWERS) searched[path] = await (await fetch(hub.url + path)).text()
    searched.status = await (await fetch(`${hub.url}/api/help/${code}`)).text()
    return {
      ...search(searched, canaries),
      kept: await countKept(database, canaries),
    }
  } catch (error) {
    throw new Error(`with a hub that said last: ${hub.said().slice(-5).join(' | ')}`, { cause: error })
  } finally {
    watcher.terminate()
    await hub.kill('SIGTERM')
    await source.stop()
    await database.drop()
  }
}

function watch(hub: ProductionHub, hear: (text: string) => void): Promise<WebSocket> {
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/live?v=2`)
  socket.on('message', (data: Buffer) => hear(data.toString()))
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      for (const scope of WATCHED) socket.send(JSON.stringify({ t: 'sub', s: scope, at: 0 }))
      resolve(socket)
    })
  })
}

type Canaries = ReturnType<typeof makeCanaries>

async function post(hub: ProductionHub, path: string, body: unknown): Promise<Response> {
  return fetch(hub.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  })
}

/** @returns the tracking code */
async function askForHelp(hub: ProductionHub, canaries: Canaries): Promise<string> {
  const response = await post(hub, '/api/help', {
    language: 'en',
    consent: { given: true, version: '2026-11' },
    name: canaries.name,
    phone: canaries.phone,
    id: { kind: 'passport', number: canaries.idNumber },
    address: canaries.address,
    note: canaries.note,
    needs: ['bed', 'food'],
    symptoms: [],
    risks: [],
    place: { point: { lat: Number(canaries.lat), lon: Number(canaries.lon) } },
  })
  const answer = (await response.json()) as { code?: string }
  if (response.status !== 201 || !answer.code) throw new Error(`the request was refused: ${JSON.stringify(answer)}`)
  return answer.code
}

/** What follows a request: more from the person, mistakes with personal data in them, contacts, triage, a claim. */
async function workOnCases(
  database: TestDatabase,
  hub: ProductionHub,
  canaries: Canaries,
  code: string,
): Promise<void> {
  await post(hub, `/api/help/${code}/more`, { text: canaries.more, note: canaries.more })
  // Broken bodies with personal data in them must not be quoted by an error's log line.
  await post(hub, '/api/help', { name: canaries.name, phone: canaries.phone, needs: 'x' })
  await fetch(`${hub.url}/api/help`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"name":"${canaries.name}"`,
  })
  const { pool } = database
  await pool.query(`update cases set severity = 'red', stage = 'triaged'`)
  await pool.query(`update needs set status = 'claimed', claimed_by = gen_random_uuid(), holder_label = 'Team 7', claimed_at = now(),
    lease_until = now() + interval '1 hour', fence = 1 where id = (select min(id) from needs)`)
  await pool.query(`update people set full_name = full_name || ' ', phone = phone`)
  await pool.query(
    `with made as (insert into contacts (case_id, district, channel, result, actor, actor_label, at, recorded_at)
       select id, district, 'phone', 'reached', gen_random_uuid(), 'Team 7', now(), now() from cases limit 1 returning id)
     insert into contact_notes (contact_id, note) select id, $1 from made`,
    [canaries.contactNote],
  )
  await pool.query(`select jitasa_look_at(id, gen_random_uuid(), 'Team 7', 45) from cases`)
}

async function caughtUp(database: TestDatabase, situation: Situation): Promise<void> {
  const title = `canary round ${randomInt(1_000_000)}`
  await database.pool.query('update operation set title_en = $1', [title])
  for (let i = 0; !JSON.stringify(situation.row('operation/1') ?? '').includes(title); i++) {
    if (i > 1000) throw new Error('the stream does not catch up')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  // The hub's own frames and log lines follow within a tick.
  await new Promise((resolve) => setTimeout(resolve, 1500))
}

function search(searched: Readonly<Record<string, string>>, canaries: Canaries): Omit<CanarySearch, 'kept'> {
  const hits: string[] = []
  const places: Record<string, number> = {}
  for (const [place, text] of Object.entries(searched)) {
    places[place] = Buffer.byteLength(text)
    for (const [name, value] of Object.entries(canaries)) if (text.includes(value)) hits.push(`${name} in ${place}`)
  }
  return { bytes: Object.values(places).reduce((sum, size) => sum + size, 0), hits, places }
}

async function countKept(database: TestDatabase, canaries: Canaries): Promise<number> {
  const dumps = await Promise.all(
    PERSONAL_TABLES.map(async (table) =>
      JSON.stringify((await database.pool.query(`select t::text from ${table} t`)).rows),
    ),
  )
  const all = dumps.join('\n')
  return Object.values(canaries).filter((value) => all.includes(value)).length
}
