import { createClient } from '../../db/client.ts'
import { UsageProblem } from '../../db/command-line.ts'
import { audit } from '../../db/queries/accounts-audit.ts'
import { casesOfPerson, type Person, sightingsOf } from '../../db/queries/who-saw.ts'
import type { Io } from '../../db/terminal.ts'
import { normalizePhone } from '../contract/vocabulary/phone.ts'
import { readTrackingCode } from '../contract/vocabulary/tracking-code.ts'
import { csvLine } from '../work/exchange/csv.ts'
import { codeHash } from '../work/help/help.ts'
import { keyedBy } from '../work/services.ts'
import { OPERATOR, Refusal } from './accounts.ts'

const COLUMNS = ['at', 'account', 'name', 'label', 'role', 'action', 'resource', 'area', 'address', 'session']

/** @throws UsageProblem. A phone begins with 0 or +, so that a case's number is never taken for one. */
export async function personOf(text: string | undefined, secret: () => Promise<string>): Promise<Person> {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return { by: 'case', id: Number(text) }
  const code = readTrackingCode(text ?? '')
  if (code !== undefined) return { by: 'code', hash: codeHash({ keyed: keyedBy(await secret()) }, code) }
  const phone = normalizePhone(text ?? '')
  if (phone !== undefined) return { by: 'phone', phone }
  throw new UsageProblem('--person takes the number of a case, a tracking code or a phone number')
}

/** Who saw a person's data, when and from where, as CSV. That it was asked is in the audit log, without the phone or code. */
export async function whoSaw(
  { ownerUrl, io, secret }: { readonly ownerUrl: string; readonly io: Io; readonly secret: () => Promise<string> },
  { person: text }: { readonly person?: string | undefined },
): Promise<void> {
  const person = await personOf(text, secret)
  const db = createClient(ownerUrl, { connectionsMax: 1, applicationName: 'jitasa admin' })
  try {
    const cases = await casesOfPerson(db, person)
    if (cases.length === 0) throw new Refusal('There is no case of this person.')
    const sightings = await sightingsOf(db, cases)
    for (const id of cases) {
      await audit(db, { actor: null, role: OPERATOR.role, action: 'person.who_saw', resource: `case:${id}` })
    }
    io.out(csvLine(COLUMNS))
    for (const { at, actor, name, label, role, action, resource, area, address, session } of sightings) {
      io.out(csvLine([at.toISOString(), actor, name, label, role, action, resource, area, address, session]))
    }
    io.err(`${sightings.length} rows, of ${cases.map((id) => `case ${id}`).join(', ')}`)
  } finally {
    await db.destroy()
  }
}
