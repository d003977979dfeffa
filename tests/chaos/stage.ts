import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type pg from 'pg'
import { createPool } from '../../db/client.ts'
import { type Role, roleUrl } from '../../db/roles.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { type OwnServer, type OwnServerOptions, ownServer } from '../pg/source-server.ts'
import { type Link, makeLink } from '../support/link.ts'
import { prepareWrites } from '../support/random-writes.ts'
import { ROWS_TO_MOVE } from '../support/schema-changes.ts'
import { type Audience, type Carrier, startAudience } from './audience.ts'
import { type Ledger, signIn, startLedger } from './ledger.ts'
import { type Movers, startMovers } from './movers.ts'

export const ROOT = path.dirname(path.dirname(import.meta.dirname))
const CONNECTIONS = 6
/** Little to copy for a backup. */
const SETTINGS = { max_wal_size: '128MB', min_wal_size: '32MB', wal_keep_size: '32MB' }

export type Urls = {
  readonly url: string
  readonly hubUrl: string
  readonly apiUrl: string
  readonly authUrl: string
  readonly jobsUrl: string
}

/** PostgreSQL and the ways to it. */
export type Stage = {
  /** after a failover another one */
  server: OwnServer
  /** between the hubs and PostgreSQL */
  readonly database: Link
  /** between PostgreSQL and everybody else: what a test does to hubs does not reach the judge */
  readonly owners: Link
  /** the owner's, of `owners` */
  readonly pool: pg.Pool
  /** of the hubs, through `database` */
  readonly urls: Urls
  readonly secret: string
  stop(): Promise<void>
}

/** Who uses a hub while something breaks. */
export type Crowd = { readonly audience: Audience; readonly ledger: Ledger; readonly movers: Movers }

/** Everything that a fault strikes, and what it is judged by. */
export type World = Stage &
  Crowd & {
    /** between screens or writers and a hub */
    readonly network: readonly Link[]
    /** each is compared with SQL, one after the other */
    hubs(): readonly string[]
    /** what has died without having been killed */
    deaths(): Promise<readonly string[]>
  }

const AREAS = `
  insert into areas (code, level, parent, name_th, name_en) values
    ('00', 'unspecified', 'TH', 'ไม่ระบุ', 'Not specified'), ('0000', 'unspecified', '00', 'ไม่ระบุ', 'Not specified'),
    ('50', 'province', 'TH', 'เชียงใหม่', 'Chiang Mai'), ('5000', 'unspecified', '50', 'ไม่ระบุ', 'Not specified'),
    ('5001', 'district', '50', 'เมือง', 'Mueang'), ('5002', 'district', '50', 'จอมทอง', 'Chom Thong')`
const LONG_NAMES = `insert into facilities (code, district, kind, name_th, name_en)
  values ('long', '1001', 'hospital', repeat('ร', 300), repeat('H', 300))`

/** Of a server with a password, as the roles that a hub takes. */
export function urlsOf(url: string): Urls {
  const of = (role: Role): string => {
    const found = roleUrl(url, role)
    if (found === undefined) throw new Error('the server has a password')
    return found
  }
  return {
    url,
    hubUrl: of('jitasa_hub'),
    apiUrl: of('jitasa_api'),
    authUrl: of('jitasa_auth'),
    jobsUrl: of('jitasa_jobs'),
  }
}

export async function startStage(options: Omit<OwnServerOptions, 'settings'> = {}): Promise<Stage> {
  await buildDashboard(ROOT)
  const server = await ownServer({ ...options, settings: SETTINGS })
  await server.query(AREAS)
  await server.query(ROWS_TO_MOVE)
  await server.query(LONG_NAMES)
  const database = await makeLink(server.url)
  const owners = await makeLink(server.url)
  const pool = createPool(owners.url, { connectionsMax: CONNECTIONS, applicationName: 'jitasa chaos' })
  await prepareWrites({ pool })
  const stage: Stage = {
    server,
    database,
    owners,
    pool,
    urls: urlsOf(database.url),
    secret: randomBytes(32).toString('hex'),
    async stop() {
      await pool.end()
      await Promise.all([database.close(), owners.close()])
      await stage.server.remove()
    },
  }
  return stage
}

/**
 * @param hubUrl of the hub that writers use, to sign in at
 * @param network links to hubs: screens take them in turn, writers the last
 */
export async function startCrowd(
  { urls, pool }: Stage,
  hubUrl: string,
  network: readonly Link[],
  carriers?: readonly Carrier[],
): Promise<Crowd> {
  const accounts = { url: hubUrl, authUrl: urls.authUrl }
  const [cookie = ''] = await signIn(accounts, 'provincial_health', 1)
  return {
    audience: startAudience(
      network.map(({ port }) => port),
      cookie,
      carriers,
    ),
    ledger: await startLedger(accounts, `http://127.0.0.1:${network.at(-1)!.port}`),
    movers: startMovers(pool),
  }
}

export async function stopCrowd({ audience, ledger, movers }: Crowd): Promise<void> {
  audience.stop()
  await Promise.all([ledger.stop(), movers.stop()])
}
