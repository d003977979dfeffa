import { createClient } from '../../db/client.ts'
import { audit } from '../../db/queries/accounts-audit.ts'
import { erasableCases, insertDataRequest, stopErasures } from '../../db/queries/data-requests.ts'
import { casesOfPerson } from '../../db/queries/who-saw.ts'
import type { Io } from '../../db/terminal.ts'
import { hasEnded } from '../work/cases/stage.ts'
import { ERASE_WAITS_MS } from '../work/privacy/my-data.ts'
import { OPERATOR, Refusal } from './accounts.ts'
import { personOf } from './who-saw.ts'

type Given = {
  readonly ownerUrl: string
  readonly io: Io
  readonly secret: () => Promise<string>
  readonly now: Date
}
type Options = { readonly person?: string | undefined }
type Db = ReturnType<typeof createClient>

/** In one transaction, with every case of the person. @throws Refusal when there is none */
async function ofPerson<T>(
  { ownerUrl, secret }: Given,
  { person: text }: Options,
  work: (db: Db, cases: readonly number[]) => Promise<T>,
): Promise<T> {
  const person = await personOf(text, secret)
  const db = createClient(ownerUrl, { connectionsMax: 1, applicationName: 'jitasa admin' })
  try {
    return await db.transaction().execute(async (trx) => {
      const cases = await casesOfPerson(trx, person)
      if (cases.length === 0) throw new Refusal('There is no case of this person.')
      return work(trx, cases)
    })
  } finally {
    await db.destroy()
  }
}

/** Asks for the erasure of somebody on their behalf: as they would themselves, a day from now and once the case has ended. */
export function erasePerson(given: Given, options: Options): Promise<void> {
  const { io, now } = given
  const due = new Date(now.getTime() + ERASE_WAITS_MS)
  return ofPerson(given, options, async (db, cases) => {
    const found = await erasableCases(db, cases)
    const fresh = found.filter(({ asked }) => !asked)
    if (fresh.length === 0) throw new Refusal('An erasure of this person waits already.')
    for (const { id, district, stage, request } of fresh) {
      const goesOn = !hasEnded(stage)
      const asked = { case_id: id, request_id: request, asked_at: now, due_at: due, people_asked: goesOn }
      await insertDataRequest(db, { ...asked, kind: 'erase' })
      const deed = { ...{ actor: null, role: OPERATOR.role, action: 'person.erasure_asked' }, area: district }
      await audit(db, { ...deed, resource: `case:${id}`, details: { peopleAsked: goesOn } })
      const then = goesOn ? `when it has ended, not before ${due.toISOString()}` : `at ${due.toISOString()}`
      io.out(`case ${id} (${stage}): erased ${then}`)
    }
    io.err('Until then it can be taken back: keep-person.')
  })
}

/** Takes the erasures of somebody back that have not happened. */
export function keepPerson(given: Given, options: Options): Promise<void> {
  return ofPerson(given, options, async (db, cases) => {
    const kept = await stopErasures(db, cases, given.now)
    if (kept.length === 0) throw new Refusal('Nothing of this person waits to be erased.')
    for (const { id, district } of kept) {
      const deed = { ...{ actor: null, role: OPERATOR.role, action: 'person.erasure_stopped' }, area: district }
      await audit(db, { ...deed, resource: `case:${id}` })
      given.io.out(`case ${id}: kept`)
    }
  })
}
