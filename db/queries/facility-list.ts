import { type Kysely, type RawBuilder, sql } from 'kysely'
import { foldedText } from '../../hub/contract/vocabulary/text.ts'
import type { Database } from '../schema.ts'
import type { Days } from './days.ts'
import type { FacilityRow } from './facilities.ts'

/** What each facility is counted by: a column summed over its rows of a table; of `facilities`, itself. */
export type FacilityAmount = {
  readonly table: 'beds' | 'bed_census' | 'facilities' | 'stock' | 'vaccinations'
  readonly column?: string
  readonly where: Readonly<Record<string, readonly string[]>>
  readonly days?: Days | undefined
}

export type FacilityFilter = {
  /** 2 or 4 digits, or TH */
  readonly area: string
  readonly kinds?: readonly string[] | undefined
  /** of facilities without an amount; with one, all that have any are listed */
  readonly state: 'open' | 'closed' | 'unplaced' | 'all'
  /** part of a name, the whole code or the number */
  readonly text?: string | undefined
  /** only facilities with an amount, the largest first; those of `kinds` follow though they have none */
  readonly amount?: FacilityAmount | undefined
}

/** Sort key of the last row shown. */
export type FacilityCursor = readonly [amount: number, id: number]

export type ListedBeds = {
  level: string
  staffed: number
  available: number
  held: number
  occupied: number
  cleaning: number
  blocked: number
}
/** `counted_at`: when the oldest of its levels was counted */
export type ListedFacility = FacilityRow & { amount: number; beds: ListedBeds[]; counted_at: Date | null }

const inArea = (area: string) =>
  area === 'TH' ? sql`true` : area.length === 4 ? sql`district = ${area}` : sql`district like ${`${area}%`}`

function amounts(area: string, { table, column, where, days }: FacilityAmount): RawBuilder<unknown> {
  // Untyped, so that each is read as the column's own type: a boolean's `t`, as pgoutput writes it, too.
  const conditions = Object.entries(where).map(([name, values]) => sql`${sql.ref(name)} in (${sql.join(values)})`)
  if (days) conditions.push(sql`day between ${days.last}::date - ${days.length - 1}::int and ${days.last}::date`)
  const facility = sql.ref(table === 'facilities' ? 'id' : 'facility_id')
  const amount = column === undefined ? sql`count(*)` : sql`sum(${sql.ref(column)})`
  return sql`(select ${facility} as facility_id, ${amount} as amount from ${sql.table(table)}
    where ${sql.join([inArea(area), ...conditions], sql` and `)} group by 1)`
}

const IN_STATE = {
  open: sql`active`,
  closed: sql`not active`,
  unplaced: sql`(active and lat is null)`,
  all: sql`true`,
}

function matching({ area, kinds, state, text, amount }: FacilityFilter) {
  const counted = amount === undefined ? sql`(select null::int as facility_id, 0 as amount)` : amounts(area, amount)
  const conditions = [inArea(area)]
  const ofKind = kinds ? sql`kind = any(${kinds})` : undefined
  if (amount) conditions.push(sql`(coalesce(amount, 0) <> 0 or ${ofKind ?? sql`false`})`)
  else conditions.push(IN_STATE[state], ...(ofKind ? [ofKind] : []))
  if (text !== undefined) {
    const holds = (name: string) => sql`strpos(jitasa_folded(${sql.ref(name)}), nullif(${foldedText(text)}, '')) > 0`
    conditions.push(sql`(${holds('name_th')} or ${holds('name_en')}
      or lower(code) = lower(${text}) or id::text = ${text})`)
  }
  return { counted, conditions }
}

/** What is counted in the area without a facility being named: with the facilities' own amounts it is the whole number. */
export async function amountUnnamed(db: Kysely<Database>, { area, amount }: FacilityFilter): Promise<number> {
  if (amount?.table !== 'vaccinations') return 0
  const { rows } = await sql<{ amount: number }>`
    select coalesce(sum(amount), 0)::bigint as amount from ${amounts(area, amount)} as counted where facility_id is null`.execute(
    db,
  )
  return rows[0]?.amount ?? 0
}

/** How many facilities all pages together have, and what their amounts come to. */
export async function countFacilities(
  db: Kysely<Database>,
  filter: FacilityFilter,
): Promise<{ total: number; amount: number }> {
  const { counted, conditions } = matching(filter)
  const { rows } = await sql<{ total: number; amount: number }>`
    select count(*)::int as total, coalesce(sum(amount), 0)::float8 as amount from facilities left join ${counted} as counted on counted.facility_id = facilities.id
    where ${sql.join(conditions, sql` and `)}`.execute(db)
  return rows[0] ?? { total: 0, amount: 0 }
}

/** One page of facilities with their beds by level. Keyset by amount and id, so pages neither repeat nor skip a row. */
export async function listFacilities(
  db: Kysely<Database>,
  filter: FacilityFilter,
  after: FacilityCursor | undefined,
  limit: number,
): Promise<ListedFacility[]> {
  const { counted, conditions } = matching(filter)
  if (after) {
    conditions.push(sql`(-coalesce(amount, 0), id) > (${-after[0]}::bigint, ${after[1]}::int)`)
  }
  const { rows } = await sql<ListedFacility>`
    select facilities.*, coalesce(amount, 0)::bigint as amount,
      (select min(beds.reported_at) from beds where beds.facility_id = facilities.id) as counted_at,
      (select coalesce(json_agg(json_build_object('level', level, 'staffed', staffed, 'available', available, 'held', held,
        'occupied', occupied, 'cleaning', cleaning, 'blocked', blocked) order by level desc), '[]'::json)
       from beds where beds.facility_id = facilities.id) as beds
    from facilities left join ${counted} as counted on counted.facility_id = facilities.id
    where ${sql.join(conditions, sql` and `)}
    order by coalesce(amount, 0) desc, id limit ${limit}`.execute(db)
  return rows
}
