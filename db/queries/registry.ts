import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { Database, Facilities, FacilityContacts, FacilityEvents, FieldChanges } from '../schema.ts'
import type { FacilityRow } from './facilities.ts'

export type FacilityContact = Omit<Selectable<FacilityContacts>, 'facility_id'>
export type NewFacility = Pick<
  Insertable<Facilities>,
  'code' | 'district' | 'kind' | 'name_th' | 'name_en' | 'lat' | 'lon' | 'hours' | 'address' | 'capacity'
>
/** What the registry says of a facility, apart from whether it is open. */
export type FacilityChange = Partial<NewFacility>

/** Whoever changes a facility waits here for who does so now. */
export async function lockFacility(db: Kysely<Database>, id: number): Promise<FacilityRow | undefined> {
  return db.selectFrom('facilities').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function insertFacilities(db: Kysely<Database>, rows: readonly NewFacility[]): Promise<number[]> {
  const made = await db.insertInto('facilities').values(rows).returning('id').execute()
  return made.map(({ id }) => id)
}

export async function updateFacility(
  db: Kysely<Database>,
  id: number,
  change: FacilityChange & { readonly active?: boolean; readonly closed_at?: Date | null },
): Promise<void> {
  await db
    .updateTable('facilities')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function contactsOf(db: Kysely<Database>, facility: number): Promise<FacilityContact[]> {
  return db
    .selectFrom('facility_contacts')
    .select(['desk', 'phone', 'note'])
    .where('facility_id', '=', facility)
    .orderBy('desk')
    .orderBy('phone')
    .execute()
}

/** The contacts of all that the account sees, or of those named, by facility. */
export async function allContacts(
  db: Kysely<Database>,
  area: string,
  ids?: readonly number[],
): Promise<Map<number, FacilityContact[]>> {
  const rows = await db
    .selectFrom('facility_contacts')
    .innerJoin('facilities', 'facilities.id', 'facility_id')
    .select(['facility_id', 'desk', 'phone', 'note'])
    .where('district', 'like', area === 'TH' ? '%' : `${area}%`)
    .$if(ids !== undefined, (query) => query.where('facility_id', '=', sql<number>`any(${ids})`))
    .orderBy('desk')
    .orderBy('phone')
    .execute()
  const by = new Map<number, FacilityContact[]>()
  for (const { facility_id, ...contact } of rows) by.set(facility_id, [...(by.get(facility_id) ?? []), contact])
  return by
}

/** Phones of new facilities, or of those whose former ones are gone. */
export async function insertContacts(
  db: Kysely<Database>,
  rows: readonly (FacilityContact & { readonly facility_id: number })[],
): Promise<void> {
  if (rows.length > 0) await db.insertInto('facility_contacts').values(rows).execute()
}

export async function replaceContacts(
  db: Kysely<Database>,
  facility: number,
  contacts: readonly FacilityContact[],
): Promise<void> {
  await db.deleteFrom('facility_contacts').where('facility_id', '=', facility).execute()
  await insertContacts(
    db,
    contacts.map((contact) => ({ ...contact, facility_id: facility })),
  )
}

export type NewFacilityEvent = Omit<Insertable<FacilityEvents>, 'details'> & { readonly details: FieldChanges }

export async function addFacilityEvents(db: Kysely<Database>, events: readonly NewFacilityEvent[]): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('facility_events')
    .values(events.map((event) => ({ ...event, details: JSON.stringify(event.details) })))
    .execute()
}

/** Newest first. */
export async function facilityEvents(
  db: Kysely<Database>,
  facility: number,
  before: number | undefined,
  limit: number,
): Promise<Selectable<FacilityEvents>[]> {
  return db
    .selectFrom('facility_events')
    .selectAll()
    .where('facility_id', '=', facility)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export type CodeOwner = {
  readonly code: string
  readonly id: number
  readonly district: string
  readonly name_th: string
  readonly name_en: string
}

/** Whose these codes are, in the whole country. */
export async function ownersOfCodes(db: Kysely<Database>, codes: readonly string[]): Promise<CodeOwner[]> {
  if (codes.length === 0) return []
  const { rows } = await sql<CodeOwner>`select * from jitasa_facilities_of_codes(${codes})`.execute(db)
  return rows
}

/** @returns a bed level of which the entry that stays has too few beds for what transfers hold, or `null`: merged. */
export async function mergeFacility(db: Kysely<Database>, gone: number, kept: number): Promise<string | null> {
  const { rows } = await sql<{ short: string | null }>`
    select jitasa_merge_facility(${gone}::int, ${kept}::int) as short`.execute(db)
  return rows[0]?.short ?? null
}

/** Every facility of an area that the account sees, closed ones too. */
export async function registryOf(db: Kysely<Database>, area: string): Promise<FacilityRow[]> {
  return db
    .selectFrom('facilities')
    .selectAll()
    .where('district', 'like', area === 'TH' ? '%' : `${area}%`)
    .orderBy('id')
    .execute()
}

type Said = Readonly<Record<string, unknown>>

/** What an edit changes of a row: only what is another than it was. Of contacts the desks alone. */
export function facilityChanges(
  before: Said,
  after: Said,
  contactsBefore?: readonly FacilityContact[],
  contactsAfter?: readonly FacilityContact[],
): FieldChanges {
  const changes: Record<string, readonly [unknown, unknown]> = {}
  for (const [field, value] of Object.entries(after)) {
    const was = before[field] ?? null
    if (value !== undefined && value !== was) changes[field] = [was, value]
  }
  if (contactsAfter !== undefined && !sameContacts(contactsBefore ?? [], contactsAfter)) {
    changes.contacts = [desksOf(contactsBefore ?? []), desksOf(contactsAfter)]
  }
  return changes
}

const desksOf = (contacts: readonly FacilityContact[]): string =>
  contacts
    .map(({ desk }) => desk)
    .toSorted()
    .join(', ')
const written = (contacts: readonly FacilityContact[]): string =>
  contacts
    .map(({ desk, phone, note }) => JSON.stringify([desk, phone, note]))
    .toSorted()
    .join()

function sameContacts(a: readonly FacilityContact[], b: readonly FacilityContact[]): boolean {
  return written(a) === written(b)
}
