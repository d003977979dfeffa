import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { BedBook } from './beds.ts'
import type { DayEvent } from './day-plan.ts'
import type { Batch, Epidemic } from './epidemic.ts'
import { DAY_SECONDS } from './rates.ts'
import type { BedRow } from './store.ts'

/** A clock that never jumps, in milliseconds, and a pause that an abort ends. */
export type Pacer = { now(): number; pause(ms: number, signal: AbortSignal): Promise<void> }

export type PlayOptions = {
  readonly epidemic: Epidemic
  readonly beds: BedBook
  readonly lastDay: string
  readonly daysPerSecond: number
  readonly pacer: Pacer
  readonly signal: AbortSignal
  write(batch: Batch): Promise<readonly BedRow[]>
  /** the events of a day that begins */
  planOf(day: string): readonly DayEvent[]
  /** every screen goes to the day that begins */
  beginDay(day: string): Promise<void>
  onStatus?(status: PlayStatus): void
}

export type PlayStatus = {
  readonly day: string
  /** seconds of the day */
  readonly second: number
  readonly commits: number
  readonly rows: number
  /** days per second since the beginning */
  readonly rate: number
}

/** Events of one transaction: 12,000 cases a day at one day a second need about 60,000 a second. */
const EVENTS_PER_COMMIT_MAX = 10_000
const COMMITS_PER_SECOND = 40
const COMMITS_PER_SECOND_MIN = 6
/** From here on fewer, larger commits: each touches most of the 1,500 bed rows anyway. */
const FAST_DAYS_PER_SECOND = 0.25
const STATUS_EVERY_MS = 1000
/** When PostgreSQL cannot follow, the replay slows down; it does not catch up in a burst. */
const BEHIND_MS_MAX = 500

/**
 * Lets the days pass at their pace, writing what happens in small transactions, until the end of `lastDay` or the
 * signal; both end after the current transaction.
 */
export async function play(options: PlayOptions): Promise<PlayStatus> {
  const { epidemic, pacer, signal } = options
  const secondsPerMs = (options.daysPerSecond * DAY_SECONDS) / 1000
  const beganAt = pacer.now()
  const beganSecond = epidemic.second
  let anchorAt = beganAt
  let anchorSecond = epidemic.second
  let commits = 0
  let rows = 0
  let statusAt = beganAt
  const pauseMs = 1000 / commitsPerSecond(options.daysPerSecond)
  let day = epidemic.day
  const status = (): PlayStatus => ({
    day,
    second: epidemic.second % DAY_SECONDS,
    commits,
    rows,
    rate: (epidemic.second - beganSecond) / DAY_SECONDS / Math.max((pacer.now() - beganAt) / 1000, 0.001),
  })
  while (!signal.aborted) {
    const loopAt = pacer.now()
    const dayEnd = (Math.floor(epidemic.second / DAY_SECONDS) + 1) * DAY_SECONDS
    const due = Math.floor(anchorSecond + (loopAt - anchorAt) * secondsPerMs)
    const batch = epidemic.step(Math.min(due, dayEnd), EVENTS_PER_COMMIT_MAX)
    const size = batchRows(batch)
    if (size > 0) {
      for (const row of await options.write(batch)) options.beds.correct(row.facility, row.level, row)
      commits++
      rows += size
    }
    if (epidemic.second === dayEnd) {
      if (day >= options.lastDay) return status()
      day = addDays(day, 1)
      await options.beginDay(day)
      commits++
      epidemic.addDay(options.planOf(day))
    }
    const now = pacer.now()
    if ((due - epidemic.second) / secondsPerMs > BEHIND_MS_MAX) {
      anchorAt = now
      anchorSecond = epidemic.second
    }
    if (now - statusAt >= STATUS_EVERY_MS) {
      statusAt = now
      options.onStatus?.(status())
    }
    await pacer.pause(Math.max(0, loopAt + pauseMs - now), signal)
  }
  return status()
}

function commitsPerSecond(daysPerSecond: number): number {
  const commits = (COMMITS_PER_SECOND * FAST_DAYS_PER_SECOND) / Math.max(daysPerSecond, FAST_DAYS_PER_SECOND)
  return Math.max(commits, COMMITS_PER_SECOND_MIN)
}

function batchRows(batch: Batch): number {
  return batch.created.length + batch.changed.length + batch.beds.length + batch.doses.length + batch.tests.length
}
