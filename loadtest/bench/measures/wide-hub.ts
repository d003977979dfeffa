import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../../../db/postgres/cluster.ts'
import { type Stage as HubStage, openStage } from '../../surge/stage.ts'
import { NO_WRITERS } from '../../surge/writes.ts'
import { readCpuSeconds, readMemory } from '../proc.ts'
import { disturbance } from '../saturation.ts'
import type { Marked, Stage } from '../stage.ts'
import { mergeHistograms, percentile } from '../stats.ts'
import type { Variant } from '../variants.ts'
import { NAP_MS } from './wide.ts'

/**
 * More screens than one process may hold, on HUB_WORKERS as `npm start` runs them: one port, a replication slot each, a
 * PostgreSQL that commits once a second. Then a worker is killed, while commits go on: its screens come back to the
 * others with the positions they hold, and all end at what was committed last.
 */

export type WideHubResult = {
  readonly sockets: number
  readonly workers: number
  readonly commits: number
  readonly bytes: number
  readonly deliveries: number
  /** deliveries that did not come, gaps, and sockets that were closed */
  readonly lost: number
  /** CPU of all workers, and of PostgreSQL, in cores */
  readonly cores: number
  readonly databaseCores: number
  /** CPU of all workers for one message to all sockets */
  readonly serverSecondsPerMessage: number
  readonly clientSecondsPerMessage: number
  /** PostgreSQL's clock when it committed → read by the client */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly killed: Killed
  /** before the first commit: private memory of all workers for each socket, garbage too, and their CPU (µs) for each and second */
  readonly idle: { readonly bytes: number; readonly cpuUs: number }
  readonly refused: string | undefined
}

/**
 * `ms`: from the kill until all its screens are served by others, `mostMs`: until 99 % of them are; `whole`: how many of them got a snapshot, as the worker
 * gives them that has taken its place and holds no position older than its own beginning.
 */
type Killed = {
  readonly sockets: number
  readonly ms: number
  readonly mostMs: number
  readonly whole: number
  readonly lost: number
}

const WARM_COMMITS = 3
const IDLE_MS = 15_000
const BACK_MS_MAX = 60_000
const LOOK_MS = 100
const REST_LOOKS_MAX = 50

const COMMIT = `
  insert into vaccinations (district, day, dose, doses, idempotency_key)
  select code, operation.day, 1, 1, concat_ws(':', 'wide', $1::text) from areas, operation where level = 'district'
  order by code offset $2 limit 1`

/** Districts whose doses are counted, one after the other. */
const DISTRICTS = 900

/** Its child processes. */
function workersOf(supervisor: number): number[] {
  return readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'latin1').trim().split(' ').map(Number)
}

/** The processes of PostgreSQL that commit and stream; others come and go. */
async function backendsOf(database: pg.Client): Promise<number[]> {
  const { rows } = await database.query<{ pid: number }>(
    'select pid from pg_stat_replication union select pg_backend_pid() as pid',
  )
  return rows.map(({ pid }) => pid)
}

const privateOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + readMemory(pid).private, 0)
const cpuOf = (pids: readonly number[]): number => pids.reduce((seconds, pid) => seconds + readCpuSeconds(pid), 0)

const sum = (marks: readonly Marked[], key: 'deliveries' | 'bytes' | 'gaps' | 'closed' | 'snapshots'): number =>
  marks.reduce((total, mark) => total + mark[key], 0)

type WideOptions = {
  readonly sockets: number
  readonly workers: number
  readonly commits: number
  /** processes of the load client, of which each may hold as many sockets as a worker */
  readonly clients: number
  /** from one commit to the next */
  readonly everyMs: number
}

/** Three clients and a commit a second. */
export async function runWideHub(
  stage: Stage,
  variant: Variant,
  { sockets, workers, seconds }: { sockets: number; workers: number; seconds: number },
): Promise<WideHubResult> {
  const admitted = '100000'
  const hub = await openStage(NO_WRITERS, 0, {
    HUB_WORKERS: String(workers),
    PORT: String(await freePort()),
    HANDSHAKES_PER_SECOND: admitted,
    SOCKETS_PER_ADDRESS: admitted,
    HTTP_CONNECTIONS_PER_ADDRESS: admitted,
  })
  const database = new pg.Client({ connectionString: hub.ownerUrl })
  try {
    await database.connect()
    const options = { sockets, workers, commits: seconds, clients: 3, everyMs: 1000 }
    return await watchWide(stage, variant, hub, database, options)
  } finally {
    await stage.end()
    await database.end()
    await hub.stop()
  }
}

/** @param hub of `workers` that run already. @param database a session of the owner of what they show */
export async function watchWide(
  stage: Stage,
  variant: Variant,
  hub: Pick<HubStage, 'hubPid' | 'port'>,
  database: pg.Client,
  { sockets, workers, commits, clients: count, everyMs }: WideOptions,
): Promise<WideHubResult> {
  const pids = workersOf(hub.hubPid)
  if (pids.length !== workers) throw new Error(`${pids.length} of ${workers} workers run`)
  stage.adoptServers(pids, 'both')
  const each = Math.floor(sockets / count)
  const empty = privateOf(pids)
  const clients = Array.from({ length: count }, () => stage.startClient(variant, hub.port, each))
  // One after the other: at once they would be the storm that another measure is about.
  for (const client of clients) await stage.open(client, each)
  const full = privateOf(pids)
  const { seconds: idleSeconds, serverSeconds: idleCpu } = await stage.watch(() => sleep(IDLE_MS))
  const all = each * count
  const idle = { bytes: (full - empty) / all, cpuUs: (idleCpu * 1e6) / all / idleSeconds }
  stage.tellClients('latency on')
  stage.tellClients(`nap ${NAP_MS * 1000}`)
  const commit = committer(database, everyMs)
  await commit(WARM_COMMITS)
  await stage.mark()

  const backends = await backendsOf(database)
  const before = cpuOf(backends)
  const {
    value: during,
    seconds: took,
    serverSeconds,
    shares,
  } = await stage.watch(async () => {
    await commit(commits)
    return stage.mark()
  })
  const databaseCores = (cpuOf(backends) - before) / took
  const owed = commits * each * count
  const marks = [...during, ...(await rest(stage, owed - sum(during, 'deliveries')))]
  const deliveries = sum(marks, 'deliveries')
  const latency = mergeHistograms(marks.map((mark) => mark.latency))
  const killed = await kill(stage, pids[0]!, each, commit)
  return {
    sockets: each * count,
    workers,
    commits,
    bytes: sum(marks, 'bytes') / deliveries,
    deliveries,
    lost: owed - deliveries + sum(marks, 'gaps') + sum(marks, 'closed'),
    cores: serverSeconds / took,
    databaseCores,
    serverSecondsPerMessage: serverSeconds / commits,
    clientSecondsPerMessage: (shares.client * took) / commits,
    p50Ms: (percentile(latency, 0.5) ?? 0) / 1000,
    p99Ms: (percentile(latency, 0.99) ?? 0) / 1000,
    killed,
    idle,
    refused: disturbance(shares, 'both'),
  }
}

/** Commits of one dose each, one every `everyMs`; waits as long after the last. */
function committer(database: pg.Client, everyMs: number): (count: number) => Promise<void> {
  let made = 0
  return async (count) => {
    for (let i = 0; i < count; i++) {
      const began = performance.now()
      await database.query(COMMIT, [made, made % DISTRICTS])
      made++
      await sleep(Math.max(0, everyMs - (performance.now() - began)))
    }
  }
}

/** What of the last message was still on its way when the window closed. */
async function rest(stage: Stage, owed: number): Promise<Marked[]> {
  const marks: Marked[] = []
  for (let i = 0; i < REST_LOOKS_MAX && sum(marks, 'deliveries') < owed; i++) {
    await sleep(LOOK_MS)
    marks.push(...(await stage.mark()))
  }
  return marks
}

async function kill(
  stage: Stage,
  pid: number,
  each: number,
  commit: (count: number) => Promise<void>,
): Promise<Killed> {
  stage.tellClients('stay')
  const began = performance.now()
  process.kill(pid, 'SIGKILL')
  const marks: Marked[] = []
  const over = new AbortController()
  const committing = (async () => {
    while (!over.signal.aborted) await commit(1)
  })()
  let ms = 0
  let mostMs: number | undefined
  try {
    for (let back = false; !back; ) {
      await sleep(LOOK_MS)
      const now = await stage.mark()
      marks.push(...now)
      ms = performance.now() - began
      const closed = sum(marks, 'closed')
      const away = now.reduce((all, { ready }) => all + each - ready, 0)
      if (closed > 0 && away <= closed / 100) mostMs ??= ms
      back = closed > 0 && away === 0
      if (!back && ms > BACK_MS_MAX)
        throw new Error(`a worker was killed ${Math.round(ms)} ms ago, and not all are back`)
    }
  } finally {
    over.abort()
    await committing
  }
  // Who came back last may have been told of commits that change nothing here: two more that all are told of.
  await commit(2)
  for (let level = false, looks = 0; !level; looks++) {
    if (looks > REST_LOOKS_MAX) throw new Error('the screens do not show the same after a worker was killed')
    await sleep(LOOK_MS)
    const now = await stage.mark()
    marks.push(...now)
    const positions = now.flatMap(({ positionMin, positionMax }) => [positionMin, positionMax])
    level = Math.min(...positions) === Math.max(...positions)
  }
  return {
    sockets: sum(marks, 'closed'),
    ms,
    mostMs: mostMs ?? ms,
    whole: sum(marks, 'snapshots'),
    lost: sum(marks, 'gaps'),
  }
}
