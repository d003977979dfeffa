import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Role, roleUrl } from '../../db/roles.ts'
import { verify } from '../../db/verify/verify.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { type OwnServer, ownServer } from '../pg/source-server.ts'
import { type ProductionHub, startProduction } from './production.ts'
import { ROWS_TO_MOVE, SCHEMA_CHANGES } from './schema-changes.ts'

/** A hub as `npm start` starts it, on a PostgreSQL of its own that may be stopped, crashed and disturbed. */
export type World = {
  readonly server: OwnServer
  readonly hub: ProductionHub
  readonly urls: { readonly url: string; readonly hubUrl: string; readonly apiUrl: string; readonly authUrl: string }
  stop(): Promise<void>
}

/** One way in which something breaks. */
export type Fault = {
  readonly failure: string
  /** ms within which the hub shows again what SQL holds */
  readonly levelMsMax: number
  strike(world: World): Promise<unknown>
}

/** What a fault did. `differences`: cells and rows that are still wrong when the time is over. */
export type Suffered = { readonly levelMs: number; readonly differences: number; readonly died: boolean }

const LOOK_MS = 50
/** How long after its time a hub is still watched, to say by how much it is late. */
const LATE_MS_MAX = 20_000

export async function startWorld(): Promise<World> {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  const server = await ownServer()
  const urlOf = (role: Role): string => {
    const url = roleUrl(server.url, role)
    if (url === undefined) throw new Error('the server has a password')
    return url
  }
  const urls = {
    url: server.url,
    hubUrl: urlOf('jitasa_hub'),
    apiUrl: urlOf('jitasa_api'),
    authUrl: urlOf('jitasa_auth'),
  }
  await server.query(ROWS_TO_MOVE)
  await server.query(`insert into facilities (code, district, kind, name_th, name_en)
    values ('long', '1001', 'hospital', repeat('ร', 300), repeat('H', 300))`)
  const hub = await startProduction(urls, { REQUESTS_PER_MINUTE: '1000000' })
  return {
    server,
    hub,
    urls,
    async stop() {
      await hub.kill('SIGTERM')
      await server.remove()
    },
  }
}

const terminate = (condition: string): string =>
  `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and ${condition}`

const write = `insert into cases (district, report_day, classification, severity, source)
  select '1001', day, 'confirmed', 'red', 'api' from operation`

const LINK_MS_MAX = 10_000
const SCHEMA_MS_MAX = 5_000

export const FAULTS: readonly Fault[] = [
  {
    failure: 'every session of the API, the accounts and the jobs is lost',
    levelMsMax: LINK_MS_MAX,
    strike: ({ server }) =>
      server.query(terminate(`application_name in ('jitasa api', 'jitasa accounts', 'jitasa jobs')`)),
  },
  {
    failure: 'the feed’s own sessions are lost while rows are written',
    levelMsMax: LINK_MS_MAX,
    async strike({ server }) {
      await server.query(write)
      await server.query(terminate(`application_name in ('jitasa feed', 'jitasa source')`))
      await server.query(write)
    },
  },
  {
    failure: 'the feed is lost while a transaction that has written stays open for two seconds',
    levelMsMax: LINK_MS_MAX,
    async strike({ server }) {
      const writer = new pg.Client({ connectionString: server.url })
      await writer.connect()
      try {
        await writer.query(`begin; ${write}`)
        await server.query(terminate(`application_name = 'jitasa feed'`))
        await sleep(2_000)
        await writer.query('commit')
      } finally {
        await writer.end()
      }
    },
  },
  {
    failure: 'PostgreSQL is restarted',
    levelMsMax: LINK_MS_MAX,
    async strike({ server }) {
      await server.stop()
      await server.start()
    },
  },
  {
    failure: 'PostgreSQL crashes',
    levelMsMax: LINK_MS_MAX,
    async strike({ server }) {
      await server.query(write)
      await server.crash()
      await server.start()
    },
  },
  {
    failure: 'SIGHUP to a hub with one worker',
    levelMsMax: LINK_MS_MAX,
    strike: async ({ hub }) => hub.child.kill('SIGHUP'),
  },
  {
    failure: 'a facility with the longest names is moved without them',
    levelMsMax: LINK_MS_MAX,
    strike: ({ server }) => server.query(`update facilities set reported_at = now() where code = 'long'`),
  },
  ...SCHEMA_CHANGES.map(({ failure, sql }) => ({
    failure,
    levelMsMax: SCHEMA_MS_MAX,
    strike: ({ server }: World) => server.query(sql),
  })),
]

const alive = ({ hub }: World): boolean => hub.child.exitCode === null && hub.child.signalCode === null

async function differences({ urls, hub }: World): Promise<number | undefined> {
  if (!(await fetch(`${hub.url}/readyz`)).ok) return undefined
  const options = {
    ownerUrl: urls.url,
    hubUrl: hub.url,
    scopes: [],
    lock: 'never',
    now: () => performance.now(),
  } as const
  return (await verify(options)).differences.length
}

/** Lets a fault strike, and compares until the hub shows what SQL holds, or it is far too late. */
export async function suffer(world: World, fault: Fault): Promise<Suffered> {
  await fault.strike(world)
  const struckAt = performance.now()
  let differ: number | undefined
  for (;;) {
    differ = await differences(world).catch(() => undefined)
    const levelMs = performance.now() - struckAt
    if (differ === 0) return { levelMs, differences: 0, died: !alive(world) }
    if (!alive(world) || levelMs > fault.levelMsMax + LATE_MS_MAX) {
      return { levelMs, differences: differ ?? Number.POSITIVE_INFINITY, died: !alive(world) }
    }
    await sleep(LOOK_MS)
  }
}
