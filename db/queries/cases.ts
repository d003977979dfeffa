import { type Insertable, type Kysely, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
import type { Cases, Database } from '../schema.ts'
import type { Days } from './days.ts'

export type CaseRow = Selectable<Cases>
export type CaseUpdate = Updateable<Cases>

const PUBLIC_COLUMNS = [
  'id',
  'district',
  'place',
  'report_day',
  'classification',
  'severity',
  'risk608',
  'stage',
  'care_place',
  'facility_id',
  'bed_level',
  'outcome',
  'outcome_day',
  'source',
  'reported_at',
  'severity_at',
  'care_place_at',
  'contacted_at',
  'escalated_at',
  'heard_at',
  'override_by',
  'merged_into',
  'closed_reason',
  'on_board',
  'unverified',
] as const
/** A case without personal data. */
export type CaseFacts = Pick<CaseRow, (typeof PUBLIC_COLUMNS)[number]>

export async function insertCase(db: Kysely<Database>, values: Insertable<Cases>): Promise<number> {
  const { id } = await db.insertInto('cases').values(values).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function readCase(db: Kysely<Database>, id: number): Promise<CaseFacts | undefined> {
  return db.selectFrom('cases').select(PUBLIC_COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** Holds a case against other commands until the transaction ends. */
export async function lockCase(db: Kysely<Database>, id: number): Promise<CaseFacts | undefined> {
  return db.selectFrom('cases').select(PUBLIC_COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** The cases that were merged into one, and into those, oldest first: what was said there is said of it. */
export async function mergedCases(db: Kysely<Database>, id: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive merged (id) as (
      select id from cases where merged_into = ${id}
      union select cases.id from cases join merged on cases.merged_into = merged.id
    ) select id from merged order by id`.execute(db)
  return rows.map((row) => row.id)
}

/** Holds several cases, in the order of their ids: two mergers of the same pair do not deadlock. */
export async function lockCases(db: Kysely<Database>, ids: readonly number[]): Promise<void> {
  await db.selectFrom('cases').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

export async function updateCase(db: Kysely<Database>, id: number, set: Updateable<Cases>, now: Date): Promise<void> {
  await db
    .updateTable('cases')
    .set({ ...set, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Whether this is an exercise. */
export async function operationIsDrill(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('operation').select('kind').executeTakeFirst())?.kind === 'drill'
}

/** Whether what happens is real: neither a drill nor days that are played again. */
export async function operationIsLive(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('operation').select('kind').executeTakeFirst())?.kind === 'live'
}

/** The operation's day: "today" on every screen. */
export async function operationDay(db: Kysely<Database>): Promise<string> {
  return (await db.selectFrom('operation').select('day').executeTakeFirstOrThrow()).day
}

export type CaseFilter = {
  /** 2, 4 or 6 digits, or TH */
  readonly area: string
  readonly severity?: readonly string[] | undefined
  readonly carePlace?: readonly string[] | undefined
  readonly stage?: readonly string[] | undefined
  /** cases with a need like this */
  readonly need?: Counted | undefined
  /** the live needs whose age puts cases in the order `longest` */
  readonly asks?: Counted | undefined
  /** cases on a board, or not */
  readonly onBoard?: boolean | undefined
} & Counted

/** What a counted metric asks of the columns of its table, and of one with a day: the list behind its number. */
type Counted = {
  readonly counted?: Readonly<Record<string, readonly string[]>> | undefined
  readonly countedDays?: (Days & { readonly column: string }) | undefined
}

export type CaseOrder = 'urgent' | 'longest' | 'newest'
/** Where the next page begins: rank, time in µs, id of the last row shown. */
export type CaseCursor = readonly [rank: number, at: number, id: number]
export type ListedCase = CaseFacts & { rank: number; at_us: number; needs: ListedNeed[]; amount: number }
export type ListedNeed = {
  id: number
  kind: string
  status: string
  holder: string | null
  openedAt: string
  leaseUntil: string | null
}

/** hub/contract/vocabulary/urgency.ts in SQL. */
export const URGENCY_RANK = sql<number>`(case severity when 'red' then 0 when 'yellow' then 2 when 'unknown' then 4 else 6 end
  + case when risk608 then 0 else 1 end)`
const LIVE_NEEDS = sql<ListedNeed[]>`(
  select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'status', status, 'holder', holder_label,
    'openedAt', opened_at, 'leaseUntil', lease_until) order by id), '[]'::json)
  from needs where case_id = cases.id and status in ('open', 'claimed', 'in_progress'))`

function conditions({ counted = {}, countedDays }: Counted): RawBuilder<boolean>[] {
  // Untyped, so that each is read as the column's own type: a boolean's `t`, as pgoutput writes it, too.
  const all = Object.entries(counted).map(
    ([column, values]) => sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`,
  )
  if (countedDays === undefined) return all
  const { column, last, length } = countedDays
  return [...all, sql<boolean>`${sql.ref(column)} between ${last}::date - ${length - 1}::int and ${last}::date`]
}

/** A case that was merged is another's; behind a number stands whatever the number counts, and a merged case counts in none of cases. */
function isListed({ counted, need }: CaseFilter): RawBuilder<boolean> {
  return counted || need?.countedDays ? sql<boolean>`true` : sql<boolean>`merged_into is null`
}

/** What a number counts of a case: itself, or its needs that are like those asked for. */
function amountOf({ need }: CaseFilter): RawBuilder<number> {
  if (need === undefined) return sql<number>`1`
  return sql<number>`(select count(*)::int from needs where case_id = cases.id and ${sql.join(conditions(need), sql` and `)})`
}

function matching(db: Kysely<Database>, filter: CaseFilter) {
  let query = db.selectFrom('cases').where(isListed(filter))
  if (filter.area.length === 6) query = query.where('place', '=', filter.area)
  else if (filter.area.length === 4) query = query.where('district', '=', filter.area)
  else if (filter.area !== 'TH') query = query.where('district', 'like', `${filter.area}%`)
  if (filter.severity) query = query.where('severity', 'in', filter.severity as CaseRow['severity'][])
  if (filter.carePlace) query = query.where('care_place', 'in', filter.carePlace as CaseRow['care_place'][])
  if (filter.stage) query = query.where('stage', 'in', filter.stage as CaseRow['stage'][])
  if (filter.onBoard !== undefined) query = query.where('on_board', '=', filter.onBoard)
  for (const condition of conditions(filter)) query = query.where(condition)
  if (filter.need) {
    const like = sql.join(conditions(filter.need), sql` and `)
    query = query.where(sql<boolean>`exists (select from needs where case_id = cases.id and ${like})`)
  }
  return query
}

/** How many cases all pages together have, and what the number counts of them. */
export async function countCases(db: Kysely<Database>, filter: CaseFilter): Promise<{ total: number; amount: number }> {
  return matching(db, filter)
    .select([
      sql<number>`count(*)::int`.as('total'),
      sql<number>`coalesce(sum(${amountOf(filter)}), 0)::int`.as('amount'),
    ])
    .executeTakeFirstOrThrow()
}

/** Since when a case has waited for what is asked about; one that waits for nothing, since it was reported. */
function waitsSince({ asks }: CaseFilter): RawBuilder<Date> {
  const like = asks ? sql.join(conditions(asks), sql` and `) : sql`status in ('open', 'claimed', 'in_progress')`
  return sql`coalesce((select min(opened_at) from needs where case_id = cases.id and ${like}), reported_at)`
}

const inMicroseconds = (at: RawBuilder<Date>) => sql<number>`(extract(epoch from ${at}) * 1000000)::bigint`

/** One page, by urgency, by the longest wait or newest first; the id makes the order total, so pages neither repeat nor skip a row. */
export async function listCases(
  db: Kysely<Database>,
  filter: CaseFilter,
  order: CaseOrder,
  after: CaseCursor | undefined,
  limit: number,
): Promise<ListedCase[]> {
  const rank = order === 'longest' ? sql<number>`0` : URGENCY_RANK
  const at = inMicroseconds(order === 'longest' ? waitsSince(filter) : sql`reported_at`)
  let query = matching(db, filter)
    .select(PUBLIC_COLUMNS)
    .select([rank.as('rank'), at.as('at_us'), LIVE_NEEDS.as('needs'), amountOf(filter).as('amount')])
  if (order === 'newest') {
    if (after) query = query.where('id', '<', after[2])
    return query.orderBy('id', 'desc').limit(limit).execute()
  }
  if (after) {
    query = query.where(
      sql<boolean>`(${rank}, ${at}, id) > (${after[0]}::int, ${after[1]}::bigint, ${after[2]}::bigint)`,
    )
  }
  return query.orderBy('rank').orderBy('at_us').orderBy('id').limit(limit).execute()
}
