import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { SourceError, within } from './errors.ts'
import type { SourceLimits } from './limits.ts'
import { parseLsn } from './lsn.ts'

/** A temporary logical slot. It lives as long as its connection; its snapshot until that connection's next command. */
export type Slot = {
  readonly name: string
  /** where the stream begins, in bytes: the snapshot holds every commit up to it and none after it */
  readonly position: number
  readonly snapshot: string
  readonly system: System
}

/** The cluster's identifier, unique per initdb, and its timeline, which a promotion or restore raises. */
export type System = { readonly id: string; readonly timeline: string }

const WAITING_NOTICE_MS = 2_000

type SlotLimits = Pick<SourceLimits, 'slotMs' | 'connectMs'>

/** @param random in [0, 1): processes of other machines may have the same pid */
export function slotName(pid: number, random: number): string {
  return `jitasa_${pid}_${Math.floor(random * 36 ** 6)
    .toString(36)
    .padStart(6, '0')}`
}

/** Names one database of one cluster on one timeline in at most 35 characters; equal on every hub process. */
export function epochOf(system: System, databaseOid: string): string {
  return [system.id, system.timeline, databaseOid].map((part) => BigInt(part).toString(36)).join('-')
}

/** A session whose open transaction holds up the slot. */
export type Blocker = { readonly pid: number; readonly who: string }

/**
 * Make a slot and export its snapshot. PostgreSQL first waits for the writing transactions that are open; `onWaiting`
 * is told which sessions those are, every two seconds.
 * @param feed a walsender session that runs nothing else until START_REPLICATION
 * @param sql another session, to look at who is in the way
 * @throws SourceError `slot` after `slotMs`, `link_silent`; the error of `pg` when no slot is free or the role may not replicate
 */
export async function createSlot(
  feed: pg.Client,
  sql: pg.Client,
  name: string,
  limits: SlotLimits,
  onWaiting: (blockers: readonly Blocker[]) => void,
): Promise<Slot> {
  const { system, pid } = await within(limits.connectMs, 'identifying itself', identify(feed))
  const created = feed.query<{ consistent_point: string; snapshot_name: string }>(
    `CREATE_REPLICATION_SLOT ${pg.escapeIdentifier(name)} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'export')`,
  )
  const done = new AbortController()
  const watching = tellWaiting(sql, pid, limits, onWaiting, done.signal)
  try {
    const row = (await Promise.race([created, watching])).rows[0]
    if (row === undefined) throw new Error('PostgreSQL made no replication slot')
    return {
      name,
      position: parseLsn(row.consistent_point),
      snapshot: row.snapshot_name,
      system,
    }
  } finally {
    done.abort()
    await Promise.allSettled([watching])
  }
}

async function identify(feed: pg.Client): Promise<{ system: System; pid: number }> {
  const system = (await feed.query<{ systemid: string; timeline: number }>('IDENTIFY_SYSTEM')).rows[0]
  const backend = (await feed.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]
  if (system === undefined || backend === undefined) throw new Error('PostgreSQL does not identify itself')
  return { system: { id: system.systemid, timeline: String(system.timeline) }, pid: backend.pid }
}

const BLOCKERS_SQL = `
  select pid, concat_ws(', ', nullif(application_name, ''), 'role ' || usename, 'database ' || datname) as who
  from pg_stat_activity where pid = any (pg_blocking_pids($1)) order by pid`

/** For the operator: who is in the way, and how to end it. */
export function heldUpSentence(blockers: readonly Blocker[]): string {
  const sessions = blockers.map(({ pid, who }) => `${pid} (${who})`).join(', ') || 'unknown'
  return `PostgreSQL waits for open writing transactions before it starts a feed; sessions (pid): ${sessions}. End them (pg_terminate_backend), or wait`
}

/** Never resolves; rejects when it is told to end, or when the slot took too long. */
async function tellWaiting(
  sql: pg.Client,
  pid: number,
  { slotMs, connectMs }: SlotLimits,
  onWaiting: (blockers: readonly Blocker[]) => void,
  signal: AbortSignal,
): Promise<never> {
  for (let waitedMs = 0; waitedMs < slotMs; waitedMs += WAITING_NOTICE_MS) {
    await sleep(WAITING_NOTICE_MS, undefined, { signal })
    const blocking = sql.query<Blocker>(BLOCKERS_SQL, [pid])
    onWaiting((await within(connectMs, 'looking at who delays the slot', blocking)).rows)
  }
  throw new SourceError(
    'slot',
    `no replication slot within ${slotMs / 1000} s: writing transactions stay open; end them`,
  )
}
