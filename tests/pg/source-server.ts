import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '../../db/migrate.ts'
import { serverAccount } from '../../db/postgres/account.ts'
import { findBinaries } from '../../db/postgres/binaries.ts'
import {
  BASE_SETTINGS,
  clusterUrl,
  freePort,
  initCluster,
  runningCluster,
  type Settings,
  startCluster,
  stopCluster,
} from '../../db/postgres/cluster.ts'
import { roleUrl } from '../../db/roles.ts'

/** A PostgreSQL of its own, for what would disturb every other test: restarts, crashes, server settings. */
export type OwnServer = {
  readonly url: string
  /** its data folder */
  readonly data: string
  readonly hubUrl: string
  /** one statement as the owner, on a session of its own */
  query(sql: string): Promise<pg.QueryResult>
  /** in order (fast shutdown); @returns how long it took, ms */
  stop(): Promise<number>
  /** immediate shutdown, as after a power cut: nobody is told goodbye */
  crash(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

const AREAS = `
  insert into areas (code, level, parent, name_th, name_en) values
    ('TH', 'nation', null, 'ไทย', 'Thailand'), ('10', 'province', 'TH', 'กรุงเทพ', 'Bangkok'),
    ('1001', 'district', '10', 'พระนคร', 'Phra Nakhon') on conflict do nothing;
  insert into operation (day) values ('2021-11-11') on conflict do nothing`

/** Migrated, with one district and an operation. @param parent where its folder is made */
export async function ownServer(settings: Settings = {}, parent = tmpdir()): Promise<OwnServer> {
  const folder = await mkdtemp(path.join(parent, 'jitasa-own-'))
  const account = await serverAccount()
  const binaries = await findBinaries(account)
  await chmod(folder, 0o711)
  if (account) await chown(folder, account.uid, account.gid)
  const data = path.join(folder, 'data')
  const password = randomBytes(12).toString('hex')
  await initCluster(binaries, account, data, password)
  const port = await freePort()
  const all = { ...BASE_SETTINGS, fsync: 'off', ...settings }
  const start = async () => {
    await startCluster(binaries, account, data, port, all, path.join(folder, 'postgres.log'))
  }
  const url = clusterUrl(port, password)
  const hubUrl = roleUrl(url, 'jitasa_hub')
  if (hubUrl === undefined) throw new Error('the server has a password')
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await start()
  await migrate(url)
  await query(AREAS)
  return {
    url,
    data,
    hubUrl,
    query,
    start,
    async stop() {
      const began = performance.now()
      await stopCluster(data)
      return performance.now() - began
    },
    async crash() {
      const running = await runningCluster(data)
      if (running === undefined) throw new Error('not running')
      process.kill(running.pid, 'SIGQUIT')
      while (await runningCluster(data)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    async remove() {
      await stopCluster(data)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
