import { mergedCases } from '../../../db/queries/cases.ts'
import { contactNotesOf } from '../../../db/queries/contacts.ts'
import { readPerson } from '../../../db/queries/people.ts'
import { takeReveal } from '../audit/reveals.ts'
import type { CommandContext } from '../command/run.ts'
import { openCase } from './case-access.ts'

/** Notes of contacts that a reveal shows, newest first. */
const NOTES_MAX = 50

/**
 * Name, phone, papers, exact place and notes: to the holder of one of the case's needs, or a supervisor of the area,
 * and each time with a row in the audit log, in the same transaction. When the claim ends, so does this. What merged
 * cases hold is the same person's, and shown with it, by case.
 */
export async function revealCase(context: CommandContext, id: number) {
  const { facts } = await openCase(context, id, 'case.reveal')
  const merged = []
  for (const other of await mergedCases(context.trx, id)) merged.push(await revealed(context, other, facts.district))
  return { ...(await revealed(context, id, facts.district)), merged }
}

async function revealed(context: CommandContext, id: number, area: string) {
  const { trx } = context
  await takeReveal(context, { action: 'case.reveal', resource: `case:${id}`, area })
  const person = personView(await readPerson(trx, id))
  const notes = await contactNotesOf(trx, id, NOTES_MAX)
  return {
    id,
    ...person,
    contactNotes: notes.map((note) => ({ at: note.at.getTime(), by: note.actor_label, note: note.note })),
  }
}

type KeptPerson = Awaited<ReturnType<typeof readPerson>>

/** Whoever is kept, as a reveal shows them. */
export function personView(person: KeptPerson) {
  return {
    name: person?.full_name ?? null,
    phone: person?.phone ?? null,
    secondPhone: person?.second_phone ?? null,
    idKind: person?.id_kind ?? null,
    idNumber: person?.id_number ?? null,
    nationality: person?.nationality ?? null,
    language: person?.language ?? null,
    birthYear: person?.birth_year ?? null,
    birthMonth: person?.birth_month ?? null,
    sex: person?.sex ?? null,
    lat: person?.lat ?? null,
    lon: person?.lon ?? null,
    address: person?.address ?? null,
    notes: person?.notes ?? null,
  }
}
