import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { createBedBook } from './beds.ts'
import { type DayEvent, type PlanOptions, planDay } from './day-plan.ts'
import { reportDays } from './day-reports.ts'
import { createEpidemic, type Epidemic } from './epidemic.ts'
import { type CensusRow, dosesBefore, writeCensus, writeHistory } from './history.ts'
import { loadBeds, resetHospitals } from './hospitals.ts'
import { loadPlaces, type Places } from './places.ts'
import { play } from './play.ts'
import { daysBetween } from './published.ts'
import { createRandom, type Random, spread } from './random.ts'
import { DAY_SECONDS, DOSE_ROW } from './rates.ts'
import { deleteReplayed, holdings } from './reset.ts'
import { adoptOpen, doneOf, remaining, secondAtShare, totalOf } from './resume.ts'
import { DOSES_BEFORE, DRILL_FROM, DRILL_TO, HISTORY_FROM, scenarioDay } from './scenario.ts'
import { alone, pacer } from './session.ts'
import { createKeys, REPLAY_KEY, setOperation, type Titles, writeBatch } from './store.ts'
import { inTransaction } from './transaction.ts'

export type DrillOptions = {
  readonly signal: AbortSignal
  /** progress in words, one line each */
  onLine(line: string): void
  /** real seconds that one day of the drill takes; default SECONDS_PER_DAY */
  readonly secondsPerDay?: number
  /** share of the published numbers, for a small machine or a test; default 1 */
  readonly scale?: number
}

export type Drill = {
  /** Resolves after the signal, with the current transaction committed; rejects when the database is lost for good. */
  readonly ended: Promise<void>
}

export const DRILL_TITLES: Titles = {
  th: 'ฝึกซ้อม: เปิดประเทศ พฤศจิกายน 2564',
  en: 'Drill: the re-opening of November 2021',
}
export const SECONDS_PER_DAY = 150
const TEST_ROWS = 12
const RETRY_MS = 3000
const RETRIES_MAX = 100
/** SQLSTATEs of a server that is going down or coming up; a lost socket has no SQLSTATE. */
const CONNECTION_LOST = /^(?:08|57P|ECONN|EPIPE)/

/**
 * Starts the drill: November 2021 with its two weeks before as history, again and again. Each round deletes what the
 * round before has written, so the database stays small; what users recorded stays. A drill that was interrupted goes
 * on where it was. Resolves when there is something to see.
 * @throws Error when the database is at work, holds an imported or replayed epidemic, or has no areas.
 */
export async function startDrill(ownerUrl: string, options: DrillOptions): Promise<Drill> {
  const seen = Promise.withResolvers<void>()
  const ended = runUntilAborted(ownerUrl, options, seen.resolve)
  ended.catch(seen.reject)
  await Promise.race([seen.promise, ended])
  return { ended }
}

async function runUntilAborted(ownerUrl: string, options: DrillOptions, onSeen: () => void): Promise<void> {
  for (let failures = 0; !options.signal.aborted; ) {
    try {
      await alone(ownerUrl, 'drill', async (client) => {
        for (;;) {
          const finished = await playRound(client, options, () => {
            failures = 0
            onSeen()
          })
          if (!finished) return
        }
      })
      return
    } catch (error) {
      if (options.signal.aborted) return
      failures++
      if (!isConnectionLost(error) || failures > RETRIES_MAX) throw error
      options.onLine(`drill: PostgreSQL is away (${(error as Error).message}); it goes on when it is back`)
      await pacer.pause(RETRY_MS, options.signal)
    }
  }
}

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return CONNECTION_LOST.test(code) || /connection/i.test(error.message)
}

/** @returns true when a round is over and the next may begin; false when the signal ended it */
async function playRound(client: pg.Client, options: DrillOptions, onSeen: () => void): Promise<boolean> {
  const round = randomUUID().slice(0, 8)
  const random = createRandom(Number.parseInt(round, 16))
  const found = await loadPlaces(client)
  const held = await holdings(client)
  if (held.kind !== 'drill' && (held.others > 0 || held.imported > 0 || held.replayed > 0)) {
    throw new Error('this database holds cases that are not of a drill; start the drill on an empty one (DATA_DIR)')
  }
  const resumes = held.kind === 'drill' && held.replayed > 0 && held.day >= DRILL_FROM && held.day <= DRILL_TO
  const world: World = { client, random, found, key: createKeys(round), scale: options.scale ?? 1 }
  if (!resumes && held.kind === 'drill' && !(await clearRound(client, options))) return false
  const { epidemic, beds } = resumes ? await resume(world, held.day, options) : await begin(world, options)
  onSeen()
  const end = await play({
    epidemic,
    beds,
    lastDay: DRILL_TO,
    daysPerSecond: 1 / (options.secondsPerDay ?? SECONDS_PER_DAY),
    pacer,
    signal: options.signal,
    write: (batch) => writeBatch(client, batch, world.key),
    planOf: (day) => eventsOf(world, day, { doseRow: DOSE_ROW, testRows: TEST_ROWS }),
    beginDay: async (day) => {
      await inTransaction(client, async () => {
        await setOperation(client, day, 'drill', DRILL_TITLES)
        await reportAll(world, day, day)
      })
      options.onLine(`drill: ${day}`)
    },
  })
  if (options.signal.aborted) return false
  options.onLine(`drill: the round ends with ${end.day}; it begins anew`)
  return clearRound(client, options)
}

type World = {
  readonly client: pg.Client
  readonly random: Random
  readonly found: Places
  readonly key: () => string
  readonly scale: number
}

/** The day before the history marks a drill that is being cleared: one that finds it clears on. */
async function clearRound(client: pg.Client, { signal }: DrillOptions): Promise<boolean> {
  await setOperation(client, addDays(HISTORY_FROM, -1), 'drill', DRILL_TITLES)
  return deleteReplayed(client, signal, () => undefined)
}

function countsOf({ found, scale }: World, day: string) {
  return scenarioDay(day, new Map([...found.places].map(([code, place]) => [code, place.population])), scale)
}

function eventsOf(world: World, day: string, plan: PlanOptions): DayEvent[] {
  return planDay(countsOf(world, day), world.found.places, world.random, plan)
}

/** In a drill every province reports, be it 0. */
function reportAll({ client, found }: World, from: string, to: string): Promise<void> {
  const all = [...found.places.keys()]
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i))
  return reportDays(
    client,
    days.map((day) => ({ day, cases: all, deaths: all })),
  )
}

/** Fills beds and days up to the drill's first morning in memory, then writes all of it at once. */
async function begin(world: World, options: DrillOptions) {
  const { client, random, found, key } = world
  await inTransaction(client, async () => {
    await resetHospitals(client, found.provinces)
    await setOperation(client, DRILL_FROM, 'drill', DRILL_TITLES)
  })
  const { epidemic, beds, made } = await inTransaction(client, async () => {
    const beds = createBedBook(await loadBeds(client))
    const epidemic = createEpidemic(HISTORY_FROM, 0, beds, random)
    const people = [...found.places.values()].map((place) => place.population)
    const history = daysBetween(HISTORY_FROM, DRILL_FROM) * DAY_SECONDS
    const before = dosesBefore(DOSES_BEFORE, (total) => {
      const parts = spread(Math.round(total * world.scale), people)
      return new Map([...found.places.keys()].map((code, i) => [code, parts[i] ?? 0]))
    })
    const census: CensusRow[] = []
    while (epidemic.second < history) {
      const { day } = epidemic
      epidemic.addDay(eventsOf(world, day, {}))
      epidemic.advance(epidemic.second + DAY_SECONDS)
      for (const unit of beds.units) census.push({ day, unit, occupied: unit.occupied })
    }
    epidemic.addDay(eventsOf(world, DRILL_FROM, { doseRow: DOSE_ROW, testRows: TEST_ROWS }))
    const batch = epidemic.step(history + MORNING_SECONDS, Number.POSITIVE_INFINITY)
    await writeHistory(client, { ...batch, doses: [...before, ...batch.doses] }, epidemic.second, key, random)
    await writeCensus(client, census)
    await reportAll(world, HISTORY_FROM, DRILL_FROM)
    return { epidemic, beds, made: batch.created.length }
  })
  // When it is there for others: whoever hears it may end the drill at once.
  options.onLine(`drill: ${made} cases of the two weeks before ${DRILL_FROM}, ${epidemic.openCases} of them open`)
  return { epidemic, beds }
}

/** The drill opens at eight in the morning, when most things happen. */
const MORNING_SECONDS = 8 * 3600

async function resume(
  world: World,
  day: string,
  options: DrillOptions,
): Promise<{ epidemic: Epidemic; beds: ReturnType<typeof createBedBook> }> {
  const { client, random, found } = world
  await reportAll(world, HISTORY_FROM, day)
  const all = countsOf(world, day)
  const done = await doneOf(client, day, REPLAY_KEY)
  const second = secondAtShare(totalOf(done.cases) / Math.max(1, totalOf(all.cases)))
  const units = await loadBeds(client)
  const beds = createBedBook(units)
  const epidemic = createEpidemic(day, second, beds, random)
  const open = await adoptOpen(client, epidemic, units, day)
  epidemic.addDay(
    planDay(remaining(all, done), found.places, random, { from: second, doseRow: DOSE_ROW, testRows: TEST_ROWS }),
  )
  options.onLine(`drill: goes on with ${day}, ${open} cases open`)
  return { epidemic, beds }
}
