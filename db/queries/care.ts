import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CareEvents } from '../case-schema.ts'
import type { Database } from '../schema.ts'
import { URGENCY_RANK } from './cases.ts'

/** At home: under way, without an outcome, in home or community isolation or waiting for a bed. The index cases_at_home is on it. */
const AT_HOME = sql<boolean>`care_place in ('hi', 'ci', 'waiting') and outcome = 'none'
  and stage not in ('closed', 'duplicate', 'invalid') and merged_into is null`

const inArea = (area: string): RawBuilder<boolean> => {
  if (area === 'TH') return sql<boolean>`true`
  if (area.length === 6) return sql<boolean>`place = ${area}`
  return area.length === 4 ? sql<boolean>`district = ${area}` : sql<boolean>`starts_with(district, ${area})`
}

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
export async function placesAtHome(db: Kysely<Database>, filter: CareFilter, limit: number) {
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
    .limit(limit)
    .execute()
}

/** How many are at home, and how many of them nobody has called. */
export async function countAtHome(db: Kysely<Database>, filter: CareFilter) {
  return db
    .selectFrom('cases')
    .select([
      sql<number>`count(*)::int`.as('all'),
      sql<number>`(count(*) filter (where ${uncalled(filter.uncalledSince)}))::int`.as('uncalled'),
    ])
    .where(listed({ ...filter, all: true }))
    .executeTakeFirstOrThrow()
}

/** What a severity is owed, in the order of the vocabulary's items. */
export async function careDefaults(db: Kysely<Database>, severity: string) {
  return db
    .selectFrom('care_defaults')
    .select(['item', 'times_per_day'])
    .where('severity', '=', severity as 'red')
    .execute()
}

export async function careEventsOf(db: Kysely<Database>, cases: readonly number[]) {
  return db
    .selectFrom('care_events')
    .select(['item', 'kind', 'at', 'actor_label'])
    .where('case_id', 'in', cases)
    .orderBy('id', 'desc')
    .execute()
}

export async function insertCareEvent(
  db: Kysely<Database>,
  event: Pick<CareEvents, 'case_id' | 'item' | 'kind' | 'actor' | 'actor_label'> & { at: Date },
): Promise<void> {
  await db.insertInto('care_events').values(event).execute()
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
