import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runningCluster } from '../../db/postgres/cluster.ts'
import { listClusters, removeCluster } from '../../db/postgres/clusters.ts'
import { mayEnd } from '../../db/watchdog.ts'
import { clusters } from '../../hub/process/clusters.ts'
import { clusterFolder, makeDataDir } from '../support/data-dir.ts'

const CHILD = path.join(import.meta.dirname, '..', 'support', 'embedded-child.ts')
const UNUSED_MS_MAX = 2_000
const END_MS_MAX = 20_000

let dataDir: string
let remove: () => Promise<void>
const children = new Set<ChildProcess>()

beforeEach(async () => {
  ;({ dataDir, remove } = await makeDataDir())
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  await remove()
})

async function startChild(unusedMsMax = UNUSED_MS_MAX): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [CHILD, dataDir, String(unusedMsMax)], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  const [line] = await once(child.stdout, 'data')
  return { child, url: String(line).trim() }
}

async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const running = async () => runningCluster(await clusterFolder(dataDir))

async function untilEnded(isRunning: () => Promise<unknown>): Promise<void> {
  for (const until = performance.now() + END_MS_MAX; await isRunning(); await sleep(50)) {
    if (performance.now() > until) throw new Error('it still runs')
  }
}

/** The processes of this data folder whose program is the watchdog. */
async function watchdogs(): Promise<string[]> {
  const ps = spawn('ps', ['-eo', 'pid=,args='])
  const lines = (await ps.stdout.toArray()).join('').split('\n')
  return lines.filter((line) => line.includes('watchdog-main.ts') && line.includes(dataDir))
}

describe('a server whose hub was killed', () => {
  test('hub-killed: the server ends itself when nobody has used it for a while, in order, and its watchdog with it', async () => {
    const { child } = await startChild()
    await kill9(child)
    await untilEnded(running)
    const log = await readFile(path.join(dataDir, 'postgres.log'), 'utf8')
    expect(log).toContain('jitasa watchdog: nobody has used the server for a while; it ends')
    expect(log).toContain('received fast shutdown request')
    expect(log).toContain('database system is shut down')
    await untilEnded(async () => (await watchdogs()).length > 0)
  })

  test('hub-killed while a person is at psql: the server stays until they have left for a while', async () => {
    const { child, url } = await startChild()
    const before = await running()
    const person = new pg.Client({ connectionString: url })
    await person.connect()
    await kill9(child)
    await sleep(UNUSED_MS_MAX * 2)
    expect((await running())?.pid).toBe(before?.pid)
    expect((await person.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await person.end()
    await untilEnded(running)
  })

  test('hub-killed and another started: it joins, and is not ended under it', async () => {
    const { child } = await startChild()
    const before = await running()
    await kill9(child)
    const second = await startChild()
    await sleep(UNUSED_MS_MAX * 2)
    expect((await running())?.pid).toBe(before?.pid)
    second.child.kill('SIGTERM')
    await untilEnded(running)
  })

  test('data-folder-gone: the server ends at once, and what it held is untouched', async () => {
    const { child, url } = await startChild(600_000)
    const person = new pg.Client({ connectionString: url })
    await person.connect()
    await person.query('create table kept as select 7 as n')
    await person.end()
    const data = await clusterFolder(dataDir)
    await kill9(child)
    await rename(path.join(dataDir, 'postgres.json'), path.join(dataDir, 'postgres.json.away'))
    await untilEnded(() => runningCluster(data))
    expect((await stat(path.join(data, 'PG_VERSION'))).isFile()).toBe(true)
    await rename(path.join(dataDir, 'postgres.json.away'), path.join(dataDir, 'postgres.json'))
    const again = await startChild()
    const reader = new pg.Client({ connectionString: again.url })
    await reader.connect()
    expect((await reader.query('select n from kept')).rows).toEqual([{ n: 7 }])
    await reader.end()
  })

  test('data-folder-gone under a hub that runs: a server in use is never ended', async () => {
    await startChild()
    const before = await running()
    const data = await clusterFolder(dataDir)
    await rename(path.join(dataDir, 'postgres.json'), path.join(dataDir, 'postgres.json.away'))
    await sleep(UNUSED_MS_MAX * 2)
    expect((await runningCluster(data))?.pid).toBe(before?.pid)
    await rename(path.join(dataDir, 'postgres.json.away'), path.join(dataDir, 'postgres.json'))
  })

  test('a watchdog ends when its server is stopped in order', async () => {
    const { child } = await startChild(600_000)
    expect(await watchdogs()).toHaveLength(1)
    child.kill('SIGTERM')
    await once(child, 'exit')
    await untilEnded(async () => (await watchdogs()).length > 0)
  })

  test('an unused server may be ended after its time, or at once when its folder is gone', () => {
    expect(mayEnd({ unusedMs: 299_999, gone: false }, 300_000)).toBe(false)
    expect(mayEnd({ unusedMs: 300_000, gone: false }, 300_000)).toBe(true)
    expect(mayEnd({ unusedMs: 0, gone: true }, 300_000)).toBe(true)
  })
})

const isRoot = process.getuid?.() === 0

test.runIf(isRoot)(
  'project-folder-deleted: the cluster outside of it is listed with its DATA_DIR, ends, and can be removed',
  async () => {
    const home = path.dirname(dataDir)
    await chmod(home, 0o700)
    const { child } = await startChild(600_000)
    const data = await clusterFolder(dataDir)
    const find = async () => (await listClusters(dataDir)).find((cluster) => cluster.data === data)
    const server = await running()
    expect(await find()).toMatchObject({ dataDirs: [dataDir], state: 'kept', pid: server?.pid })
    await kill9(child)
    await rm(home, { recursive: true })
    const gone = await find()
    expect(gone).toMatchObject({ dataDirs: [dataDir], state: 'gone' })
    if (gone === undefined) throw new Error('it is listed')
    await untilEnded(() => runningCluster(data))
    expect(await removeCluster(gone)).toBe('removed')
    expect(await find()).toBeUndefined()
  },
)

test('the cluster within DATA_DIR is listed with its size', async () => {
  const { child } = await startChild()
  const [own] = await listClusters(dataDir, path.join(dataDir, 'nothing'))
  expect(own).toMatchObject({ data: path.join(dataDir, 'postgres'), dataDirs: [dataDir], state: 'kept' })
  expect(own?.bytes).toBeGreaterThan(10e6)
  expect(own?.pid).toBe((await running())?.pid)
  child.kill('SIGTERM')
  await once(child, 'exit')
})

describe('npm run clusters', () => {
  const [GONE, COPIED, UNKNOWN] = ['data-aaaaaaaaaaaa', 'data-bbbbbbbbbbbb', 'data-cccccccccccc']
  let root: string
  let said: string[]

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'jitasa-clusters-'))
    said = []
    for (const name of [GONE, COPIED, UNKNOWN]) {
      await mkdir(path.join(root, name))
      await writeFile(path.join(root, name, 'PG_VERSION'), '18\n')
    }
    await note(GONE, [path.join(root, 'deleted')])
    await note(COPIED, [path.join(root, 'copy'), path.join(root, 'original')])
    await mkdir(path.join(root, 'original'))
    const remembered = { port: 1, password: 'p', data: path.join(root, COPIED) }
    await writeFile(path.join(root, 'original', 'postgres.json'), JSON.stringify(remembered))
  })

  afterEach(() => rm(root, { recursive: true }))

  const note = (name: string, dataDirs: readonly string[]) =>
    writeFile(path.join(root, name, 'jitasa.data-dirs'), dataDirs.map((dir) => `${JSON.stringify(dir)}\n`).join(''))

  const run = (argv: readonly string[], answer?: string) =>
    clusters(
      argv,
      { dataDir, root },
      { out: (line) => said.push(line), err: (line) => said.push(line), ask: async () => answer },
    )

  const left = async () => (await readdir(root)).filter((name) => name.startsWith('data-'))

  test('lists each with its DATA_DIR, and removes nothing', async () => {
    expect(await run([])).toBe(0)
    expect(said).toEqual([
      expect.stringMatching(new RegExp(`${GONE}  1 MB  does not run  DATA_DIR ${root}/deleted is gone$`)),
      expect.stringMatching(new RegExp(`${COPIED}  1 MB  does not run  DATA_DIR ${root}/copy, ${root}/original$`)),
      expect.stringMatching(/DATA_DIR not noted: start once from it/),
    ])
    expect(await left()).toEqual([GONE, COPIED, UNKNOWN])
  })

  test.each([['n'], [''], [undefined]])('--remove, answered with %j: nothing is removed', async (answer) => {
    expect(await run(['--remove'], answer)).toBe(1)
    expect(said.at(-1)).toContain('Nothing was removed')
    expect(await left()).toEqual([GONE, COPIED, UNKNOWN])
  })

  test.each([
    [['--remove'], 'y'],
    [['--remove', '--yes'], undefined],
  ])(
    '%j: only that whose every DATA_DIR is gone, not the one of a copied or of an unknown folder',
    async (argv, answer) => {
      expect(await run(argv, answer)).toBe(0)
      expect(said.at(-1)).toBe(`removed ${path.join(root, GONE)}`)
      expect(await left()).toEqual([COPIED, UNKNOWN])
    },
  )

  test('data-folder-damaged: what cannot be read is not gone', async () => {
    await mkdir(path.join(root, 'deleted'))
    await writeFile(path.join(root, 'deleted', 'postgres.json'), '{"port":')
    expect(await run(['--remove', '--yes'])).toBe(0)
    expect(await left()).toEqual([GONE, COPIED, UNKNOWN])
  })
})

test('a command that starts the embedded server says where the data lies', async () => {
  const command = spawn(process.execPath, [path.join(import.meta.dirname, '..', '..', 'db', 'migrate-main.ts')], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  children.add(command)
  const told = (await command.stderr.toArray()).join('')
  expect(told).toMatch(
    new RegExp(`PostgreSQL 18 started on port \\d+, data in ${await clusterFolder(dataDir)} \\(DATA_DIR ${dataDir}\\)`),
  )
})
