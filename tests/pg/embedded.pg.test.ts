import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from '../../db/embedded.ts'
import { freePort, HOST, runningCluster } from '../../db/postgres/cluster.ts'
import { clusterFolder, makeDataDir } from '../support/data-dir.ts'

const CHILD = path.join(import.meta.dirname, '..', 'support', 'embedded-child.ts')

let dataDir: string
let remove: () => Promise<void>
let warnings: string[]
const open = new Set<Embedded>()
const children = new Set<ChildProcess>()

beforeEach(async () => {
  ;({ dataDir, remove } = await makeDataDir())
  warnings = []
})

afterEach(async () => {
  for (const embedded of open) await embedded.stop()
  open.clear()
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  await remove()
})

async function remembered(): Promise<{ port: number }> {
  return JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8'))
}

async function start(): Promise<Embedded> {
  const embedded = await startEmbedded(dataDir, { info: () => undefined, warn: (text) => warnings.push(text) })
  open.add(embedded)
  return embedded
}

async function startChild(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [CHILD, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  const [line] = await once(child.stdout, 'data')
  return { child, url: String(line).trim() }
}

async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const running = async () => runningCluster(await clusterFolder(dataDir))

test('start: a logical-replication server of UTF-8 with a password of its own; stop ends it', async () => {
  const { ownerUrl, stop } = await start()
  expect(
    await ask(
      ownerUrl,
      `select current_database() as name, datlocale, pg_encoding_to_char(encoding) as encoding,
         current_setting('wal_level') as wal from pg_database where datname = current_database()`,
    ),
  ).toEqual([{ name: 'jitasa', datlocale: 'C.UTF-8', encoding: 'UTF8', wal: 'logical' }])
  expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
  await expect(ask(ownerUrl.replace(/:[0-9a-f]{48}@/, ':guess@'), 'select 1')).rejects.toThrow(/password/)
  await stop()
  expect(await running()).toBeUndefined()
  expect(await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down')
})

test('second start: the same data, password and port', async () => {
  const first = await start()
  await ask(first.ownerUrl, 'create table kept as select 7 as n')
  await first.stop()
  const second = await start()
  expect(second.ownerUrl).toBe(first.ownerUrl)
  expect(await ask(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
})

test('join: another process uses the server that runs, and the last one out ends it', async () => {
  const { child, url } = await startChild()
  const embedded = await start()
  expect(embedded.ownerUrl).toBe(url)
  child.kill('SIGTERM')
  await once(child, 'exit')
  expect(await ask(embedded.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await embedded.stop()
  expect(await running()).toBeUndefined()
})

test('a first start that was killed half-way leaves nothing that stays', async () => {
  const { pid } = spawn('true')
  await sleep(100)
  await mkdir(path.join(dataDir, `postgres.${pid}-0a1b2c3d`), { recursive: true })
  await writeFile(path.join(dataDir, `postgres.${pid}-0a1b2c3d.password`), 'secret')
  await start()
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log'])
})

test('three starters at once on an empty folder share one server', async () => {
  const all = await Promise.all([start(), start(), startChild()])
  const urls = all.map((one) => ('url' in one ? one.url : one.ownerUrl))
  expect(new Set(urls).size).toBe(1)
})

test('kill -9 of the owner: the orphaned server is joined, and ended by who joined it', async () => {
  const { child } = await startChild()
  const before = await running()
  await kill9(child)
  const embedded = await start()
  expect((await running())?.pid).toBe(before?.pid)
  await embedded.stop()
  expect(await running()).toBeUndefined()
})

test('kill -9 of owner and server: a stale postmaster.pid does not stop the next start, and what was committed is there', async () => {
  const { child, url } = await startChild()
  await ask(url, 'create table kept as select 7 as n')
  const before = await running()
  if (before === undefined) throw new Error('the server runs')
  process.kill(before.pid, 'SIGKILL')
  await kill9(child)
  const embedded = await start()
  expect(await ask(embedded.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a stale postmaster.pid whose number another program bears now', async () => {
  const first = await start()
  await first.stop()
  const data = await clusterFolder(dataDir)
  const { uid, gid } = await stat(data)
  const other = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
  children.add(other)
  const { port } = await remembered()
  await writeFile(
    path.join(data, 'postmaster.pid'),
    `${other.pid}\n${data}\n1700000000\n${port}\n\n127.0.0.1\n\nready\n`,
  )
  const second = await start()
  expect(await ask(second.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(other.exitCode).toBeNull()
})

test('a taken port: another is chosen, said and remembered', async () => {
  const first = await start()
  await first.stop()
  const { port } = await remembered()
  const squatter = createServer().listen(port, HOST)
  await once(squatter, 'listening')
  try {
    const second = await start()
    expect(new URL(second.ownerUrl).port).not.toBe(String(port))
    expect(warnings).toEqual([expect.stringContaining(`Port ${port} of the embedded PostgreSQL is taken`)])
    expect((await remembered()).port).toBe(Number(new URL(second.ownerUrl).port))
    expect(await ask(second.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    squatter.close()
  }
})

test('a server that is killed under its users is started again on its port', async () => {
  const embedded = await start()
  const before = await running()
  if (before === undefined) throw new Error('the server runs')
  process.kill(before.pid, 'SIGKILL')
  const isBack = async () => {
    const now = await running()
    return now?.ready === true && now.pid !== before.pid
  }
  for (let tries = 0; tries < 200 && !(await isBack()); tries++) await sleep(50)
  expect(await ask(embedded.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(warnings[0]).toContain('ended unasked')
})

const endUseSessions = (url: string) =>
  ask(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jitasa in use' and pid <> pg_backend_pid()`,
  )

test('in-use-session-killed seven times: it is taken again each time, and no command that leaves stops the server', async () => {
  const { ownerUrl } = await start()
  const before = await running()
  for (let i = 0; i < 7; i++) {
    while ((await endUseSessions(ownerUrl)).length === 0) await sleep(20)
  }
  const { child } = await startChild()
  child.kill('SIGTERM')
  await once(child, 'exit')
  expect((await running())?.pid).toBe(before?.pid)
  expect(await ask(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(warnings).toEqual([])
})

test('in-use-session-killed in the moment in which a command leaves: a hub is seen by its sessions', async () => {
  const { ownerUrl, stop } = await start()
  const before = await running()
  await ask(ownerUrl, 'create role jitasa_api login superuser')
  const { password } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8'))
  await ask(ownerUrl, `alter role jitasa_api password '${password}'`)
  const hub = new pg.Client({ connectionString: ownerUrl.replace(/\/\/[^:]+:/, '//jitasa_api:') })
  await hub.connect()
  await stop()
  expect((await running())?.pid).toBe(before?.pid)
  await hub.end()
  await (await start()).stop()
  expect(await running()).toBeUndefined()
})

test('a copy of the folder of a stopped server is a backup: another DATA_DIR starts on it with the same rows', async () => {
  const first = await start()
  await ask(first.ownerUrl, 'create table kept as select n, md5(n::text) as word from generate_series(1, 1000) n')
  const sum = `select count(*)::int as n, md5(string_agg(word, '' order by n)) as words from kept`
  const before = await ask(first.ownerUrl, sum)
  await first.stop()
  const copy = path.join(path.dirname(dataDir), 'copy')
  await promisify(execFile)('cp', ['-a', dataDir, copy])
  await rm(dataDir, { recursive: true })
  dataDir = copy
  expect(await ask((await start()).ownerUrl, sum)).toEqual(before)
  expect(await clusterFolder(copy)).toBe(path.join(copy, 'postgres'))
})

test('data of another major version: a sentence that says what to do', async () => {
  const first = await start()
  await first.stop()
  await writeFile(path.join(await clusterFolder(dataDir), 'PG_VERSION'), '15\n')
  await expect(start()).rejects.toThrow(/is of PostgreSQL 15, this program brings PostgreSQL 18\. Dump it/)
})

test('a lost, damaged or foreign password file: a sentence that says what to do', async () => {
  const first = await start()
  await first.stop()
  const { port } = await remembered()
  await writeFile(path.join(dataDir, 'postgres.json'), JSON.stringify({ port, password: 'another' }))
  await expect(start()).rejects.toThrow(/refuses the password of postgres\.json.*Restore that file/)
  expect(await running()).toBeUndefined()
  await writeFile(path.join(dataDir, 'postgres.json'), '{"port":')
  await expect(start()).rejects.toThrow(/postgres\.json is damaged.*Restore it/)
  await rm(path.join(dataDir, 'postgres.json'))
  await expect(start()).rejects.toThrow(/postgres\.json is missing.*Restore it/)
})

const isRoot = process.getuid?.() === 0

test.runIf(isRoot)(
  'as root in a private folder such as /root: the cluster is put where its user can reach it',
  async () => {
    await chmod(path.dirname(dataDir), 0o700)
    const { ownerUrl } = await start()
    expect(await clusterFolder(dataDir)).toMatch(/^\/var\/lib\/jitasa\/data-[0-9a-f]{12}$/)
    expect(await ask(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

test.runIf(isRoot)(
  'data-dir-copied whose cluster lies outside: refused beside the original, taken when it was moved',
  async () => {
    const home = path.dirname(dataDir)
    await chmod(home, 0o700)
    await (await start()).stop()
    const [original, copy, cluster] = [dataDir, path.join(home, 'copy'), await clusterFolder(dataDir)]
    await promisify(execFile)('cp', ['-a', original, copy])
    dataDir = copy
    await expect(start()).rejects.toThrow(`DATA_DIR ${copy} is a copy of ${original}`)
    expect(await running(), 'nothing was started').toBeUndefined()

    await rm(original, { recursive: true })
    await (await start()).stop()

    await rename(cluster, `${cluster}.away`)
    try {
      await expect(start()).rejects.toThrow(/lies outside of it, in .* and is not there\. Copy that folder too/)
    } finally {
      await rename(`${cluster}.away`, cluster)
    }
    expect(await ask((await start()).ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

test.runIf(isRoot)('as an ordinary user in another user’s folder: a sentence that says what to do', async () => {
  await mkdir(dataDir, { mode: 0o700 })
  const child = spawn(process.execPath, [CHILD, dataDir], {
    uid: 65534,
    gid: 65534,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  children.add(child)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  expect(code).not.toBe(0)
  expect(said).toMatch(/belongs to another user and this one may not use it\. Start as that user/)
})

test('freePort gives the port that is wanted when nobody has it', async () => {
  const port = await freePort()
  expect(await freePort(port)).toBe(port)
})
