import { randomUUID } from 'node:crypto'
import type { Subject } from '../../hub/contract/vocabulary/roles.ts'
import type { TestDatabase } from '../support/pg.ts'
import type { World } from '../support/rls-rows.ts'
import { type Canary, type PersonCanaries, personCanaries, textCanary } from './canary-words.ts'
import type { RequestOptions } from './hub.ts'

/** Asks the hub as somebody. What it answers is searched, unless it is `secret`: shown to one who may see it. */
export type Ask = (
  subject: Subject,
  method: string,
  path: string,
  options?: RequestOptions,
  secret?: boolean,
) => Promise<{ readonly status: number; readonly text: string }>

export type Fed = {
  readonly canaries: readonly Canary[]
  /** who was fed in, by the form, and the case it made */
  readonly people: Readonly<Record<string, { readonly canaries: PersonCanaries; readonly case: number | null }>>
  /** of the request of a person without an account */
  readonly code: string
  readonly need: number
  /** named where a red case stays at home: for everyone who reads the case, and nowhere else */
  readonly override: Canary
  readonly contactNote: Canary
  readonly more: Canary
  /** an entry of the register of the vulnerable */
  readonly vulnerable: number
}

/** Who holds the case that is worked on; supervises nobody. */
export const HOLDER: Subject = 'hotline'

/** Feeds canaries into every field that takes something personal. @throws Error when the hub does not take one */
export async function feedCanaries(database: TestDatabase, world: World, ask: Ask): Promise<Fed> {
  const send: Send = async <T>(subject: Subject, path: string, body: unknown, code?: string): Promise<T> => {
    const headers = { 'idempotency-key': randomUUID(), ...(code && { 'tracking-code': code }) }
    const { status, text } = await ask(subject, 'POST', path, { body, headers })
    if (status < 200 || status > 299) throw new Error(`${path} refused what was fed in: ${status} ${text}`)
    return JSON.parse(text) as T
  }
  const help = personCanaries('help', 0)
  const more = textCanary('more', 'case_private')
  const { code } = await send<{ code: string }>('public', '/api/help', {
    language: 'en',
    consent: { given: true, version: '2026-11' },
    ...about(help, world),
    needs: ['bed', 'food'],
  })
  await send('public', '/api/help/more', { note: more.typed }, code)
  await breakBodies(ask, help)

  const recorded: Record<string, { canaries: PersonCanaries; case: number | null }> = {}
  for (const [i, record] of RECORDS.entries()) {
    const canaries = personCanaries(record.kind, i + 1, record.kind === 'vulnerable' ? 'vulnerable' : undefined)
    const body = { ...record, ...about(canaries, world) }
    await send('volunteer', '/api/record/duplicates', {
      name: canaries.name.typed,
      phone: canaries.phone.typed,
      idNumber: canaries.idNumber.typed,
      place: body.place,
    })
    recorded[record.kind] = {
      canaries,
      case: (await send<{ case: number | null }>('volunteer', '/api/record', body)).case,
    }
  }

  const vulnerable = await feedCare(database, send, recorded.patient?.case ?? 0, code)

  const { rows } = await database.pool.query<{ id: number; need: number }>(
    `select cases.id, needs.id as need from cases join needs on case_id = cases.id where source = 'help' and kind = 'food' limit 1`,
  )
  const { id, need } = rows[0]!
  const override = textCanary('override', 'cases')
  const contactNote = textCanary('contact', 'contact_notes')
  await send(HOLDER, `/api/needs/${need}/claim`, {})
  await send(HOLDER, `/api/cases/${id}/triage`, { severity: 'red' })
  await send(HOLDER, `/api/cases/${id}/contacts`, { channel: 'phone', result: 'reached', note: contactNote.typed })
  // The need for a bed ends with it; HOLDER has the one for food.
  await send(HOLDER, `/api/cases/${id}/place`, { place: 'hi', override: override.typed })
  // Linked to somebody again and again: what an update carries is more than what an insert does.
  await database.pool.query(`update people set language = 'th'`)
  await database.pool.query(`update case_private set notes = notes`)

  const people = { help: { canaries: help, case: id }, ...recorded }
  const ofPeople = Object.values(people).flatMap((fed) => Object.values(fed.canaries))
  return {
    canaries: [...ofPeople, more, contactNote, override, CHECKED],
    vulnerable,
    people,
    code,
    need,
    override,
    contactNote,
    more,
  }
}

/** @param code of the request for help that is followed */
type Send = <T>(subject: Subject, path: string, body: unknown, code?: string) => Promise<T>

/** Health data of people at home, and what is done for them: nobody but who triages or holds reads a value of it. */
async function feedCare(database: TestDatabase, send: Send, patient: number, code: string): Promise<number> {
  await database.pool.query(`update cases set care_place = 'hi' where id = $1 or source = 'help'`, [patient])
  await send('volunteer', '/api/record', { kind: 'check', case: patient, feeling: 'worse', ...CHECK })
  await send('public', '/api/help/check', { feeling: 'same', ...CHECK }, code)
  await send('volunteer', `/api/cases/${patient}/care`, { item: 'oximeter', kind: 'lent' })
  const { rows } = await database.pool.query<{ id: number }>('select max(id)::int as id from vulnerable')
  const { id } = rows[0]!
  await send('volunteer', `/api/vulnerable/${id}/calls`, { channel: 'phone', result: 'reached', doses: 2 })
  return id
}

const CHECK = { temperature: 36.7, spo2: 97 } as const
/** A number is no word: it is looked for as JSON and as a row of PostgreSQL write it. */
const CHECKED: Canary = {
  name: 'check',
  typed: `${CHECK.temperature}`,
  table: 'checks',
  spellings: [
    `"temperature":${CHECK.temperature}`,
    `"temperature":"${CHECK.temperature}"`,
    `,${CHECK.spo2},${CHECK.temperature},`,
  ],
}

const RECORDS = [
  { kind: 'request', needs: ['oxygen'] },
  { kind: 'patient', needs: ['medicine'] },
  { kind: 'vulnerable', reasons: ['age60'] },
  { kind: 'test', test: 'atk', positive: true },
] as const

function about(canaries: PersonCanaries, world: World) {
  const { name, phone, secondPhone, idNumber, address, note, lat, lon } = canaries
  return {
    name: name.typed,
    phone: phone.typed,
    secondPhone: secondPhone.typed,
    id: { kind: 'passport', number: idNumber.typed },
    address: address.typed,
    note: note.typed,
    place: { area: world.place, point: { lat: Number(lat.typed), lon: Number(lon.typed) } },
  }
}

/** Broken bodies with personal data in them must not be quoted by an answer or a line of the log; addresses, by the log. */
async function breakBodies(ask: Ask, { name, phone, address }: PersonCanaries): Promise<void> {
  const typed = [name, phone].map((canary) => encodeURIComponent(canary.typed))
  for (const text of typed) {
    for (const path of [
      `/api/help/${text}`,
      `/help/${text}`,
      `/api/facilities?area=50&q=${text}`,
      `/api/situation?scope=${text}`,
    ])
      await ask('volunteer', 'GET', path, {}, true)
  }
  const broken: readonly RequestOptions[] = [
    { body: { name: name.typed, phone: phone.typed, needs: 'x' } },
    { body: { name: [name.typed], [address.typed]: 1, language: phone.typed } },
    { raw: `{"name":"${name.typed}"` },
  ]
  for (const options of broken) {
    for (const path of ['/api/help', '/api/record', '/api/record/duplicates', '/api/record/batch']) {
      const { status } = await ask(path === '/api/help' ? 'public' : 'volunteer', 'POST', path, {
        ...options,
        headers: { 'idempotency-key': randomUUID() },
      })
      if (status !== 400) throw new Error(`${path} took a broken body: ${status}`)
    }
  }
}
