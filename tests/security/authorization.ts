import type pg from 'pg'
import { createPool } from '../../db/client.ts'
import { publicContext, type RlsContext } from '../../db/queries/rls.ts'
import { authorizeScope, can, mayEver } from '../../hub/authorize/decide.ts'
import type { Grant } from '../../hub/authorize/grant.ts'
import { isEphemeral, type Scope } from '../../hub/contract/live/scopes.ts'
import type { Action } from '../../hub/contract/vocabulary/actions.ts'
import { insertRow, makeWorld, RLS_TABLES, type World } from '../support/rls-rows.ts'
import { startHub, type TestHub } from './hub.ts'
import type { RequestCase, Target } from './request-case.ts'
import { REQUESTS } from './requests.ts'
import { hasRight, publicHasRight, RIGHTS, type Right } from './rights.ts'
import { routesOf } from './routes.ts'
import { districtStands, passOf, type Stand, stands, storeSession, storeStands } from './subjects.ts'

/** A fresh, migrated and seeded database. */
export type FreshDatabase = { readonly pool: pg.Pool; readonly apiUrl: string; readonly authUrl: string }

/**
 * `cells`: route, scope or table right × role × place: roles of a province against a foreign one, roles of a district
 * against the district beside it. `failures`: what was not as the table says.
 */
export type CellCount = {
  readonly cells: { readonly routes: number; readonly scopes: number; readonly rows: number }
  readonly failures: readonly string[]
}

const OWN_DISTRICT = '5001'
/** of the same province */
const NEXT_DISTRICT = '5002'
const FOREIGN_DISTRICT = '1001'

type Place = {
  readonly name: 'own' | 'next' | 'foreign'
  readonly world: World
  readonly keys: Readonly<Record<string, unknown>>
}

type Setting = {
  readonly database: FreshDatabase
  readonly places: readonly Place[]
  readonly stands: readonly Stand[]
  /** what those who stand here are called in a failure */
  readonly of: 'province' | 'district'
}

/** Asks the real application and the real database for every cell of the table, and compares. */
export async function countAuthorizationCells(database: FreshDatabase): Promise<CellCount> {
  const own = await makeWorld(database.pool, OWN_DISTRICT)
  const next = await makeWorld(database.pool, NEXT_DISTRICT)
  const foreign = await makeWorld(database.pool, FOREIGN_DISTRICT)
  const settings: readonly Setting[] = [
    {
      database,
      of: 'province',
      places: [
        { name: 'own', ...own },
        { name: 'foreign', ...foreign },
      ],
      stands: stands(own.world),
    },
    {
      database,
      of: 'district',
      places: [
        { name: 'own', ...own },
        { name: 'next', ...next },
      ],
      stands: districtStands(own.world),
    },
  ]
  for (const setting of settings) await storeStands(database.pool, setting.stands)
  const failures: string[] = []
  const hub = startHub({
    ...database,
    sourceState: () => ({ kind: 'streaming', since: 0, position: 1, heardAt: 1, lagBytes: 0, retainedBytes: 0 }),
  })
  try {
    hub.authorizer.onSnapshot([{ table: 'operation', row: { id: '1', kind: 'drill' } }])
    const cells = { routes: 0, scopes: 0, rows: 0 }
    for (const setting of settings) {
      cells.routes += await routeCells(setting, hub, failures)
      cells.scopes += await scopeCells(setting, hub, failures)
      cells.rows += await rowCells(setting, failures)
    }
    return { cells, failures }
  } finally {
    await hub.stop()
  }
}

async function routeCells(setting: Setting, hub: TestHub, failures: string[]): Promise<number> {
  let cells = 0
  for (const route of routesOf(hub)) {
    if (route.action === 'public') continue
    const asked = REQUESTS[route.name]
    if (route.action === undefined || asked === undefined) {
      const why = route.action === undefined ? 'asks the table for nothing' : 'has no request in the test'
      failures.push(`${route.name} ${why}`)
      continue
    }
    for (const { subject, grant } of setting.stands) {
      for (const { name, ...target } of targetsOf(setting, grant, asked)) {
        cells++
        const failure = await askRoute(hub, { name: route.name, action: route.action }, asked, target)
        if (failure !== undefined) failures.push(`${route.name} by ${subject} of a ${setting.of}, ${name}: ${failure}`)
      }
    }
  }
  return cells
}

/** Own and foreign; where it matters who holds the case, also one of the own place that somebody else holds. */
function* targetsOf({ database: { pool }, places, stands: all }: Setting, grant: Grant | null, asked: RequestCase) {
  const workers = all.filter(({ subject }) => subject === 'responder' || subject === 'hotline')
  const colleague = workers.find((other) => other.grant?.account !== grant?.account)?.grant?.account ?? ''
  for (const { name, world } of places) yield { name, world, pool, grant, held: true, colleague }
  const own = { name: 'own, held by another', world: places[0]!.world, pool, grant, held: false, colleague }
  const holder = asked.resource?.(own).holder
  if (grant !== null && holder != null && holder !== asked.resource?.({ ...own, held: true }).holder) yield own
}

type Asked = { readonly name: string; readonly action: Action }

async function askRoute(hub: TestHub, route: Asked, asked: RequestCase, target: Target): Promise<string | undefined> {
  const { grant, held } = target
  const decision = asked.resource ? can(grant, route.action, asked.resource(target)) : mayEver(grant, route.action)
  // Some of what is asked ends sessions.
  if (grant !== null) await storeSession(target.pool, grant, hub.deps.clock.now())
  const { path, ...request } = await asked.request(target)
  const cookie = passOf(grant, hub.deps.clock.now())
  const response = await hub.fetch(route.name.slice(0, route.name.indexOf(' ')), path, { ...request, cookie })
  // What another holds is refused by the table or by the state machine, which says who has it.
  const refused = held ? [403, 404] : [403, 404, 409]
  const wanted = decision.allowed ? asked.allowed : grant === null ? [401] : refused
  if (wanted.includes(response.status)) return undefined
  return `${response.status}, not ${wanted.join('/')}: ${(await response.text()).slice(0, 160)}`
}

/** Every kind of scope. What passes is followed on sockets only: subscriptions.pg.test.ts. */
export const SCOPES: Readonly<Record<string, (world: World) => Scope>> = {
  nation: () => 'nation',
  alerts: () => 'alerts',
  alertsOfProvince: ({ district }) => `alerts:${district.slice(0, 2)}`,
  province: ({ district }) => `province:${district.slice(0, 2)}`,
  public: ({ district }) => `public:${district.slice(0, 2)}`,
  board: ({ district }) => `board:${district.slice(0, 2)}`,
  'command of the nation': () => 'command:TH',
  command: ({ district }) => `command:${district.slice(0, 2)}`,
  presence: (world) => `presence:${world.case}`,
  facility: (world) => `facility:${world.facility}`,
}

async function scopeCells({ places, stands: all, of }: Setting, hub: TestHub, failures: string[]): Promise<number> {
  let cells = 0
  for (const scopeOf of Object.values(SCOPES)) {
    for (const { subject, grant } of all) {
      for (const { name, world } of places) {
        cells++
        const scope = scopeOf(world)
        const decision = authorizeScope(grant, scope, world.district)
        const cookie = passOf(grant, hub.deps.clock.now())
        const { status } = await hub.fetch('GET', `/api/situation?scope=${scope}`, { cookie })
        // 503: allowed, and this hub has taken no snapshot. 400: no one may read what passes over HTTP.
        const refusal = decision.allowed ? 503 : decision.code === 'unauthenticated' ? 401 : 403
        const wanted = isEphemeral(scope) ? 400 : refusal
        if (status !== wanted)
          failures.push(`scope ${scope} for ${subject} of a ${of}, ${name}: ${status}, not ${wanted}`)
      }
    }
  }
  return cells
}

async function rowCells({ database, places, stands: all, of }: Setting, failures: string[]): Promise<number> {
  const api = createPool(database.apiUrl)
  let cells = 0
  try {
    for (const { subject, grant } of all) {
      // Who has no account acts in the one area they name: the own place.
      const context = grant ?? publicContext(OWN_DISTRICT)
      for (const table of Object.keys(RLS_TABLES)) {
        for (const right of RIGHTS) {
          for (const place of places) {
            cells++
            const expected = expects(grant, table, right, place)
            const found = await tries(api, context, table, right, place)
            if (found !== expected)
              failures.push(`${right} ${table} by ${subject} of a ${of}, ${place.name}: ${found}, not ${expected}`)
          }
        }
      }
    }
    return cells
  } finally {
    await api.end()
  }
}

function expects(grant: Grant | null, table: string, right: Right, { name, world }: Place): boolean {
  if (grant === null) return name === 'own' && publicHasRight(table, right)
  return hasRight(grant, table, right, world)
}

/** Uses the right once, as the API does, and takes it back. */
async function tries(api: pg.Pool, context: RlsContext, table: string, right: Right, place: Place): Promise<boolean> {
  const { key, row, change } = RLS_TABLES[table]!
  const client = await api.connect()
  try {
    await client.query('begin')
    await client.query(
      `select set_config('jitasa.account', $1, true), set_config('jitasa.role', $2, true),
        set_config('jitasa.areas', $3, true), set_config('jitasa.facility', $4, true)`,
      [context.account ?? '', context.role, context.areas.join(','), String(context.facility ?? '')],
    )
    if (right === 'insert') {
      const values = row(place.world, 'new')
      // Whoever is bound to a facility reports for it.
      const own = table === 'vaccinations' && context.facility !== null ? { facility_id: place.world.facility } : {}
      await insertRow(client, table, { ...values, ...own }, key)
      return true
    }
    const where = `where ${key} = $1`
    if (right === 'select') {
      const found = await client.query(`select from ${table} ${where}`, [place.keys[table]])
      return (found.rowCount ?? 0) > 0
    }
    const [column, value] = Object.entries(change)[0]!
    const changed = await client.query(`update ${table} set ${column} = $2 ${where}`, [place.keys[table], value])
    return (changed.rowCount ?? 0) > 0
  } catch (error) {
    if (/row-level security|permission denied/.test(String(error))) return false
    throw error
  } finally {
    await client.query('rollback')
    client.release()
  }
}
