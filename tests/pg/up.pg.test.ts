import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterUrl, runningCluster } from '../../db/postgres/cluster.ts'
import { ROLES } from '../../hub/contract/vocabulary/roles.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { childrenOf } from '../fanout/workers-processes.ts'
import { clusterFolder, makeDataDir } from '../support/data-dir.ts'
import { flows, killAll, OPEN_MS_MAX, ROOT, up } from '../support/up.ts'

const TEST_MS_MAX = 2 * OPEN_MS_MAX

type DataDir = Awaited<ReturnType<typeof makeDataDir>>
let shared: DataDir

beforeAll(async () => {
  await buildDashboard(ROOT)
  shared = await makeDataDir()
}, TEST_MS_MAX)
afterAll(async () => {
  killAll()
  await shared.remove()
})

const server = async ({ dataDir }: DataDir) => runningCluster(await clusterFolder(dataDir))

/** Who has a session at the server beside the one that asks, and the watchdog, a process of its own: role and name. */
async function sessionsOf({ dataDir }: DataDir): Promise<readonly string[]> {
  const { port, password } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8'))
  const owner = new pg.Client({ connectionString: clusterUrl(port, password) })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ who: string }>(
      `select usename || ' ' || application_name as who from pg_stat_activity
       where backend_type in ('client backend', 'walsender') and pid <> pg_backend_pid()
         and application_name <> 'jitasa watchdog'`,
    )
    return rows.map(({ who }) => who)
  } finally {
    await owner.end()
  }
}

/** Flags that the leading worker turns as time passes, without anybody's report: 30 s after a start there are others. */
const TURNED_BY_TIME = /^(?:(?:beds|sites)\.late|uncontacted|contact|uncalled|lapsed)\b/

type Group = readonly [column: string, ...areasAndValues: (string | number)[]]

/** What the nation shows: how many columns, and every total with all its areas. Nothing before the first snapshot. */
async function shown(url: string): Promise<{ readonly columns: number; readonly totals: readonly Group[] }> {
  const response = await fetch(`${url}/api/situation?scope=nation`)
  const { c: groups } = response.ok ? ((await response.json()) as { c: readonly Group[] }) : { c: [] }
  const held = groups.filter(([column]) => !TURNED_BY_TIME.test(column))
  return { columns: held.length, totals: held.filter(([column]) => column.includes('.total')).sort() }
}

test(
  'an empty folder: the wall comes alive, every role has an account; Ctrl-C leaves no process',
  async () => {
    const run = await up(shared.dataDir)
    await flows(await run.url())
    expect(run.said.join('\n')).toContain('A drill runs: nothing you see is real')
    for (const role of ROLES.filter((one) => one !== 'screen')) {
      await run.says(`drill-${role.replaceAll('_', '-')} `, OPEN_MS_MAX)
    }
    const gone = run.ended()
    await run.interrupt()
    expect(await gone).toEqual([])
    expect(await server(shared)).toBeUndefined()
  },
  TEST_MS_MAX,
)

test(
  'a second start seeds and builds nothing, DRILL=0 starts no drill; kill -9 of all of it, and the next start has it all',
  async () => {
    const run = await up(shared.dataDir, { DRILL: '0' })
    const url = await run.url()
    expect(run.said.join('\n')).not.toMatch(/migrated|seeded|built|drill/i)
    await expect.poll(async () => (await shown(url)).columns, { timeout: OPEN_MS_MAX }).toBeGreaterThan(100)
    const before = await shown(url)
    expect(before.totals.length).toBeGreaterThan(2)
    const sessions = await sessionsOf(shared)
    expect(sessions).toContain('jitasa_jobs jitasa in use')
    expect(
      sessions.filter((who) => !who.startsWith('jitasa_')),
      'the owner has none',
    ).toEqual([])

    const postgres = (await server(shared))?.pid ?? 0
    const killed = run.ended()
    process.kill(-(run.child.pid ?? 0), 'SIGKILL')
    process.kill(postgres, 'SIGKILL')
    expect(await killed).toEqual([])
    const again = await up(shared.dataDir, { DRILL: '0' })
    const next = await again.url()
    await expect.poll(() => shown(next), { timeout: OPEN_MS_MAX }).toEqual(before)

    const [child] = await childrenOf(again.child.pid ?? 0)
    process.kill(child ?? 0, 'SIGHUP')
    await again.says('SIGHUP does nothing with one worker', OPEN_MS_MAX)
    expect(await shown(next), 'a hang-up ends nothing').toEqual(before)
    const ended = again.ended()
    for (const _ of [1, 2]) {
      process.kill(child ?? 0, 'SIGTERM')
      await sleep(50)
    }
    expect(await ended).toEqual([])
    expect(await server(shared)).toBeUndefined()
  },
  TEST_MS_MAX,
)

test(
  'Ctrl-C in the middle of a start ends the server that was started already',
  async () => {
    const own = await makeDataDir()
    try {
      const run = await up(own.dataDir)
      await run.says('PostgreSQL 18 started', OPEN_MS_MAX)
      const gone = run.ended()
      await run.interrupt()
      expect(await gone).toEqual([])
      expect(await server(own)).toBeUndefined()
      expect(run.said.join('\n')).toContain('interrupted by SIGINT')
    } finally {
      await own.remove()
    }
  },
  TEST_MS_MAX,
)

test(
  'Ctrl-C in the middle of an import ends the server that it has started',
  async () => {
    const { DATABASE_URL: _, ...env } = process.env
    const child = spawn(process.execPath, [path.join(ROOT, 'db/import/main.ts'), 'cases', '-'], {
      env: { ...env, DATA_DIR: shared.dataDir },
      // What is piped in never ends.
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const exit = once(child, 'exit')
    while ((await server(shared))?.ready !== true) await sleep(20)
    for (const _ of [1, 2]) {
      child.kill('SIGINT')
      await sleep(50)
    }
    expect(await exit).toEqual([130, null])
    expect(await server(shared)).toBeUndefined()
  },
  TEST_MS_MAX,
)
