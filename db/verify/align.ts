import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { type Expected, expectedFromSql } from './expected.ts'
import type { Answer, HubClient } from './hub-client.ts'

/** Both sides of the comparison at one position, and how it was made sure that it is one. */
export type Aligned = {
  readonly answers: ReadonlyMap<Scope, Answer>
  readonly expected: ReadonlyMap<Scope, Expected>
  readonly position: number
  readonly how: string
}

export type Sides = {
  /** an owner's connection: reads in a repeatable-read transaction, and holds the locks of tables */
  readonly reader: pg.ClientBase
  /** another: commits the marker */
  readonly marker: pg.ClientBase
  readonly hub: HubClient
  readonly scopes: readonly Scope[]
  /** milliseconds of a clock that never jumps */
  now(): number
}

const QUIET_PAUSE_MS = 150
const LOCK_TRIES_MAX = 40
const LOCK_PAUSE_MS = 100
/** For each of the tables. All of them stay under deadlock_timeout (1 s): in a cycle verify gives way, never a writer. */
const LOCK_WAIT_MS = 120
/** For the row of the operation, by a session that holds nothing else: it may wait for a long transaction, and delays nobody. */
const MARKER_WAIT_MS = 2000
const FOLLOW_MS_MAX = 10_000
const FOLLOW_LOCKED_MS_MAX = 3000
/** Between two questions to a hub that has not come so far; twice as long each time. */
const FOLLOW_PAUSE_MS_MIN = 10
const FOLLOW_PAUSE_MS_MAX = 250
/** How long a hub that does not follow its database is waited for, and how often it is asked. */
const READY_MS_MAX = 30_000
const READY_PAUSE_MS = 1_000
const ASKED_AT_ONCE = 6
const LOCK_NOT_AVAILABLE = '55P03'
/** Every table with cells or rows, but the operation, which carries the marker. */
const LOCKED_TABLES = `cases, needs, transfers, presence, facilities, beds, stock, care_units, reconciliations, bed_census, vaccinations, tests, day_reports,
  revisions, oldest, thresholds, audit_head`

/** A commit that changes nothing: once the hub has folded it, it has folded all before it. */
const MARKER = 'update operation set day = day where id = 1'

/**
 * Without disturbing anyone: a snapshot, a marker commit, the hub's state after it, another snapshot. When between the
 * two snapshots the marker was the only transaction that wrote, and none was under way at either, the hub's state and
 * the first snapshot hold the same commits. Else again.
 * @returns `undefined` when the database did not come to rest
 */
export async function alignQuiet(sides: Sides, msMax: number): Promise<Aligned | undefined> {
  const { reader, marker, now } = sides
  const until = now() + msMax
  for (let tries = 1; now() < until; tries++) {
    await reader.query('begin isolation level repeatable read read only')
    try {
      const before = await writers(reader)
      if (before.under === 0) {
        const position = await walPosition(reader)
        await marker.query(MARKER)
        const resting = async (): Promise<boolean> => {
          const { under, next } = await writers(marker)
          return under === 0 && next - before.next === 1n
        }
        // Looked at first too: a hub is not waited for where somebody has written already.
        const answers = (await resting()) ? await ask(sides, position, FOLLOW_MS_MAX) : undefined
        if (answers !== undefined && (await resting())) {
          const expected = await expectedFromSql(reader, [...answers.keys()])
          return { answers, expected, position: positionOf(answers), how: `at rest, try ${tries}` }
        }
      }
    } finally {
      await reader.query('rollback')
    }
    await sleep(QUIET_PAUSE_MS)
  }
  return undefined
}

/**
 * While others write: a SHARE lock makes writers wait until the hub has folded the marker and has been asked for every
 * scope. SQL is read after the lock is gone, in a snapshot taken under it.
 * @returns `undefined` when the lock was not to be had
 */
export async function alignLocked(sides: Sides, snapshot: pg.ClientBase): Promise<Aligned | undefined> {
  const { reader: locker, marker, now } = sides
  for (let tries = 1; tries <= LOCK_TRIES_MAX; tries++) {
    if (!(await lock(sides))) {
      await sleep(LOCK_PAUSE_MS)
      continue
    }
    const lockedAt = now()
    try {
      await snapshot.query('begin isolation level repeatable read read only')
      const operation = await readOperation(snapshot)
      const position = await walPosition(snapshot)
      await marker.query(`${MARKER}; commit`)
      const answers = await ask(sides, position, FOLLOW_LOCKED_MS_MAX)
      await locker.query('rollback')
      const heldMs = Math.round(now() - lockedAt)
      if ((await readOperation(marker)) === operation) {
        const expected = await expectedFromSql(snapshot, [...answers.keys()])
        return { answers, expected, position: positionOf(answers), how: `under a lock, writers waited ${heldMs} ms` }
      }
    } finally {
      await Promise.all([locker, marker, snapshot].map((client) => client.query('rollback')))
    }
  }
  return undefined
}

/**
 * The row that the marker writes, then the tables. Who writes the operation first and the tables afterwards, as a replay
 * does, would otherwise hold the row and wait for the tables, while the marker waits for the row: for ever, since
 * PostgreSQL sees no cycle through this process.
 */
async function lock({ reader: locker, marker }: Sides): Promise<boolean> {
  await marker.query(`begin; set local lock_timeout = ${MARKER_WAIT_MS}`)
  await locker.query(`begin; set local lock_timeout = ${LOCK_WAIT_MS}`)
  try {
    await marker.query('select from operation where id = 1 for no key update')
    await locker.query(`lock table ${LOCKED_TABLES} in share mode`)
    return true
  } catch (error) {
    await Promise.all([locker, marker].map((client) => client.query('rollback')))
    if (error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}

/** Transactions that write: how many are under way, and the number the next one gets. */
async function writers(client: pg.ClientBase): Promise<{ readonly under: number; readonly next: bigint }> {
  const { rows } = await client.query<{ under: string; next: string }>(
    `select pg_snapshot_xmax(s)::text as next, (select count(*) from pg_snapshot_xip(s))::text as under
     from pg_current_snapshot() as s`,
  )
  return { under: Number(rows[0]?.under), next: BigInt(rows[0]?.next ?? 0) }
}

async function walPosition(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    `select (pg_current_wal_insert_lsn() - '0/0')::float8 as position`,
  )
  return rows[0]?.position ?? 0
}

async function readOperation(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query('select * from operation')
  return JSON.stringify(rows)
}

/**
 * Waits for a hub that takes a new snapshot, or whose database was away.
 * @throws Error that says in its own words why it does not follow
 */
export async function untilFollowing({ hub, now }: Pick<Sides, 'hub' | 'now'>, msMax = READY_MS_MAX): Promise<void> {
  const until = now() + msMax
  for (;;) {
    const why = await hub.whyNotReady()
    if (why === undefined) return
    if (now() > until) throw new Error(`the hub does not follow its database: ${why}`)
    await sleep(READY_PAUSE_MS)
  }
}

/** Asks for every scope, a few at a time, once the hub has passed `position`; until then for one alone. */
async function ask({ hub, scopes, now }: Sides, position: number, msMax: number): Promise<Map<Scope, Answer>> {
  const until = now() + msMax
  const answers = new Map<Scope, Answer>()
  const askFor = async (scope: Scope): Promise<void> => {
    for (let pauseMs = FOLLOW_PAUSE_MS_MIN; ; pauseMs = Math.min(2 * pauseMs, FOLLOW_PAUSE_MS_MAX)) {
      const answer = await hub.ask(scope)
      if (answer === undefined) return
      if (answer.position > position) {
        answers.set(scope, answer)
        return
      }
      if (now() > until) {
        throw new Error(`the hub does not follow: it stands at ${answer.position}, the database at ${position}`)
      }
      await sleep(pauseMs)
    }
  }
  const [first, ...waiting] = scopes
  if (first !== undefined) await askFor(first)
  const worker = async () => {
    for (let scope = waiting.shift(); scope !== undefined; scope = waiting.shift()) await askFor(scope)
  }
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, worker))
  return answers
}

function positionOf(answers: ReadonlyMap<Scope, Answer>): number {
  return Math.max(0, ...[...answers.values()].map((answer) => answer.position))
}
