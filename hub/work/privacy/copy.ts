import { readCase } from '../../../db/queries/cases.ts'
import { checksOf } from '../../../db/queries/checks.ts'
import { complaintsOf } from '../../../db/queries/complaints.ts'
import { consentsOf } from '../../../db/queries/consents.ts'
import { contactsOf } from '../../../db/queries/contacts.ts'
import { casesOfRequest, notesOfRequest } from '../../../db/queries/data-requests.ts'
import type { HelpRow } from '../../../db/queries/help.ts'
import { needsOfCase } from '../../../db/queries/needs.ts'
import { readPerson } from '../../../db/queries/people.ts'
import { publicContext, setContext } from '../../../db/queries/rls.ts'
import type { Reading } from '../command/run.ts'
import { msOf } from '../command/times.ts'
import { openedOf } from '../help/help-follow.ts'

/** More of one kind than any case has. */
const ROWS_MAX = 10_000

/** Everything that is held about the person of a request. */
export async function copyOf({ trx, now }: Reading, request: HelpRow) {
  const mine = await casesOfRequest(trx, request.id)
  const districts = [...new Set([request.district, ...mine.map(({ district }) => district)])]
  await setContext(trx, publicContext(...districts))
  const cases = []
  for (const { id } of mine) cases.push(await caseOf(trx, id))
  const ids = mine.map(({ id }) => id)
  const last = ids.at(-1) ?? request.case_id
  return {
    madeAt: now,
    language: request.language,
    askedAt: request.created_at.getTime(),
    cases,
    notes: (await notesOfRequest(trx, request.id)).map(({ at, ...note }) => ({ ...note, at: at.getTime() })),
    consents: (await consentsOf(trx, ids)).map(({ given_by, at, withdrawn_at, ...consent }) => ({
      ...consent,
      givenBy: given_by,
      at: at.getTime(),
      withdrawnAt: msOf(withdrawn_at),
    })),
    opened: await openedOf(trx, (await endOf(trx, ids)) ?? last),
  }
}

/** The case that the others were merged into. */
async function endOf(trx: Reading['trx'], ids: readonly number[]): Promise<number | undefined> {
  for (const id of ids) if ((await readCase(trx, id))?.merged_into === null) return id
  return undefined
}

async function caseOf(trx: Reading['trx'], id: number) {
  const facts = await readCase(trx, id)
  if (facts === undefined) throw new Error(`case ${id} is of this request and is not seen`)
  const held = await readPerson(trx, id)
  const [needs, said, checks, contacts] = [
    await needsOfCase(trx, id),
    await complaintsOf(trx, id),
    await checksOf(trx, [id], ROWS_MAX),
    await contactsOf(trx, [id], ROWS_MAX),
  ]
  return {
    case: id,
    district: facts.district,
    place: facts.place,
    reportedAt: facts.reported_at.getTime(),
    source: facts.source,
    severity: facts.severity,
    stage: facts.stage,
    carePlace: facts.care_place,
    outcome: facts.outcome,
    person: {
      name: held?.full_name ?? null,
      phone: held?.phone ?? null,
      secondPhone: held?.second_phone ?? null,
      idKind: held?.id_kind ?? null,
      idNumber: held?.id_number ?? null,
      nationality: held?.nationality ?? null,
      language: held?.language ?? null,
      birthYear: held?.birth_year ?? null,
      birthMonth: held?.birth_month ?? null,
      sex: held?.sex ?? null,
    },
    lat: held?.lat ?? null,
    lon: held?.lon ?? null,
    address: held?.address ?? null,
    notes: held?.notes ?? null,
    needs: needs.map((need) => ({
      kind: need.kind,
      status: need.status,
      openedAt: need.opened_at.getTime(),
      endedAt: msOf(need.ended_at),
    })),
    conditions: said.map(({ said_at, symptoms, risks, spo2, age }) => ({
      at: said_at.getTime(),
      symptoms,
      risks,
      spo2,
      age,
    })),
    checks: checks.map(({ at, feeling, spo2, temperature }) => ({
      at: at.getTime(),
      feeling,
      spo2,
      temperature: temperature === null ? null : Number(temperature),
    })),
    contacts: contacts.map(({ at, channel, result, actor_label }) => ({
      at: at.getTime(),
      channel,
      result,
      by: actor_label,
    })),
  }
}
