import { type Insertable, type Kysely, sql } from 'kysely'
import type { VulnerableShown } from '../../hub/contract/vocabulary/records.ts'
import type { Vulnerable, VulnerableCalls } from '../case-schema.ts'
import { sealRow } from '../personal/index.ts'
import type { Database } from '../schema.ts'
import type { PrivateInput } from './people.ts'

/** A new entry: what is sealed, as it is said. */
export async function insertVulnerable(
  db: Kysely<Database>,
  { private: { lat, lon, address, notes }, ...values }: NewVulnerable,
): Promise<number> {
  const sealed = await sealRow(db, 'vulnerable', values.person_id, { lat, lon, address, notes })
  const row = { ...values, ...sealed }
  return (await db.insertInto('vulnerable').values(row).returning('id').executeTakeFirstOrThrow()).id
}

type NewVulnerable = Omit<Insertable<Vulnerable>, 'lat' | 'lon' | 'address' | 'notes'> & {
  readonly private: PrivateInput
}

/** Who is on the register and what of it: everybody, who is to be called by `today`, or who has had no dose. */
export type RegisterFilter = {
  readonly area: string
  readonly show: VulnerableShown
  /** a Bangkok day */
  readonly today: string
}

/** Whom nobody has reached yet is due at once. */
const due = (today: string) => sql<boolean>`(contacted_at is null or coalesce(next_call <= ${today}::date, false))`
function isShown(show: VulnerableShown, today: string) {
  switch (show) {
    case 'all':
      return sql<boolean>`true`
    case 'due':
      return due(today)
    case 'uncontacted':
      return sql<boolean>`contacted_at is null`
    case 'unvaccinated':
      return sql<boolean>`coalesce(doses, 0) = 0`
  }
}

function ofArea(db: Kysely<Database>, area: string) {
  const query = db.selectFrom('vulnerable')
  if (area.length === 6) return query.where('place', '=', area)
  return area === 'TH' ? query : query.where(sql<boolean>`starts_with(district, ${area})`)
}

/** A page of the register without names. */
export async function listVulnerable(
  db: Kysely<Database>,
  { area, show, today }: RegisterFilter,
  afterId: number,
  limit: number,
) {
  return ofArea(db, area)
    .select([
      'id',
      'district',
      'place',
      'reasons',
      'doses',
      'recorded_label',
      'recorded_at',
      'contacted_at',
      'next_call',
    ])
    .select(due(today).as('due'))
    .where(isShown(show, today))
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How many each filter shows. */
export async function countVulnerable(db: Kysely<Database>, area: string, today: string) {
  const counted = (show: VulnerableShown) =>
    sql<number>`(count(*) filter (where ${isShown(show, today)}))::int`.as(show)
  return ofArea(db, area)
    .select([counted('all'), counted('due'), counted('uncontacted'), counted('unvaccinated')])
    .executeTakeFirstOrThrow()
}

/** Holds an entry until the transaction ends. */
export async function lockVulnerable(db: Kysely<Database>, id: number) {
  return db
    .selectFrom('vulnerable')
    .select(['id', 'place', 'district', 'person_id', 'doses'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function insertVulnerableCall(db: Kysely<Database>, call: Insertable<VulnerableCalls>): Promise<void> {
  await db.insertInto('vulnerable_calls').values(call).execute()
}

export async function updateVulnerable(
  db: Kysely<Database>,
  id: number,
  set: { readonly contacted_at?: Date; readonly next_call?: string | null; readonly doses?: number },
): Promise<void> {
  if (Object.keys(set).length === 0) return
  await db.updateTable('vulnerable').set(set).where('id', '=', id).execute()
}
