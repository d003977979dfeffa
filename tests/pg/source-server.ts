import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate } from '../../db/migrate.ts'
import { serverAccount } from '../../db/postgres/account.ts'
import { type Binaries, findBinaries } from '../../db/postgres/binaries.ts'
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
import { type Account, run } from '../../db/postgres/run.ts'
import { roleUrl } from '../../db/roles.ts'
import '../support/data-key.ts'

/** A PostgreSQL of its own, for what would disturb every other test: restarts, crashes, server settings. */
export type OwnServer = {
  readonly url: string
  readonly port: number
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
  /** A base backup, taken while it is in use. @returns what puts it in the place of what has been written since, and starts again */
  backUp(): Promise<() => Promise<void>>
  /** Another server, that follows this one, of which every commit waits from now on. */
  makeStandby(): Promise<OwnServer>
  remove(): Promise<void>
}

export type OwnServerOptions = {
  readonly settings?: Settings
  /** where its folder is made */
  readonly parent?: string
  /** a program that takes the place of `postgres` and becomes it. @param folder may be written to */
  readonly wrap?: (postgres: string, folder: string) => Promise<string>
}

const AREAS = `
  insert into areas (code, level, parent, name_th, name_en) values
    ('TH', 'nation', null, 'ไทย', 'Thailand'), ('10', 'province', 'TH', 'กรุงเทพ', 'Bangkok'),
    ('1001', 'district', '10', 'พระนคร', 'Phra Nakhon') on conflict do nothing;
  insert into operation (day) values ('2021-11-11') on conflict do nothing`

const POLL_MS = 20

type Machine = {
  readonly account: Account | undefined
  readonly binaries: Binaries
  readonly password: string
  readonly options: OwnServerOptions
}

async function makeFolder(account: Account | undefined, parent: string): Promise<string> {
  const folder = await mkdtemp(path.join(parent, 'jitasa-own-'))
  await chmod(folder, 0o711)
  if (account) await chown(folder, account.uid, account.gid)
  return folder
}

/** Migrated, with one district and an operation. */
export async function ownServer(options: OwnServerOptions = {}): Promise<OwnServer> {
  const account = await serverAccount()
  const folder = await makeFolder(account, options.parent ?? tmpdir())
  const found = await findBinaries(account)
  const postgres = (await options.wrap?.(found.postgres, folder)) ?? found.postgres
  const machine = {
    account,
    binaries: { ...found, postgres },
    password: randomBytes(12).toString('hex'),
    options,
  }
  await initCluster(found, account, path.join(folder, 'data'), machine.password)
  const server = serverOn(machine, folder, await freePort(), options.settings ?? {})
  await server.start()
  await migrate(server.url)
  await server.query(AREAS)
  return server
}

/** The server of a folder that has a cluster. */
function serverOn(machine: Machine, folder: string, port: number, settings: Settings): OwnServer {
  const { account, binaries, password } = machine
  const data = path.join(folder, 'data')
  const url = clusterUrl(port, password)
  const hubUrl = roleUrl(url, 'jitasa_hub')
  if (hubUrl === undefined) throw new Error('the server has a password')
  const server: OwnServer = {
    url,
    port,
    data,
    hubUrl,
    async query(sql) {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        return await client.query(sql)
      } finally {
        await client.end()
      }
    },
    async start() {
      const all = { ...BASE_SETTINGS, fsync: 'off', ...settings }
      await startCluster(binaries, account, data, port, all, path.join(folder, 'postgres.log'))
    },
    async stop() {
      const began = performance.now()
      await stopCluster(data)
      return performance.now() - began
    },
    async crash() {
      const running = await runningCluster(data)
      if (running === undefined) throw new Error('not running')
      process.kill(running.pid, 'SIGQUIT')
      while (await runningCluster(data)) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    },
    async backUp() {
      const backup = path.join(folder, 'backup')
      await copyRunning(server, backup)
      return async () => {
        await stopCluster(data)
        await rm(data, { recursive: true })
        await rename(backup, data)
        await server.start()
      }
    },
    async makeStandby() {
      const next = await makeFolder(account, machine.options.parent ?? tmpdir())
      await copyRunning(server, path.join(next, 'data'))
      await writeFile(path.join(next, 'data/standby.signal'), '')
      const { primary_conninfo: _, ...inherited } = settings
      const standby = serverOn(machine, next, await freePort(), { ...inherited, primary_conninfo: url })
      await standby.start()
      await server.query(`alter system set synchronous_standby_names = '*'`)
      await server.query('select pg_reload_conf()')
      while ((await server.query(`select from pg_stat_replication where sync_state = 'sync'`)).rowCount === 0) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
      return standby
    },
    async remove() {
      await stopCluster(data)
      await rm(folder, { recursive: true, force: true })
    },
  }
  return server
}

/** What PostgreSQL makes anew, or what is another server's. */
const NOT_COPIED = ['pg_wal', 'pg_replslot', 'postmaster.pid', 'postmaster.opts']

/** As pg_basebackup does, which the embedded PostgreSQL comes without: PostgreSQL's low-level API of backups. */
async function copyRunning(server: OwnServer, to: string): Promise<void> {
  const session = new pg.Client({ connectionString: server.url })
  await session.connect()
  try {
    await session.query(`select pg_backup_start('copy', true)`)
    await mkdir(to, { mode: 0o700 })
    await copyFolder(server.data, to, NOT_COPIED)
    const { rows } = await session.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await mkdir(path.join(to, 'pg_wal'))
    await copyFolder(path.join(server.data, 'pg_wal'), path.join(to, 'pg_wal'), [])
    await mkdir(path.join(to, 'pg_replslot'))
    await writeFile(path.join(to, 'backup_label'), rows[0]!.labelfile)
  } finally {
    await session.end()
  }
  const account = await serverAccount()
  if (account) await run('chown', ['-R', `${account.uid}:${account.gid}`, to])
}

/** Files that go away meanwhile are not missed: PostgreSQL's log of what it did has them. */
async function copyFolder(from: string, to: string, not: readonly string[]): Promise<void> {
  const excluded = not.flatMap((name) => ['--exclude', `./${name}`])
  const tar = ['-C', from, '--warning=no-file-changed', '--warning=no-file-removed', ...excluded, '-cf', '-', '.']
  await run('bash', [
    '-c',
    'set -o pipefail; to=$1; shift; { tar "$@" || [ $? -eq 1 ]; } | tar -C "$to" -xf -',
    'copy',
    to,
    ...tar,
  ])
}
