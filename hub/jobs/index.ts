import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import { createSession } from '../../db/client.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import { TASKS, type Task } from './tasks.ts'

export type { Task } from './tasks.ts'
export { TASKS } from './tasks.ts'

export type JobsOptions = {
  /** the owner's: leases end in every area */
  readonly url: string
  readonly clock: Clock
  readonly logger: Logger
  readonly tasks?: readonly Task[]
  /** whoever holds it leads in these tasks; without it, that of TASKS */
  readonly lock?: number
  /** ms between two looks at what is due */
  readonly tickMs?: number
}

export type Jobs = {
  /** whether this process is the one that does them */
  leads(): boolean
  stop(): Promise<void>
}

/** Whoever holds this advisory lock leads; it is let go with the connection, so a dead leader is followed at once. */
export const JOBS_LOCK = ADVISORY_LOCKS.jobs
const TICK_MS = 500
/** How long to wait for another try: for the leadership, or for the database. */
const RETRY_MS = 2_000
const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Lease expiry, the day, clean-ups: in one process of however many, for as long as its connection lives. A lost
 * connection loses the lead; then any process may take it.
 */
export function startJobs(options: JobsOptions): Jobs {
  const { logger } = options
  const stopping = new AbortController()
  let leading = false

  async function live(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await term(options, stopping.signal, (leads) => {
          leading = leads
        })
      } catch (error) {
        logger.warn({ err: error }, 'jobs: the database is not there; trying again')
      }
      leading = false
      await sleep(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = live()
  return {
    leads: () => leading,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** One connection's life: waits for the lead, then works until it is told to stop or the connection breaks. */
async function term(
  { url, clock, logger, tasks = TASKS, lock = JOBS_LOCK, tickMs = TICK_MS }: JobsOptions,
  signal: AbortSignal,
  onLead: (leads: boolean) => void,
): Promise<void> {
  const client = createSession(url, 'jitasa jobs', {
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  })
  const lost = new Promise<never>((_, reject) => client.on('error', reject))
  lost.catch(() => undefined)
  try {
    await client.connect()
    while (!signal.aborted && !(await takeLead(client, lock))) await rest(RETRY_MS, signal, lost)
    if (signal.aborted) return
    logger.info({ tasks: tasks.map(({ name }) => name) }, 'jobs: this process leads')
    onLead(true)
    const due = new Map<Task, number>()
    while (!signal.aborted) {
      const now = clock.now()
      for (const task of tasks) {
        if (now < (due.get(task) ?? 0)) continue
        due.set(task, now + task.everyMs)
        const changed = await task.run(client, now)
        if (changed > 0) logger[task.quiet ? 'debug' : 'info']({ task: task.name, changed }, 'jobs')
      }
      await rest(tickMs, signal, lost)
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function takeLead(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock])
  return rows[0]?.mine ?? false
}

/** Waits, but no longer than until it is told to stop; a lost connection is thrown. */
async function rest(ms: number, signal: AbortSignal, lost: Promise<never>): Promise<void> {
  const done = new AbortController()
  const either = AbortSignal.any([signal, done.signal])
  try {
    await Promise.race([sleep(ms, undefined, { signal: either }).catch(() => undefined), lost])
  } finally {
    done.abort()
  }
}
