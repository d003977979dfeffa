import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../db/migrate.ts'
import { serverAccount } from '../../db/postgres/account.ts'
import { findBinaries } from '../../db/postgres/binaries.ts'
import {
  BASE_SETTINGS,
  clusterUrl,
  freePort,
  HOST,
  initCluster,
  isAlive,
  type Settings,
  startCluster,
  stopCluster,
} from '../../db/postgres/cluster.ts'
import { seed } from '../../db/seed.ts'
import './data-key.ts'

export type TestServer = { readonly host: string; readonly port: number; readonly password: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** one for each worker, by its number from 1 */
    pg: readonly TestServer[]
  }
}

export const TEMPLATE = 'jitasa_template'

const TEST_SETTINGS: Settings = {
  ...BASE_SETTINGS,
  max_connections: 300,
  max_wal_senders: 32,
  max_replication_slots: 32,
  fsync: 'off',
  full_page_writes: 'off',
}

type Shared = { servers: readonly TestServer[]; users: number; end(): Promise<void> }

/** The projects `pg` and `e2e` of one run set up in one process and share its servers. */
const shared = globalThis as { jitasaTestServers?: Promise<Shared> | undefined }

const PREFIX = 'jitasa-test-'
const DATA = 'data-'

/** Ends and removes what a run that was killed has left. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = path.join(tmpdir(), name)
    const runner = name.startsWith(PREFIX) ? await readFile(path.join(folder, 'runner'), 'utf8').catch(() => '') : ''
    if (runner === '' || isAlive(Number(runner))) continue
    for (const data of await readdir(folder)) {
      if (data.startsWith(DATA)) await stopCluster(path.join(folder, data))
    }
    await rm(folder, { recursive: true, force: true })
  }
}

async function start(count: number): Promise<Shared> {
  await sweep()
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX))
  await writeFile(path.join(folder, 'runner'), String(process.pid))
  const account = await serverAccount()
  const binaries = await findBinaries(account)
  await chmod(folder, 0o711)
  if (account) await chown(folder, account.uid, account.gid)
  const password = randomBytes(12).toString('hex')
  const folders = Array.from({ length: count }, (_, i) => path.join(folder, `${DATA}${i + 1}`))
  const startIn = async (data: string) => {
    const log = `${data.replace(DATA, 'postgres-')}.log`
    const { port } = await startCluster(binaries, account, data, await freePort(), TEST_SETTINGS, log)
    return { host: HOST, port, password }
  }
  const end = async () => {
    await Promise.all(folders.map(stopCluster))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const [first = '', ...others] = folders
    await initCluster(binaries, account, first, password)
    await makeTemplate((await startIn(first)).port, password)
    await stopCluster(first)
    await Promise.all(others.map((data) => promisify(execFile)('cp', ['-a', first, data])))
    const servers: TestServer[] = []
    for (const data of folders) servers.push(await startIn(data))
    return { servers, users: 0, end }
  } catch (error) {
    await end()
    throw error
  }
}

async function change(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Whoever tests something else signs in by a password alone; hub/http/auth/factors tests what is demanded of a new installation. */
const inOneStep = (url: string) => change(url, 'update sign_in_rules set factor_from = null')

/** Always as in a run that goes on over midnight in Bangkok: each copy is moved to its own day (pg.ts). */
const beforeMidnight = (url: string) => change(url, 'update operation set day = day - 1')

async function makeTemplate(port: number, password: string): Promise<void> {
  const owner = new pg.Client({ connectionString: clusterUrl(port, password) })
  await owner.connect()
  try {
    await owner.query(`create database ${TEMPLATE}`)
    await migrate(clusterUrl(port, password, TEMPLATE))
    await seed(clusterUrl(port, password, TEMPLATE))
    await inOneStep(clusterUrl(port, password, TEMPLATE))
    await beforeMidnight(clusterUrl(port, password, TEMPLATE))
    await owner.query(`alter database ${TEMPLATE} with is_template true allow_connections false`)
  } finally {
    await owner.end()
  }
}

/**
 * One PostgreSQL for each worker, with a migrated and seeded template that each test file copies. Not one for all: a new
 * replication slot waits for the transactions of every database of its server, and a position in the log is the
 * server's, so that one file's long transaction would be another's hub that does not start.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.jitasaTestServers ??= start(project.config.maxWorkers)
  const mine = await shared.jitasaTestServers
  mine.users++
  project.provide('pg', mine.servers)
  return async () => {
    mine.users--
    if (mine.users > 0) return
    shared.jitasaTestServers = undefined
    await mine.end()
  }
}
