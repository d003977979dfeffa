import { beforeAll, expect, test } from 'vitest'
import { serveHub } from '../http/served-hub.ts'
import { forFile } from '../support/for-file.ts'
import { makeWorld, type World } from '../support/rls-rows.ts'
import type { Fed } from './canary-feed.ts'
import { PATHS } from './canary-routes.ts'
import type { Prepared, Target } from './request-case.ts'
import { REQUESTS } from './requests.ts'
import { routesOf } from './routes.ts'
import { passOf, type Stand, stands, storeStands } from './subjects.ts'

const served = await forFile(async (add) => {
  const served = await serveHub()
  add(() => served.stop())
  return served
})
const { hub, database } = served
/** Leads to an agency that is not set up; streams of the public feed are addressed by positions. */
const NOT_ASKED = ['/api/auth/callback/agency', '/feed/{scope}/{epoch}/{part}']
/** What was opened, downloaded or refused is said there, and nowhere else. */
const SAID = ['audit_log', 'audit_pending']

/** Every table's content, hashed; but for when a screen was last on, which it says of itself by asking, once a minute. */
async function content(): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows: hashed } = await database.pool.query<{ hash: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg((to_jsonb(t) - 'seen_at')::text, ',' order by t::text)), '') as hash from "${name}" t`,
    )
    found[name] = hashed[0]?.hash ?? ''
  }
  return found
}

type Asked = { readonly name: string; readonly stand: Stand; readonly request: Prepared }
const asked: Asked[] = []
const answered = new Map<string, number[]>()
const dispositions = new Set<string>()
let before: Record<string, string>
let after: Record<string, string>

beforeAll(async () => {
  served.takeSnapshot()
  hub.authorizer.onSnapshot([{ table: 'operation', row: { id: '1', kind: 'drill' } }])
  await database.pool.query(`update operation set kind = 'drill'`)
  const { world } = await makeWorld(database.pool, '5001')
  const all = stands(world)
  await storeStands(database.pool, all)
  for (const { name } of routesOf(hub)) {
    const [method, path = ''] = name.split(' ')
    if (method !== 'GET' || NOT_ASKED.includes(path)) continue
    for (const stand of all)
      asked.push(...(await requestsOf(name, path, stand, world)).map((request) => ({ name, stand, request })))
  }
  before = await content()
  for (const { name, stand, request } of asked) {
    const { path, ...options } = request
    const response = await hub.fetch('GET', path, { ...options, cookie: passOf(stand.grant, hub.deps.clock.now()) })
    const disposition = response.headers.get('content-disposition')
    if (disposition !== null) dispositions.add(disposition)
    answered.set(name, [...(answered.get(name) ?? []), response.status])
    await response.arrayBuffer()
  }
  after = await content()
}, 300_000)

async function requestsOf(name: string, path: string, { grant }: Stand, world: World): Promise<Prepared[]> {
  const target: Target = { ...{ world, grant, held: true, colleague: '' }, pool: database.pool }
  const one = REQUESTS[name]
  if (one !== undefined) return [await one.request(target)]
  return (PATHS[path]?.({} as Fed, world) ?? [path]).map((each) => ({ path: each }))
}

test('no GET, whoever asks it, changes a row of any table but the audit log', () => {
  const changed = Object.keys(after).filter((table) => after[table] !== before[table] && !SAID.includes(table))
  expect(changed).toEqual([])
  expect(asked.length).toBeGreaterThan(1_000)
  const silent = [...answered].filter(([, statuses]) => !statuses.includes(200)).map(([route]) => route)
  // There is no such account, message or screen, no code was given, and this hub has no stream of its own.
  expect(
    silent.filter((route) => !/cap\/(?:public\/)?messages|help\/status|screens\/|metrics|readyz/.test(route)),
  ).toEqual([])
})

test('every file that is sent has a name of the hub’s own: letters, digits, areas and days', () => {
  expect([...dispositions].filter((one) => !/^attachment; filename="[A-Za-z0-9][A-Za-z0-9.-]*"$/.test(one))).toEqual([])
  for (const name of ['jitasa-audit.csv', 'facilities', '5001'])
    expect(
      [...dispositions].some((one) => one.includes(name)),
      name,
    ).toBe(true)
})
