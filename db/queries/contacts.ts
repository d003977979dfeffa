import { type Kysely, sql } from 'kysely'
import type { Contacts } from '../case-schema.ts'
import { openValue, sealText } from '../personal/index.ts'
import type { Database } from '../schema.ts'

export type NewContact = {
  readonly caseId: number
  readonly needId: number | null
  readonly district: string
  readonly channel: Contacts['channel']
  readonly result: Contacts['result']
  readonly actor: string
  readonly actorLabel: string
  readonly at: Date
  readonly recordedAt: Date
  /** what somebody typed about a person: kept apart */
  readonly note: string | null
}

export async function insertContact(db: Kysely<Database>, contact: NewContact): Promise<number> {
  const { id } = await db
    .insertInto('contacts')
    .values({
      case_id: contact.caseId,
      need_id: contact.needId,
      district: contact.district,
      channel: contact.channel,
      result: contact.result,
      actor: contact.actor,
      actor_label: contact.actorLabel,
      at: contact.at,
      recorded_at: contact.recordedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (contact.note !== null) {
    await db
      .insertInto('contact_notes')
      .values({ contact_id: id, note: await sealText(db, 'contact_notes', 'note', id, contact.note) })
      .execute()
  }
  return id
}

/** The newest contacts of some cases, without their notes and without those that were taken back. */
export async function contactsOf(db: Kysely<Database>, cases: readonly number[], limit: number) {
  return db
    .selectFrom('contacts')
    .select(['id', 'case_id', 'channel', 'result', 'actor_label', 'at'])
    .where('case_id', 'in', cases)
    .where(
      sql<boolean>`not exists (select from case_events where case_events.case_id = contacts.case_id
        and kind = 'case.undone' and (details ->> 'contact')::bigint = contacts.id)`,
    )
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
}

/** The notes of a case's contacts, newest first: part of a reveal. */
export async function contactNotesOf(db: Kysely<Database>, caseId: number, limit: number) {
  const kept = await db
    .selectFrom('contact_notes')
    .innerJoin('contacts', 'contacts.id', 'contact_notes.contact_id')
    .select(['contact_id', 'at', 'actor_label', 'note'])
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
  return Promise.all(
    kept.map(async ({ contact_id, note, ...contact }) => ({
      ...contact,
      note: await openValue(db, 'contact_notes', 'note', contact_id, note),
    })),
  )
}
