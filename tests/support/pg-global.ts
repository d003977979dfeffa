import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
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

export type TestServer = { readonly host: string; readonly port: number; readonly password: string }

declare module 'vitest' {
  interface ProvidedContext {
    pg: TestServer
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

type Shared = { server: TestServer; users: number; end(): Promise<void> }

/** The projects `pg` and `e2e` of one run set up in one process and share its server. */
const shared = globalThis as { jitasaTestServer?: Promise<Shared> | undefined }

const PREFIX = 'jitasa-test-'

/** Ends and removes what a run that was killed has left. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = path.join(tmpdir(), name)
    const runner = name.startsWith(PREFIX) ? await readFile(path.join(folder, 'runner'), 'utf8').catch(() => '') : ''
    if (runner === '' || isAlive(Number(runner))) continue
    await stopCluster(path.join(folder, 'data'))
    await rm(folder, { recursive: true, force: true })
  }
}

async function start(): Promise<Shared> {
  await sweep()
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX))
  await writeFile(path.join(folder, 'runner'), String(process.pid))
  const account = await serverAccount()
  const binaries = await findBinaries(account)
  await chmod(folder, 0o711)
  if (account) await chown(folder, account.uid, account.gid)
  const data = path.join(folder, 'data')
  const password = randomBytes(12).toString('hex')
  await initCluster(binaries, account, data, password)
  const { port } = await startCluster(
    binaries,
    account,
    data,
    await freePort(),
    TEST_SETTINGS,
    path.join(folder, 'postgres.log'),
  )
  const end = async () => {
    await stopCluster(data)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(port, password)
  } catch (error) {
    await end()
    throw error
  }
  return { server: { host: HOST, port, password }, users: 0, end }
}

async function makeTemplate(port: number, password: string): Promise<void> {
  const owner = new pg.Client({ connectionString: clusterUrl(port, password) })
  await owner.connect()
  try {
    await owner.query(`create database ${TEMPLATE}`)
    await migrate(clusterUrl(port, password, TEMPLATE))
    await seed(clusterUrl(port, password, TEMPLATE))
    await owner.query(`alter database ${TEMPLATE} with is_template true allow_connections false`)
  } finally {
    await owner.end()
  }
}

/** One PostgreSQL for the whole run, with a migrated and seeded template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.jitasaTestServer ??= start()
  const mine = await shared.jitasaTestServer
  mine.users++
  project.provide('pg', mine.server)
  return async () => {
    mine.users--
    if (mine.users > 0) return
    shared.jitasaTestServer = undefined
    await mine.end()
  }
}
