import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { openTable, peopleIn } from '../../../tests/support/people.ts'
import { message } from '../../contract/refusals/messages.ts'
import { LANGUAGES } from '../../contract/vocabulary/languages.ts'
import { PROOF_MS } from './proof.ts'

const { database, hub } = await drillHubForFile()
const anyone = hub.anyone
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
let address = 0
let phone = 82_000_000

beforeEach(() => {
  address++
  hub.messages.length = 0
})

type Held = { code: string; phone: string; case: number }
async function ask(over: Record<string, unknown> = {}): Promise<Held> {
  const number = `0${++phone}0`.slice(0, 10)
  const body = {
    language: 'lo',
    consent: { given: true, version: '2026-12', language: 'lo' },
    name: 'ຄຳ ທົດສອບ',
    phone: number,
    needs: ['food'],
    symptoms: ['fever'],
    place: { area: '500101' },
    address: 'house 7',
    note: 'two children',
    ...over,
  }
  const made = await anyone.post('/api/help', body, { address: `203.0.113.${address}` })
  expect(made.status).toBe(201)
  const { rows } = await database.pool.query<{ id: number }>('select max(id)::int as id from cases')
  return { code: made.body.code, phone: number, case: rows[0]!.id }
}

async function digitsTo(code: string): Promise<string> {
  await anyone.post('/api/my-data/send', { code })
  await hub.hub.deps.caseWork.outbox.settled()
  return /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0] ?? ''
}
const proofOf = async (code: string) => {
  const { body } = await anyone.post('/api/my-data/proof', { code, digits: await digitsTo(code) })
  return (body as unknown as { proof: string }).proof
}
const actions = async (id: number) =>
  (await database.pool.query(`select action from audit_log where resource = $1 order by id`, [`case:${id}`])).rows.map(
    ({ action }) => action,
  )

describe('a copy of one’s data', () => {
  it('holds everything, for whoever has the code and the phone, and stands in the audit log', async () => {
    const held = await ask()
    const [need] = (await database.pool.query('select id from needs where case_id = $1', [held.case])).rows
    await responder.post(`/api/needs/${need.id}/claim`)
    await responder.post(`/api/cases/${held.case}/reveal`)
    await responder.post(`/api/cases/${held.case}/contacts`, {
      channel: 'phone',
      result: 'reached',
      note: 'calls back',
    })
    const proof = await proofOf(held.code)
    const { status, body } = await anyone.post('/api/my-data/copy', { code: held.code, proof })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      language: 'lo',
      cases: [
        {
          case: held.case,
          person: { name: 'ຄຳ ທົດສອບ', phone: `+66${held.phone.slice(1)}` },
          address: 'house 7',
          notes: 'two children',
          needs: [{ kind: 'food' }],
          conditions: [{ symptoms: ['fever'] }],
          contacts: [{ channel: 'phone', result: 'reached', by: 'Rescue 1' }],
        },
      ],
      notes: [{ kind: 'contact', note: 'calls back' }],
      consents: [{ version: '2026-12', language: 'lo', givenBy: 'person', withdrawnAt: null }],
      opened: [{ times: 1 }],
    })
    expect(await actions(held.case)).toEqual(expect.arrayContaining(['person.proved', 'person.copy']))
  })

  it('is not given for the code alone, for another’s proof, or for one that is too old', async () => {
    const [mine, other] = [await ask(), await ask()]
    const proof = await proofOf(mine.code)
    const copy = (code: string, given: string) => anyone.post(`/api/my-data/copy?language=km`, { code, proof: given })
    for (const [code, given] of [
      [mine.code, ''],
      [mine.code, `${hub.clock.at + 1e9}.${'0'.repeat(64)}`],
      [other.code, proof],
    ] as const) {
      expect(await copy(code, given)).toMatchObject({
        status: 403,
        body: { error: { code: 'phone_unproven', message: message('km', 'phone_unproven') } },
      })
    }
    expect((await copy(mine.code, proof)).status).toBe(200)
    hub.clock.at += PROOF_MS
    expect((await copy(mine.code, proof)).status).toBe(403)
    expect((await copy('AAAA-AAAA-AAAAA', proof)).status).toBe(404)
  })

  it('is not reached by guessing digits: five tries, each in the log', async () => {
    const held = await ask()
    const right = await digitsTo(held.code)
    const digits = right === '000000' ? '000001' : '000000'
    const codes: string[] = []
    for (let i = 0; i < 5; i++) {
      codes.push((await anyone.post('/api/my-data/proof', { code: held.code, digits })).body.error.code)
    }
    expect(codes).toEqual(['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_used_up'])
    expect((await anyone.post('/api/my-data/proof', { code: held.code, digits: right })).status).toBe(422)
    expect((await actions(held.case)).filter((action) => action === 'person.not_proved')).toHaveLength(6)
  })

  it('digits that checked the phone before are no key for whoever types others', async () => {
    const held = await ask()
    const right = await digitsTo(held.code)
    expect((await anyone.post('/api/help/verify', { code: right }, { code: held.code })).status).toBe(200)
    const digits = right === '000000' ? '000001' : '000000'
    expect((await anyone.post('/api/my-data/proof', { code: held.code, digits })).status).toBe(422)
  })

  it('the number alone is no proof where a text message can be sent, and no digits are sent without a phone', async () => {
    const held = await ask()
    expect((await anyone.post('/api/my-data/proof', { code: held.code, phone: held.phone })).status).toBe(422)
    const none = await ask({ phone: undefined })
    expect((await anyone.post('/api/my-data/state', { code: none.code })).body).toMatchObject({ way: 'none' })
    for (const language of LANGUAGES) {
      const refused = await anyone.post(`/api/my-data/proof?language=${language}`, {
        code: none.code,
        digits: '123456',
      })
      expect(refused).toMatchObject({
        status: 409,
        body: { error: { code: 'no_phone', message: message(language, 'no_phone') } },
      })
    }
  })
})

describe('where no text message is sent', () => {
  beforeAll(() => database.pool.query(`update operation set kind = 'live'`))
  afterAll(() => database.pool.query(`update operation set kind = 'drill'`))

  it('the number is typed and compared, five times an hour', async () => {
    const held = await ask()
    expect((await anyone.post('/api/my-data/state', { code: held.code })).body).toMatchObject({ way: 'typed' })
    const prove = (number: string) => anyone.post('/api/my-data/proof', { code: held.code, phone: number })
    expect((await prove(held.phone)).status).toBe(200)
    const codes: string[] = []
    for (let i = 0; i < 5; i++) codes.push((await prove(`081999000${i}`)).body.error.code)
    expect(codes.at(-1)).toBe('code_used_up')
    expect((await prove(held.phone)).status).toBe(422)
    hub.clock.at += 3_600_000
    expect((await prove(held.phone)).status).toBe(200)
  })
})

describe('correcting one’s data', () => {
  it('is done at once where it is one’s own to say; a new phone has to be checked itself', async () => {
    const held = await ask()
    const proof = await proofOf(held.code)
    const own = { name: 'ຄຳ ໃໝ່', phone: '0829999991', secondPhone: '0829999992', address: 'house 8' }
    const done = await anyone.post('/api/my-data/correct', { code: held.code, proof, ...own })
    expect(done).toMatchObject({ status: 200, body: { corrections: [] } })
    const kept = (await openTable(database.pool, 'case_private')).find((row) => Number(row.case_id) === held.case)
    expect(kept).toMatchObject({ address: 'house 8' })
    const person = (await peopleIn(database.pool)).find(({ id }) => id === kept?.person_id)
    expect(person).toMatchObject({ full_name: 'ຄຳ ໃໝ່', phone: '+66829999991', second_phone: '+66829999992' })
    // The proof was of the old number.
    expect((await anyone.post('/api/my-data/copy', { code: held.code, proof })).status).toBe(403)
    await digitsTo(held.code)
    expect(hub.messages.at(-1)?.phone).toBe('+66829999991')
    const [event] = (
      await database.pool.query(`select details from case_events where kind = 'case.corrected' and case_id = $1`, [
        held.case,
      ])
    ).rows
    expect(event.details).toEqual({ fields: 'name,phone,secondPhone,address' })
  })

  it('what people have to put right goes to them, and the page says that it was asked', async () => {
    const held = await ask()
    const proof = await proofOf(held.code)
    const done = await anyone.post('/api/my-data/correct', { code: held.code, proof, text: 'We moved to 5002' })
    expect(done.body).toMatchObject({ corrections: [{ state: 'open', askedAt: hub.clock.at }] })
    const kept = (await openTable(database.pool, 'case_private')).find((row) => Number(row.case_id) === held.case)
    expect(kept?.notes).toContain('We moved to 5002')
    expect((await anyone.post('/api/my-data/correct', { code: held.code, proof })).status).toBe(400)
  })
})

describe('taking consent back', () => {
  it('ends the request, and says so; the text that was agreed to stays known', async () => {
    const held = await ask()
    const proof = await proofOf(held.code)
    const done = await anyone.post('/api/my-data/withdraw', { code: held.code, proof })
    expect(done).toMatchObject({
      status: 200,
      body: { ended: true, erasure: null, consent: { version: '2026-12', language: 'lo', withdrawnAt: hub.clock.at } },
    })
    expect((await anyone.get('/api/help/status', { code: held.code })).body).toMatchObject({ state: 'cancelled' })
    expect(await actions(held.case)).toContain('person.withdrew')
  })

  it('of somebody in danger asks people first', async () => {
    const held = await ask({ symptoms: ['cannot_finish_sentence'] })
    const proof = await proofOf(held.code)
    const done = await anyone.post('/api/my-data/withdraw', { code: held.code, proof })
    expect(done.body).toMatchObject({ ended: false, consent: { withdrawnAt: hub.clock.at } })
    expect((await anyone.get('/api/help/status', { code: held.code })).body).toMatchObject({ state: 'cancelling' })
  })
})
