import { type Kysely, sql } from 'kysely'
import { NATION } from '../../hub/contract/vocabulary/areas.ts'
import type { CareItem } from '../../hub/contract/vocabulary/care.ts'
import type { Severity } from '../../hub/contract/vocabulary/severity.ts'
import type { CareDefaults, CareEvents } from '../case-schema.ts'
import type { Database } from '../schema.ts'
import { URGENCY_RANK } from './cases.ts'
import { inArea } from './in-area.ts'

/** At home: under way, without an outcome, in home or community isolation or waiting for a bed. The index cases_at_home is on it. */
const AT_HOME = sql<boolean>`care_place in ('hi', 'ci', 'waiting') and outcome = 'none'
  and stage not in ('closed', 'duplicate', 'invalid') and merged_into is null`

export type CareFilter = {
  readonly area: string
  /** only whom nobody has reached since then */
  readonly uncalledSince: Date
  readonly all: boolean
}
/** Where the next page begins: rank, µs of the last contact, id. */
export type CareCursor = readonly [rank: number, at: number, id: number]

const uncalled = (since: Date) => sql<boolean>`(contacted_at is null or contacted_at < ${since})`
const listed = ({ area, uncalledSince, all }: CareFilter) =>
  sql<boolean>`${AT_HOME} and ${inArea(area)} and (${all} or ${uncalled(uncalledSince)})`
const CLOCK = sql<number>`(extract(epoch from coalesce(contacted_at, reported_at)) * 1000000)::bigint`

/** The most urgent first, and among them whoever has waited longest for a human voice. */
export async function listAtHome(
  db: Kysely<Database>,
  filter: CareFilter,
  after: CareCursor | undefined,
  limit: number,
) {
  let query = db
    .selectFrom('cases')
    .leftJoin('care_keepers', 'care_keepers.case_id', 'cases.id')
    .select(['id', 'district', 'place', 'severity', 'risk608', 'care_place', 'reported_at', 'contacted_at'])
    .select(['care_keepers.account', 'care_keepers.label'])
    .select([URGENCY_RANK.as('rank'), CLOCK.as('at_us'), uncalled(filter.uncalledSince).as('uncalled')])
    .where(listed(filter))
  if (after) {
    query = query.where(
      sql<boolean>`(${URGENCY_RANK}, ${CLOCK}, id) > (${after[0]}::int, ${after[1]}::bigint, ${after[2]}::bigint)`,
    )
  }
  return query.orderBy('rank').orderBy('at_us').orderBy('id').limit(limit).execute()
}

/** By sub-district, the one with most reds that nobody has called first; of the same people as the list. */
export async function placesAtHome(db: Kysely<Database>, filter: CareFilter) {
  const place = sql<string>`coalesce(place, district)`
  const since = filter.uncalledSince
  return db
    .selectFrom('cases')
    .select([
      place.as('place'),
      sql<number>`count(*)::int`.as('total'),
      sql<number>`(count(*) filter (where ${uncalled(since)}))::int`.as('uncalled'),
      sql<number>`(count(*) filter (where ${uncalled(since)} and severity = 'red'))::int`.as('red'),
    ])
    .where(listed({ ...filter, all: true }))
    .groupBy(place)
    .orderBy('red', 'desc')
    .orderBy('uncalled', 'desc')
    .orderBy('place')
    .execute()
}

/** The defaults of the nation, and of the provinces that have some of their own. */
export async function careDefaults(db: Kysely<Database>, areas: readonly string[]) {
  return db
    .selectFrom('care_defaults')
    .select(['area', 'severity', 'item', 'times_per_day as timesPerDay'])
    .where('area', 'in', areas)
    .execute()
}

/** What a severity is owed in a province: as the province says, or the nation. */
export async function careOwed(db: Kysely<Database>, province: string, severity: Severity) {
  const rows = (await careDefaults(db, [NATION, province])).filter((row) => row.severity === severity)
  const own = rows.filter(({ area }) => area === province)
  return own.length > 0 ? own : rows
}

/** Puts other items in the place of what an area owes a severity; none: a province owes what the nation does. */
export async function writeCareDefaults(
  db: Kysely<Database>,
  { area, severity }: Pick<CareDefaults, 'area' | 'severity'>,
  items: readonly { readonly item: CareItem; readonly timesPerDay: number | null }[],
): Promise<void> {
  await db.deleteFrom('care_defaults').where('area', '=', area).where('severity', '=', severity).execute()
  if (items.length === 0) return
  const rows = items.map(({ item, timesPerDay }) => ({ area, severity, item, times_per_day: timesPerDay }))
  await db.insertInto('care_defaults').values(rows).execute()
}

export async function careEventsOf(db: Kysely<Database>, cases: readonly number[]) {
  return db
    .selectFrom('care_events')
    .select(['item', 'kind', 'at', 'actor_label'])
    .where('case_id', 'in', cases)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
}

export async function insertCareEvent(
  db: Kysely<Database>,
  event: Pick<CareEvents, 'case_id' | 'item' | 'kind' | 'actor' | 'actor_label'> & { at: Date },
): Promise<number> {
  return (await db.insertInto('care_events').values(event).returning('id').executeTakeFirstOrThrow()).id
}

const UNDONE_TABLES = { check: 'checks', complaint: 'complaints', careEvent: 'care_events' } as const

/** What was recorded by a slip of the finger: it stays, and counts no more. `of`: ids by what they are of. */
export async function markUndone(
  db: Kysely<Database>,
  of: Readonly<Partial<Record<keyof typeof UNDONE_TABLES, unknown>>>,
  at: Date,
): Promise<void> {
  for (const [name, id] of Object.entries(of)) {
    if (typeof id !== 'number') continue
    const table = UNDONE_TABLES[name as keyof typeof UNDONE_TABLES]
    await sql`update ${sql.table(table)} set undone_at = ${at} where id = ${id}`.execute(db)
  }
}

/** Contacts that reached somebody since then, the newest first, without those that were taken back. */
export async function callsSince(db: Kysely<Database>, cases: readonly number[], since: Date) {
  return db
    .selectFrom('contacts')
    .select(['at', 'actor_label'])
    .where('case_id', 'in', cases)
    .where('result', '=', 'reached')
    .where('at', '>=', since)
    .where(
      sql<boolean>`not exists (select from case_events where case_events.case_id = contacts.case_id
        and kind = 'case.undone' and (details ->> 'contact')::bigint = contacts.id)`,
    )
    .orderBy('at', 'desc')
    .execute()
}

export async function keeperOf(db: Kysely<Database>, caseId: number) {
  return db
    .selectFrom('care_keepers')
    .select(['account', 'label', 'since'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
}

export async function writeKeeper(
  db: Kysely<Database>,
  keeper: { case_id: number; account: string; label: string; since: Date },
): Promise<void> {
  const { case_id: _, ...set } = keeper
  await db
    .insertInto('care_keepers')
    .values(keeper)
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(set))
    .execute()
}

export async function removeKeeper(db: Kysely<Database>, caseId: number): Promise<void> {
  await db.deleteFrom('care_keepers').where('case_id', '=', caseId).execute()
}
