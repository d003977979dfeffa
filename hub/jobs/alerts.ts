import {
  changeAlerts,
  raiseAlerts,
  readFloods,
  readLiveAlerts,
  readRecent,
  readWatchedAreas,
  readWatchFacts,
  readWatchRules,
  writeAlertValues,
  writeFloods,
} from '../../db/queries/alert-watch.ts'
import type { AlertRow } from '../../db/queries/alerts.ts'
import type { Queryable } from '../../db/queries/claims-expiry.ts'
import { evaluate, type LiveAlert, type Situated, type Step } from '../alerts/evaluate.ts'
import { type Circumstances, keyOf, type Places, type Reading } from '../alerts/readings.ts'
import { Readings, Touched } from '../alerts/watcher.ts'
import type { AlertRule } from '../contract/alerts/rules.ts'
import { type RowObject, rowKey, rowObjects } from '../contract/live/rows.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { FLOOD_MS } from '../contract/vocabulary/alerts.ts'
import type { Situation, Transaction } from '../situation/index.ts'
import { standingOf } from '../work/alerts/alerts.ts'
import { Waiting } from './alert-waiting.ts'
import type { Task } from './tasks.ts'

/** How often it looks whether something was committed. */
export const LOOK_MS = 250
/** What time alone changes (a wait, a silence, a shelf that ends) is looked at so often, without any commit. */
const TIME_MS = 1_000
/** A value that goes on changing is written again after so long: the number itself is live beside the alert. */
const VALUE_MS = 60_000

export type AlertWatchOptions = {
  readonly situation: Pick<Situation, 'position' | 'today' | 'cell' | 'row' | 'rows'>
  /** whether the fold follows PostgreSQL: what it does not know rings for nobody */
  readonly isLive: () => boolean
  readonly lagMs: () => number
  /** text messages an hour in all */
  readonly messagesPerHour: number
}

/** A task that is told what the fold of its process has folded. */
export type AlertWatch = Task & {
  folded(tx: Transaction): void
  /** the whole fold is new */
  replaced(): void
}

type Known = {
  readonly places: Places
  readonly rules: readonly AlertRule[]
  readonly kinds: ReadonlySet<string>
  readonly sent: number
  readonly apart: ReadonlyMap<string, number>
}

export function alertOf(row: AlertRow): LiveAlert {
  return {
    id: Number(row.id),
    rule: row.rule_id,
    area: row.area,
    facility:
      row.facility_id === null
        ? null
        : { id: row.facility_id, nameTh: row.facility_th ?? '', nameEn: row.facility_en ?? '' },
    severity: row.severity,
    standing: standingOf(row),
    ackMinutes: row.ack_minutes,
    escalateTo: row.escalate_to,
    value: row.value,
    announced: row.announced,
    announcedNation: row.announced_nation,
    raisedAt: row.raised_at.getTime(),
    clearedAt: row.cleared_at?.getTime() ?? null,
  }
}

/**
 * Watches the fold of this process by the rules and writes what rings, for all hubs: the job of one of them. It looks after every
 * commit, so that an alert stands in its row within a second of what it is about.
 */
export function watchAlerts(options: AlertWatchOptions): AlertWatch {
  const { situation } = options
  const touched = new Touched()
  const readings = new Readings()
  let seen = { position: -1, at: Number.NEGATIVE_INFINITY }
  let known: Known | undefined
  const waiting = new Waiting()
  /** the connection that leads: another is another term, and others may have led meanwhile */
  let term: Queryable | undefined
  const valuesAt = new Map<number, number>()

  return {
    name: 'watch for alerts',
    everyMs: LOOK_MS,
    folded: (tx) => touched.add(tx),
    replaced: () => touched.everything(),
    async run(db, now) {
      const timeIsUp = now - seen.at >= TIME_MS || now < seen.at
      if (situation.position === seen.position && !timeIsUp) return 0
      if (situation.today === '' || !options.isLive()) return 0
      if (db !== term) {
        readings.resume(await waiting.load(db))
        term = db
      }
      if (known === undefined || timeIsUp) known = await learn(db, now, known?.places)
      seen = { position: situation.position, at: timeIsUp ? now : seen.at }
      const { rules, places } = known
      const isNew = readings.read(rules, places, touched.take(), around(options, known, now))
      if (!isNew && !timeIsUp) return 0
      await waiting.keep(db, readings)
      const situated = { rules, readings: readings.all, since: readings.since, now }
      if (isNothing(await stepOf(db, situated, false))) {
        if (timeIsUp) await showValues(db, readings.all, valuesAt, now)
        return 0
      }
      return write(db, situated, now)
    },
  }
}

async function learn(db: Queryable, now: number, places: Places | undefined): Promise<Known> {
  const { kinds, sent, apart } = await readWatchFacts(db, now)
  return {
    places: places ?? {
      provinces: await readWatchedAreas(db, 'province'),
      districts: await readWatchedAreas(db, 'district'),
    },
    rules: await readWatchRules(db),
    kinds: new Set(kinds),
    sent,
    apart: new Map(Object.entries(apart)),
  }
}

function around(
  { situation, lagMs, messagesPerHour }: AlertWatchOptions,
  { kinds, sent, apart, places }: Known,
  now: number,
): Circumstances {
  return {
    cells: (column, area) => situation.cell(column, area),
    today: situation.today,
    now,
    oldest(area, measure) {
      const row = situation.row(rowKey('oldest', `${area}.${measure}`))
      return row === undefined ? null : (rowObjects([row], 'oldest')[0]?.at ?? null)
    },
    facilities: (province) => facilitiesOf(situation, `province:${province}`, kinds),
    lagSeconds: lagMs() / 1_000,
    messages: messagesPerHour === 0 ? 0 : sent / messagesPerHour,
    apartSince: (province) => apart.get(province),
    parts: places.provinces,
  }
}

function facilitiesOf(
  situation: AlertWatchOptions['situation'],
  scope: Scope,
  kinds: ReadonlySet<string>,
): readonly RowObject<'facility'>[] {
  return rowObjects(situation.rows(scope), 'facility').filter(({ kind }) => kinds.has(kind))
}

/** @param lock for writing what it says */
async function stepOf(
  db: Queryable,
  situated: Pick<Situated, 'rules' | 'readings' | 'since' | 'now'>,
  lock: boolean,
): Promise<Step & Pick<Situated, 'floods'> & { readonly before: Situated['floods'] }> {
  const live = (await readLiveAlerts(db, lock)).map(alertOf)
  const recent = new Map(
    (await readRecent(db, new Date(situated.now - FLOOD_MS))).map(({ audience, ...counts }) => [audience, counts]),
  )
  const before = new Map(
    (await readFloods(db)).map(({ area, since, held }) => [area, { since: since.getTime(), held }] as const),
  )
  return { ...evaluate({ ...situated, live, recent, floods: before }), before }
}

function isNothing({ raise, change, floods, before }: Awaited<ReturnType<typeof stepOf>>): boolean {
  if (raise.length > 0 || change.length > 0 || floods.size !== before.size) return false
  return [...floods].every(([area, { held }]) => before.get(area)?.held === held)
}

/** Decides again on what is locked now, so that whoever answers at this moment is not overwritten, and writes it. @returns rows written */
async function write(
  db: Queryable,
  situated: Pick<Situated, 'rules' | 'readings' | 'since' | 'now'>,
  now: number,
): Promise<number> {
  await db.query('begin', [])
  try {
    const { raise, change, floods } = await stepOf(db, situated, true)
    const written = [...raise, ...change].map(({ standing, announced, announcedNation, value, events }) => ({
      ...{ state: standing.state, announced, announcedNation, value, events },
      dueAt: 'dueAt' in standing ? new Date(standing.dueAt).toISOString() : null,
    }))
    const raised = raise.map(({ reading: { rule, area, facility } }, i) => ({
      ...{ ...written[i]!, rule: rule.id, area, facility: facility?.id ?? null },
      facilityTh: facility?.nameTh ?? null,
      facilityEn: facility?.nameEn ?? null,
    }))
    const changed = change.map(({ alert }, i) => ({ ...written[raise.length + i]!, id: alert.id }))
    const rows = (await raiseAlerts(db, raised, now)) + (await changeAlerts(db, changed, now))
    await writeFloods(
      db,
      [...floods].map(([area, { since, held }]) => ({ area, since: new Date(since), held })),
    )
    await db.query('commit', [])
    return rows
  } catch (error) {
    await db.query('rollback', [])
    throw error
  }
}

/** Brings the values that live alerts show up to date, each once in VALUE_MS. @param at when each was written; changed */
async function showValues(
  db: Queryable,
  readings: ReadonlyMap<string, Reading>,
  at: Map<number, number>,
  now: number,
): Promise<void> {
  const live = (await readLiveAlerts(db, false)).map(alertOf)
  const ids = new Set(live.map(({ id }) => id))
  for (const id of at.keys()) if (!ids.has(id)) at.delete(id)
  const values = live.flatMap((alert) => {
    const { value = null, verdict = 'unknown' } = readings.get(keyOf(alert.rule, alert)) ?? {}
    const isDue = now - (at.get(alert.id) ?? alert.raisedAt) >= VALUE_MS
    if (value === null || verdict === 'off' || value === alert.value || !isDue) return []
    at.set(alert.id, now)
    return [{ id: alert.id, value }]
  })
  await writeAlertValues(db, values)
}
