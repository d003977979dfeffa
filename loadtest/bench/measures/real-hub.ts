import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'
import { type Stage as HubStage, openStage } from '../../surge/stage.ts'
import { NO_WRITERS } from '../../surge/writes.ts'
import { disturbance } from '../saturation.ts'
import { ANSWER_MS_MAX, OPEN_MS_MAX, type Opened, type Stage } from '../stage.ts'
import type { Variant } from '../variants.ts'

/**
 * The storm of `resume.ts` on a hub as `npm start` runs it, on a PostgreSQL of its own: all sockets are cut at once and
 * come back with the position they hold, signed in as responders are. What PostgreSQL read meanwhile, it says itself.
 */

export type RealHubResult = {
  /** HANDSHAKES_PER_SECOND of the hub: with it, so many sockets take so many seconds at least */
  readonly handshakesPerSecond: number
  readonly sockets: number
  readonly ms: number
  readonly serverSeconds: number
  /** handshakes that were answered 503 with Retry-After, and came again */
  readonly refusals: number
  readonly whole: number
  /** what PostgreSQL did in the storm's window, and in as long a window before, in which nobody came */
  readonly stormy: Counters
  readonly quiet: Counters
  readonly refused: string | undefined
}

/** `tableReads`: scans of the project's tables, and rows that they read. `rows`, `transactions`: catalogues, too. */
type Counters = { readonly tableReads: number; readonly rows: number; readonly transactions: number }

/** PostgreSQL's processes report what they did at the latest after 10 s of doing nothing. */
const WINDOW_MS = 12_000
const SETTLE_MS = 1000

async function counters(looker: pg.Client): Promise<Counters> {
  const { rows } = await looker.query<Record<keyof Counters, string>>(
    `select xact_commit + xact_rollback as transactions, tup_returned + tup_fetched as rows,
       (select sum(seq_scan + seq_tup_read + coalesce(idx_scan + idx_tup_fetch, 0)) from pg_stat_user_tables) as "tableReads"
     from pg_stat_database where datname = current_database()`,
  )
  const { tableReads, rows: read, transactions } = rows[0]!
  return { tableReads: Number(tableReads), rows: Number(read), transactions: Number(transactions) }
}

const minus = (after: Counters, before: Counters): Counters => ({
  tableReads: after.tableReads - before.tableReads,
  transactions: after.transactions - before.transactions,
  rows: after.rows - before.rows,
})

export async function runRealHub(
  stage: Stage,
  variant: Variant,
  sockets: number,
  handshakesPerSecond: number,
): Promise<RealHubResult> {
  const limits = {
    HANDSHAKES_PER_SECOND: String(handshakesPerSecond),
    SOCKETS_PER_ADDRESS: String(sockets),
    // Three storms, each while the connections of the one before may still count.
    HTTP_CONNECTIONS_PER_ADDRESS: String(3 * sockets),
  }
  const hub = await openStage(NO_WRITERS, 1, limits)
  const looker = new pg.Client({ connectionString: hub.ownerUrl })
  try {
    stage.adoptServers([hub.hubPid])
    await looker.connect()
    return await storm(stage, variant, sockets, handshakesPerSecond, hub, () => counters(looker))
  } finally {
    await stage.end()
    await looker.end()
    await hub.stop()
  }
}

async function storm(
  stage: Stage,
  variant: Variant,
  sockets: number,
  handshakesPerSecond: number,
  hub: HubStage,
  look: () => Promise<Counters>,
): Promise<RealHubResult> {
  const signedIn = ['--path', `/live?v=${PROTOCOL_VERSION}`, '--header', `Cookie: ${hub.cookies[0]}`]
  const client = stage.startClient(variant, hub.port, sockets, signedIn)
  await stage.open(client, sockets)
  await sleep(WINDOW_MS)
  const first = await look()
  await sleep(WINDOW_MS)
  const second = await look()
  const began = performance.now()
  const { value, serverSeconds, shares } = await stage.watch(() =>
    client.ask('storm', 'storm', OPEN_MS_MAX + ANSWER_MS_MAX),
  )
  const storm = value as unknown as Opened
  if (storm.ready !== sockets) throw new Error(`only ${storm.ready} of ${sockets} sockets came back after the storm`)
  await sleep(Math.max(SETTLE_MS, WINDOW_MS - (performance.now() - began)))
  const quiet = minus(second, first)
  const stormy = minus(await look(), second)
  return {
    handshakesPerSecond,
    sockets,
    ms: storm.ms,
    serverSeconds,
    refusals: storm.refused,
    whole: storm.snapshots,
    stormy,
    quiet,
    refused: disturbance(shares),
  }
}
