import { audit } from '../../../db/queries/accounts-audit.ts'
import { contactNotesOf } from '../../../db/queries/contacts.ts'
import { readPerson } from '../../../db/queries/people.ts'
import { openCase } from './case-access.ts'
import type { CommandContext } from './run.ts'

/** Notes of contacts that a reveal shows, newest first. */
const NOTES_MAX = 50

/**
 * Name, phone, papers, exact place and notes: to the holder of one of the case's needs, or a supervisor of the area,
 * and each time with a row in the audit log, in the same transaction. When the claim ends, so does this.
 */
export async function revealCase(context: CommandContext, id: number) {
  const { trx, by, requestId } = context
  const { facts } = await openCase(context, id, 'case.reveal')
  await audit(trx, {
    actor: by.account,
    role: by.role,
    action: 'case.reveal',
    resource: `case:${id}`,
    area: facts.district,
    requestId,
  })
  const person = await readPerson(trx, id)
  const notes = await contactNotesOf(trx, id, NOTES_MAX)
  return {
    id,
    name: person?.full_name ?? null,
    phone: person?.phone ?? null,
    idKind: person?.id_kind ?? null,
    idNumber: person?.id_number ?? null,
    nationality: person?.nationality ?? null,
    language: person?.language ?? null,
    birthYear: person?.birth_year ?? null,
    sex: person?.sex ?? null,
    lat: person?.lat ?? null,
    lon: person?.lon ?? null,
    address: person?.address ?? null,
    notes: person?.notes ?? null,
    contactNotes: notes.map((note) => ({ at: note.at.getTime(), by: note.actor_label, note: note.note })),
  }
}
