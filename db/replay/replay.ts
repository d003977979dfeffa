import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { CASE_COLUMNS, type CaseAmounts, readCaseAmounts } from '../import/daily-cases.ts'
import { FileProblem } from '../import/problem.ts'
import { count, type Progress } from '../import/progress.ts'
import { readAreaDays } from '../import/read-file.ts'
import { createBedBook } from './beds.ts'
import { planDay } from './day-plan.ts'
import { type DayReporters, reportDays } from './day-reports.ts'
import { createEpidemic } from './epidemic.ts'
import { type FileDays, fileDays } from './file-days.ts'
import { dosesBefore } from './history.ts'
import { loadBeds, resetHospitals } from './hospitals.ts'
import { loadPlaces } from './places.ts'
import { type PlayStatus, play } from './play.ts'
import { daysBetween, dosesUntil } from './published.ts'
import { createRandom, spread } from './random.ts'
import { DAY_SECONDS, DOSE_ROW } from './rates.ts'
import { deleteReplayed, type Holdings, holdings } from './reset.ts'
import { adoptOpen, doneOf, remaining, secondAtShare, totalOf } from './resume.ts'
import { alone, pacer } from './session.ts'
import { createKeys, insertDoses, REPLAY_KEY, setOperation, type Titles, writeBatch } from './store.ts'
import { inTransaction } from './transaction.ts'

export type ReplayOptions = {
  readonly ownerUrl: string
  readonly path: string
  readonly map: Readonly<Record<string, string>>
  readonly delimiter: string
  readonly from: string
  readonly to: string
  readonly daysPerSecond: number
  readonly seed: number
  /** delete what earlier replays have written, then begin */
  readonly reset: boolean
  /** go on where an earlier run stopped */
  readonly goOn: boolean
  /** even in a database that holds other cases */
  readonly force: boolean
  readonly signal: AbortSignal
  readonly progress: Progress
}

export type ReplayResult = PlayStatus & { readonly deathsUnmet: number; readonly finished: boolean }

const TEST_ROWS = 6

export function replayTitles(from: string, to: string): Titles {
  return { th: `เล่นซ้ำข้อมูลจริง ${from} ถึง ${to}`, en: `Replay of ${from} to ${to}` }
}

/**
 * Replays the days of a file as single case events until the end or the signal, which ends it after the current
 * transaction.
 * @throws FileProblem for the file, Error in words when the database may not be replayed into
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  return alone(options.ownerUrl, 'replay', async (client) => {
    const { places, provinces } = await loadPlaces(client)
    const days = await readDays(client, options, places)
    const { progress } = options
    for (const note of days.notes) progress.line(note)
    progress.line(`${options.from} … ${options.to}: ${count(days.cases, 'case')}, ${count(days.deaths, 'death')}`)
    await prepare(client, options)
    const titles = replayTitles(options.from, options.to)
    const random = createRandom(options.seed)
    const key = createKeys(randomUUID().slice(0, 8))
    const held = await holdings(client)
    const day = options.goOn && held.replayed > 0 ? held.day : options.from
    if (day === options.from && held.replayed === 0) {
      const people = [...places.values()].map((place) => place.population)
      const before = dosesBefore(dosesUntil(addDays(day, -1)), (total) => {
        const parts = spread(total, people)
        return new Map([...places.keys()].map((code, i) => [code, parts[i] ?? 0]))
      })
      await inTransaction(client, async () => {
        await resetHospitals(client, provinces)
        await insertDoses(client, before, key)
        await setOperation(client, day, 'replay', titles)
      })
    }
    await reportDays(client, reportersUntil(days, options.from, day))
    const all = countsOf(days, day)
    const done = await doneOf(client, day, REPLAY_KEY)
    const second = held.replayed > 0 ? secondAtShare(totalOf(done.cases) / Math.max(1, totalOf(all.cases))) : 0
    const units = await loadBeds(client)
    const beds = createBedBook(units)
    const epidemic = createEpidemic(day, second, beds, random)
    const open = await adoptOpen(client, epidemic, units, day)
    if (open > 0) progress.line(`goes on with ${day}: ${count(open, 'case')} open`)
    const plan = { doseRow: DOSE_ROW, testRows: TEST_ROWS }
    epidemic.addDay(planDay(remaining(all, done), places, random, { ...plan, from: second }))
    const length = daysBetween(options.from, options.to) + 1
    const end = await play({
      epidemic,
      beds,
      lastDay: options.to,
      daysPerSecond: options.daysPerSecond,
      pacer,
      signal: options.signal,
      write: (batch) => writeBatch(client, batch, key),
      planOf: (next) => planDay(countsOf(days, next), places, random, plan),
      beginDay: (next) =>
        inTransaction(client, async () => {
          await setOperation(client, next, 'replay', titles)
          await reportDays(client, reportersUntil(days, next, next))
        }),
      onStatus: (status) =>
        progress.show(statusText(status), daysBetween(options.from, status.day) + status.second / DAY_SECONDS, length),
    })
    return { ...end, deathsUnmet: epidemic.deathsUnmet, finished: !options.signal.aborted }
  })
}

function statusText({ day, second, rate, commits, rows }: PlayStatus): string {
  const time = `${String(Math.floor(second / 3600)).padStart(2, '0')}:${String(Math.floor((second % 3600) / 60)).padStart(2, '0')}`
  return `${day} ${time}, ${rate.toFixed(2)} days/s, ${count(commits, 'commit')}, ${count(rows, 'row')}`
}

function countsOf(days: FileDays, day: string) {
  const counts = days.counts.get(day)
  if (counts === undefined)
    throw new Error(`the database stands on ${day}, outside --from and --to; begin anew with --reset`)
  return counts
}

/** Who has reported the days from one to another: the provinces whose numbers the file holds. */
function reportersUntil(days: FileDays, from: string, to: string): DayReporters[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => {
    const day = addDays(from, i)
    const { cases, deaths } = countsOf(days, day)
    return { day, cases: cases.keys(), deaths: deaths.keys() }
  })
}

async function readDays(
  client: pg.ClientBase,
  options: ReplayOptions,
  places: Parameters<typeof fileDays>[3],
): Promise<FileDays> {
  const { collected, cover, errors } = await readAreaDays<CaseAmounts>(client, options, CASE_COLUMNS, readCaseAmounts)
  const [first] = errors.first
  if (first) {
    const more = errors.count > 1 ? ` (and ${errors.count - 1} more bad rows)` : ''
    throw new FileProblem(first.line, first.what + more)
  }
  if (cover === undefined) throw new FileProblem(undefined, 'has no good row')
  if (options.from < cover.first || options.to > cover.last) {
    throw new FileProblem(undefined, `holds ${cover.first} … ${cover.last}; --from and --to go beyond it`)
  }
  return fileDays(collected.days.values(), options.from, options.to, places)
}

async function prepare(client: pg.ClientBase, options: ReplayOptions): Promise<void> {
  const held = await holdings(client)
  if (!options.force) refuseOthers(held, options.reset)
  if (options.reset) {
    await deleteReplayed(client, options.signal, (rows) => options.progress.show('deleting', rows, held.replayed))
    return
  }
  if (held.replayed > 0 && !options.goOn) {
    throw new Error(
      `the database holds ${count(held.replayed, 'replayed case')} up to ${held.lastDay} (its day is ${held.day}); ` +
        'go on with --continue, or delete them and begin anew with --reset',
    )
  }
}

function refuseOthers(held: Holdings, reset: boolean): void {
  const others = held.others + held.imported
  if (others > 0) {
    throw new Error(
      `the database holds ${count(others, 'case')} that no replay has written ` +
        `(operation ${held.kind}); a replay would mix with them and move every screen's day. Use another DATA_DIR or ` +
        'DATABASE_URL, or --force',
    )
  }
  if (held.kind === 'drill' && !reset)
    throw new Error('a drill is in this database; delete it with --reset, or use another DATA_DIR or DATABASE_URL')
}
