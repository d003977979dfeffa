import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { backUp } from '../../db/backup/backup.ts'
import { restoreCluster, restoreDatabase } from '../../db/backup/restore.ts'
import { MAJOR_MIN } from '../../db/connection.ts'
import { startEmbedded } from '../../db/embedded.ts'
import { migrate } from '../../db/migrate.ts'
import { serverAccount } from '../../db/postgres/account.ts'
import { BASE_SETTINGS, clusterUrl, freePort, startCluster, stopCluster } from '../../db/postgres/cluster.ts'
import { run } from '../../db/postgres/run.ts'
import { seed } from '../../db/seed.ts'
import { makeDataDir } from '../support/data-dir.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const SILENT = { info: () => undefined, warn: () => undefined }

async function newDataDir(): Promise<string> {
  const { dataDir, remove } = await makeDataDir()
  onTestFinished(remove)
  return dataDir
}

async function startOn(dataDir: string): Promise<string> {
  const embedded = await startEmbedded(dataDir, SILENT)
  onTestFinished(() => embedded.stop())
  return embedded.ownerUrl
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

type Ended = { readonly code: number; readonly text: string }

function runCommand(script: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const whole = [path.join(ROOT, script), ...args]
    execFile(process.execPath, whole, { env: { ...process.env, DATABASE_URL: '', ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
    )
  })
}

const timeline = async (url: string): Promise<number> =>
  (await ask<{ timeline: number }>(url, 'select timeline_id as timeline from pg_control_checkpoint()'))[0]?.timeline ??
  0

/** Writes numbers, one a commit, until it is ended. @returns those that were acknowledged */
async function keepWriting(url: string): Promise<{ readonly acknowledged: number[]; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table ledger (n int primary key, filler text)')
  const acknowledged: number[] = []
  let going = true
  const writing = (async () => {
    for (let n = 1; going; n++) {
      await client.query(`insert into ledger values ($1::int, repeat(md5($1::int::text), 300))`, [n])
      acknowledged.push(n)
    }
    await client.end()
  })()
  return {
    acknowledged,
    async end() {
      going = false
      await writing
    },
  }
}

test('the embedded database, backed up while it is written to, comes back with all that was acknowledged, under another epoch', async () => {
  const dataDir = await newDataDir()
  const url = await startOn(dataDir)
  await migrate(url)
  await seed(url)
  await writeFile(path.join(dataDir, 'auth-secret'), 'x'.repeat(64), { mode: 0o600 })
  const writer = await keepWriting(url)
  await expect.poll(() => writer.acknowledged.length).toBeGreaterThan(50)
  const before = writer.acknowledged.length
  const folder = path.join(path.dirname(dataDir), 'backup')
  const backed = await runCommand('db/backup/backup-main.ts', [folder], { DATA_DIR: dataDir })
  const after = writer.acknowledged.length
  await writer.end()
  expect(backed).toEqual({ code: 0, text: expect.stringContaining('everything that was committed by') })
  expect(after, 'nobody waited for it').toBeGreaterThan(before)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const name of await readdir(folder)) expect((await stat(path.join(folder, name))).mode & 0o077, name).toBe(0)

  const other = await newDataDir()
  const restored = await runCommand('db/backup/restore-main.ts', [folder], { DATA_DIR: other })
  expect(restored).toEqual({ code: 0, text: expect.stringContaining('Restored: everything') })
  const otherUrl = await startOn(other)
  const [ledger] = await ask<{ n: number; max: number }>(
    otherUrl,
    'select count(*)::int as n, max(n) as max from ledger',
  )
  expect(ledger?.n, 'no gap').toBe(ledger?.max)
  expect(ledger?.n).toBeGreaterThanOrEqual(before)
  expect(await timeline(otherUrl)).toBeGreaterThan(await timeline(url))
  expect(await migrate(otherUrl)).toEqual([])
  await expect(stat(path.join(other, 'auth-secret'))).resolves.toMatchObject({ size: 64 })

  const again = await runCommand('db/backup/restore-main.ts', [folder], { DATA_DIR: other })
  expect(again).toEqual({ code: 1, text: expect.stringContaining('has a database already') })
  const twice = await runCommand('db/backup/backup-main.ts', [folder], { DATA_DIR: dataDir })
  expect(twice).toEqual({ code: 1, text: expect.stringContaining('is there already') })
})

test('under another data key than the backup’s nothing is restored, and it says which key is needed', async () => {
  const dataDir = await newDataDir()
  const url = await startOn(dataDir)
  await migrate(url)
  const folder = path.join(path.dirname(dataDir), 'backup')
  await backUp({ ownerUrl: url, dataDir, folder })
  const other = await newDataDir()
  const env = { DATA_DIR: other, DATA_KEY: 'another key of the tests, long enough for one' }
  const refused = await runCommand('db/backup/restore-main.ts', [folder], env)
  expect(refused).toEqual({ code: 1, text: expect.stringMatching(/sealed under the key .* Set DATA_KEY to that key/) })
  expect(refused.text).not.toContain('another key of the tests')
  await expect(stat(path.join(other, 'postgres'))).rejects.toThrow('ENOENT')
})

test('a damaged, a half and no backup are refused, and leave no database', async () => {
  const dataDir = await newDataDir()
  const url = await startOn(dataDir)
  const folder = path.join(path.dirname(dataDir), 'backup')
  await backUp({ ownerUrl: url, dataDir, folder })
  const other = await newDataDir()
  const file = await open(path.join(folder, 'base.tar.gz'), 'r+')
  await file.write('damage', 1000)
  await file.close()
  await expect(restoreCluster(folder, other)).rejects.toThrow(/is damaged: it is not what was backed up/)
  await expect(restoreDatabase(folder, url)).rejects.toThrow(/unset DATABASE_URL/)
  await rm(path.join(folder, 'backup.json'))
  await expect(restoreCluster(folder, other)).rejects.toThrow(/no whole backup/)
  await expect(restoreCluster(dataDir, other)).rejects.toThrow(/no whole backup/)
  expect(existsSync(path.join(other, 'postgres.json'))).toBe(false)
})

test('a backup that cannot be written, or named wrongly, leaves nothing and says why', async () => {
  const dataDir = await newDataDir()
  await startOn(dataDir)
  const home = path.dirname(dataDir)
  const file = path.join(home, 'file')
  await writeFile(file, '')
  const env = { DATA_DIR: dataDir }
  expect((await runCommand('db/backup/backup-main.ts', [path.join(file, 'x')], env)).code).toBe(1)
  expect(await runCommand('db/backup/backup-main.ts', [], env)).toEqual({
    code: 2,
    text: expect.stringContaining('where to?'),
  })
  expect((await readdir(home)).filter((name) => name.endsWith('.part'))).toEqual([])
})

const DEBIANS = '/usr/lib/postgresql'
const debians = existsSync(DEBIANS) ? readdirSync(DEBIANS).filter((major) => Number(major) >= MAJOR_MIN) : []

/** A server with its own pg_dump and pg_restore, which the embedded one lacks. PG_PROGRAMS names a folder of another one. */
const programs = process.env.PG_PROGRAMS ?? (debians[0] && path.join(DEBIANS, debians[0], 'bin'))

test.skipIf(programs === undefined)(
  'a PostgreSQL of the operator’s own: dumped, and restored into another database with its policies',
  async () => {
    const account = await serverAccount()
    const home = await mkdtemp(path.join('/tmp', 'jitasa-dump-'))
    onTestFinished(() => rm(home, { recursive: true }))
    await chmod(home, 0o711)
    if (account) await chown(home, account.uid, account.gid)
    const data = path.join(home, 'data')
    const passwordFile = path.join(home, 'password')
    const folderOf = programs ?? ''
    const binaries = {
      postgres: path.join(folderOf, 'postgres'),
      initdb: path.join(folderOf, 'initdb'),
      major: MAJOR_MIN,
    }
    await writeFile(passwordFile, 'secret')
    await run(
      binaries.initdb,
      [
        `--pgdata=${data}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      account,
    )
    const port = await freePort()
    await startCluster(binaries, account, data, port, BASE_SETTINGS, path.join(home, 'log'))
    onTestFinished(async () => void (await stopCluster(data)))
    const url = (database: string) => clusterUrl(port, 'secret', database)
    for (const name of ['first', 'second']) await ask(url('postgres'), `create database ${name}`)
    await migrate(url('first'))
    await seed(url('first'))
    const folder = path.join(home, 'backup')
    const env = { DATABASE_URL: url('first'), PATH: `${folderOf}:${process.env.PATH}` }
    expect(await runCommand('db/backup/backup-main.ts', [folder], env)).toMatchObject({ code: 0 })
    expect(await runCommand('db/backup/restore-main.ts', [folder], env)).toEqual({
      code: 1,
      text: expect.stringContaining('not empty'),
    })
    const restored = await runCommand('db/backup/restore-main.ts', [folder], { ...env, DATABASE_URL: url('second') })
    expect(restored).toEqual({ code: 0, text: expect.stringContaining('Restored: everything') })
    const areas = 'select count(*)::int as n from areas'
    expect(await ask(url('second'), areas)).toEqual(await ask(url('first'), areas))
    const policies = `select count(*)::int as n from pg_policy`
    expect(await ask(url('second'), policies)).toEqual(await ask(url('first'), policies))
  },
)

test('a dump that pg_dump refuses, or cannot be found, says so and leaves nothing', async () => {
  const dataDir = await newDataDir()
  const url = await startOn(dataDir)
  const folder = path.join(path.dirname(dataDir), 'backup')
  const absent = await runCommand('db/backup/backup-main.ts', [folder], { DATABASE_URL: url, PATH: '/nowhere' })
  expect(absent).toEqual({ code: 1, text: expect.stringContaining('pg_dump is not installed here') })
  expect(existsSync(folder)).toBe(false)
})
