import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { CLOSE } from '../../hub/contract/live/close.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { JOBS_LOCK } from '../../hub/jobs/index.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { assertPortFree } from '../../hub/process/hub.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { FoldingClient, type Outage } from './workers-client.ts'
import { childrenOf, holders, listeners, ownerOf, runs } from './workers-processes.ts'

const WORKERS = 2
const CLIENTS = 60
const SCOPES: readonly Scope[] = ['nation', 'public:50']
const SECRET = 'the secret of the workers test, the same in every start'
/** hub/process/main.ts */
const SPREAD_MS = 2000
/** Several starts of a process, of two seconds of CPU each, on a machine that does other things too. */
const WAIT_MS_MAX = 60_000
const TEST_MS_MAX = 2 * WAIT_MS_MAX

let database: TestDatabase
let hub: ProductionHub
let port: string
let clients: FoldingClient[] = []
const writer = { on: true, commits: 0, done: Promise.resolve() }

/** One commit after the other: new cases, and now and then one that moves or goes. */
async function write(): Promise<void> {
  while (writer.on) {
    const district = ['5001', '5002', '1001'][writer.commits % 3]
    await database.pool.query(
      `with gone as (delete from cases where id = (select min(id) from cases) and $2)
       insert into cases (district, report_day, classification, severity, care_place, source)
       select $1, (select day from operation), 'confirmed', 'green', 'waiting', 'api'`,
      [district, writer.commits % 5 === 4],
    )
    writer.commits += 1
    await sleep(10)
  }
}

async function until<T>(what: string, look: () => T | Promise<T>, ms = WAIT_MS_MAX): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; ; ) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}\n${hub.said().slice(-30).join('\n')}`)
    await sleep(25)
  }
}

const supervisorPid = (): number => hub.child.pid ?? 0
const workers = (): Promise<number[]> => childrenOf(supervisorPid())
const logged = (text: string): number => hub.said().filter((line) => line.includes(text)).length
const allLive = () => until('every client is live', () => clients.every((client) => client.live))

async function serving(): Promise<number[]> {
  return until('all workers listen', async () => {
    const pids = await workers()
    return pids.length === WORKERS && (await listeners(pids, hub.port)).length === WORKERS ? pids : undefined
  })
}

/** The worker at the other end of each client. */
async function workerOf(): Promise<Map<FoldingClient, number>> {
  const held = await holders(await workers(), hub.port)
  return new Map(clients.map((client) => [client, held.get(client.port ?? 0) ?? 0]))
}

async function slots(): Promise<string[]> {
  const { rows } = await database.pool.query<{ slot_name: string }>(
    'select slot_name from pg_replication_slots where database = current_database() and active',
  )
  return rows.map(({ slot_name }) => slot_name)
}

/** A slot carries the pid of its process in its name. */
const slotsOf = async (pids: readonly number[]): Promise<number[]> => {
  const names = await slots()
  return pids.map((pid) => names.filter((name) => name.startsWith(`jitasa_${pid}_`)).length)
}

/** The worker that does the jobs. */
async function leader(): Promise<number | undefined> {
  const { rows } = await database.pool.query<{ client_port: number }>(
    `select client_port from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and objid = $1 and granted and datname = current_database()`,
    [JOBS_LOCK],
  )
  return rows[0] && ownerOf(rows[0].client_port, await workers())
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${hub.url}/metrics`)).text()
  return text
    .split('\n')
    .filter((line) => line.startsWith(`jitasa_${name}{`) || line.startsWith(`jitasa_${name} `))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

const outages = (): Outage[] => clients.flatMap((client) => client.outages)
const total = (of: (client: FoldingClient) => number): number => clients.reduce((sum, client) => sum + of(client), 0)
const deltas = () => total(({ answers }) => answers.deltas)
const snapshots = () => total(({ answers }) => answers.snapshots)

/** Prints how long clients were away, and returns the longest. */
function away(what: string, those: readonly Outage[]): number {
  const ms = those.map(({ at, liveAt = Number.POSITIVE_INFINITY }) => liveAt - at).sort((a, b) => a - b)
  const at = (share: number) => Math.round(ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0)
  console.log(`${what}: ${ms.length} clients away for p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  return ms.at(-1) ?? 0
}

function start(): Promise<ProductionHub> {
  return startProduction(database, { PORT: port, HUB_WORKERS: String(WORKERS) }, SECRET)
}

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  database = await createTestDatabase()
  port = String(await freePort())
  writer.done = write()
  hub = await start()
  await serving()
  clients = Array.from(
    { length: CLIENTS },
    (_, i) => new FoldingClient(`ws://127.0.0.1:${port}/live?v=${PROTOCOL_VERSION}${i % 2 ? '&z=1' : ''}`, SCOPES),
  )
  await allLive()
}, TEST_MS_MAX)

afterAll(async () => {
  writer.on = false
  await writer.done
  for (const client of clients) client.stop()
  await hub.kill('SIGKILL')
  await database.drop()
})

describe('several workers', { timeout: TEST_MS_MAX }, () => {
  it('share one port, each with sockets and a slot of its own; /metrics of any is the sum of all', async () => {
    const pids = await serving()
    expect(await slotsOf(pids)).toEqual(pids.map(() => 1))
    expect(new Set((await workerOf()).values())).toEqual(new Set(pids))
    for (let i = 0; i < 4; i++) expect(await metric('sockets')).toBe(CLIENTS)
    expect(await metric('workers_serving')).toBe(WORKERS)
    expect(await metric('source_streaming')).toBe(1)
    const ready = (await (await fetch(`${hub.url}/readyz`)).json()) as { workers: unknown }
    expect(ready.workers).toEqual({ wanted: WORKERS, serving: WORKERS, why: null })
  })

  it('worker-killed: its clients resume by delta on the others, nobody else notices, it is replaced, the jobs move on', async () => {
    const before = await serving()
    const victim = await until('a worker leads the jobs', leader)
    const placed = await workerOf()
    const orphaned = clients.filter((client) => placed.get(client) === victim)
    const had = { deltas: deltas(), answers: await metric('answers_total') }
    process.kill(victim, 'SIGKILL')
    await until('its clients notice', () => orphaned.every((client) => client.outages.length === 1))
    await allLive()
    away('kill -9 of a worker', outages())
    expect(outages()).toHaveLength(orphaned.length)
    expect(outages().every(({ code }) => code === 1006)).toBe(true)
    expect(snapshots()).toBe(0)
    expect(deltas() - had.deltas).toBe(orphaned.length * SCOPES.length)

    const after = await serving()
    expect(after.filter((pid) => before.includes(pid)).sort()).toEqual(before.filter((pid) => pid !== victim).sort())
    await until('the new worker has a slot, the dead has none', async () => {
      const names = await slots()
      return names.length === WORKERS && !names.some((name) => name.startsWith(`jitasa_${victim}_`))
    })
    await until('another worker does the jobs', async () => after.includes((await leader()) ?? 0))
    expect(await metric('worker_deaths_total')).toBe(1)
    expect(await metric('answers_total')).toBeGreaterThanOrEqual(had.answers)
    await until('all sockets are counted', async () => (await metric('sockets')) === CLIENTS)
  })

  it('rolling-restart: SIGHUP replaces every worker; clients are told when to come back and resume by delta', async () => {
    const before = await serving()
    const had = outages().length
    const held = { snapshots: snapshots(), deltas: deltas() }
    hub.child.kill('SIGHUP')
    hub.child.kill('SIGHUP')
    await until('every worker is a new one', async () => {
      const pids = await workers()
      return logged('rolling restart: over') > 0 && pids.length === WORKERS && !pids.some((pid) => before.includes(pid))
    })
    await allLive()
    const told = outages().slice(had)
    const moves = outages().filter(({ code }) => code === CLOSE.restarting.code)
    expect(moves.length).toBe(told.length)
    expect(moves.length).toBeGreaterThanOrEqual(CLIENTS)
    const delays = moves.map(({ byeMs }) => byeMs ?? -1)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThanOrEqual(SPREAD_MS)
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(SPREAD_MS / 2)
    away('rolling restart', moves)
    expect(snapshots() - held.snapshots).toBe(0)
    expect(deltas() - held.deltas).toBe(moves.length * SCOPES.length)
    expect(new Set((await workerOf()).values())).toEqual(new Set(await serving()))
  })

  it('crash-loop: a worker that dies at every start is tried again after growing pauses, and /readyz says so', async () => {
    const steady = await serving()
    const victim = steady[0] ?? 0
    let kills = 0
    process.kill(victim, 'SIGKILL')
    const why = await until('/readyz tells of it', async () => {
      for (const pid of await workers()) {
        if (steady.includes(pid)) continue
        process.kill(pid, 'SIGKILL')
        kills += 1
      }
      // The one that is killed may be the one that is asked.
      const answer = await fetch(`${hub.url}/readyz`).catch(() => undefined)
      return answer?.ok && ((await answer.json()) as { workers: { why: string | null } }).workers.why
    })
    expect(why).toMatch(/^worker \d has died \d+ times in a row/)
    expect(kills).toBeGreaterThanOrEqual(2)
    const waits = hub
      .said()
      .filter((line) => line.includes('a worker died'))
      .map((line) => (JSON.parse(line) as { waitMs: number }).waitMs)
      .slice(-3)
    expect(waits).toEqual([1, 2, 4].map((times) => times * (waits[0] ?? 0)))
    await serving()
    await allLive()
  })

  it('shutdown: SIGTERM sends all clients away in order; the next start has them all back', async () => {
    const had = outages().length
    const pids = await workers()
    expect(await hub.kill('SIGTERM')).toBe(0)
    for (const pid of pids) expect(await runs(pid)).toBe(false)
    await until('every client was told', () => clients.every(({ live }) => !live))
    const told = outages().filter(({ liveAt }) => liveAt === undefined)
    expect(told.length).toBe(CLIENTS)
    expect(outages().length - had).toBe(CLIENTS)
    expect(told.every(({ code, byeMs }) => code === CLOSE.restarting.code && byeMs !== undefined)).toBe(true)
    await until('no slot is left', async () => (await slots()).length === 0)
    hub = await start()
    await serving()
    await allLive()
  })

  it('after all that, every client holds what SQL counts, without a gap or a wrong checksum', async () => {
    writer.on = false
    await writer.done
    for (const scope of SCOPES) {
      const expected = await expectedCells(database.pool, scope)
      expect(expected.size).toBeGreaterThan(0)
      await until(`${scope} is the same everywhere`, () =>
        clients.every((client) => {
          const cells = client.scopes.get(scope)?.cells ?? new Map()
          return cells.size === expected.size && [...expected].every(([key, value]) => cells.get(key) === value)
        }),
      )
    }
    console.log(
      `${writer.commits} commits, ${outages().length} reconnects, ${deltas()} resumed by delta, ${snapshots()} by snapshot`,
    )
    expect(total(({ gaps }) => gaps)).toBe(0)
    expect(total(({ mismatches }) => mismatches)).toBe(0)
  })

  it('supervisor-killed: its workers end too, and free the port', async () => {
    const pids = await serving()
    await hub.kill('SIGKILL')
    await until('no worker is left', async () => (await Promise.all(pids.map(runs))).every((is) => !is))
    expect(clients.flatMap(({ outages: all }) => all.at(-1)?.code)).toEqual(clients.map(() => CLOSE.restarting.code))
    await assertPortFree('127.0.0.1', hub.port)
  })
})
