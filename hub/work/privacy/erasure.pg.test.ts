import { expect, it } from 'vitest'
import { eraseAsked } from '../../../db/queries/erasure.ts'
import { allRows, hitsIn } from '../../../tests/support/all-rows.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { keptValues } from '../../../tests/support/people.ts'
import { ERASE_WAITS_MS } from './my-data.ts'

const { database, hub } = await drillHubForFile()
const nurse = await hub.worker('triage', ['50'], 'Triage 50')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const hotline = await hub.worker('hotline', ['50'], 'Hotline 50')
const volunteer = await hub.worker('volunteer', ['5001'], 'VHV 5001')
const supervisor = await hub.worker('provincial_health', ['50'], 'Province 50')
const anyone = hub.anyone

/** One word for each thing that says who somebody is, as it is kept. */
const WORDS = {
  name: 'กานดาคานารี',
  phone: '+66812345671',
  second: '+66812345672',
  paper: 'CANARY77001',
  address: 'canary-house-9',
  note: 'canary-note-1',
  more: 'canary-more-2',
  contact: 'canary-contact-3',
  call: 'canary-call-4',
  callNumber: '+66812345673',
  correction: 'canary-correct-5',
  lat: '18.7912345',
  lon: '98.9812345',
  volunteerName: 'วิไลคานารี',
} as const

const help = {
  language: 'th',
  consent: { given: true, version: '2026-12' },
  name: WORDS.name,
  phone: '0812345671',
  secondPhone: '0812345672',
  id: { kind: 'passport', number: WORDS.paper },
  birthYear: 1951,
  birthMonth: 3,
  sex: 'female',
  nationality: 'TH',
  needs: ['food'],
  symptoms: ['fever'],
  risks: ['age60'],
  spo2: 97,
  place: { area: '500101', point: { lat: Number(WORDS.lat), lon: Number(WORDS.lon) } },
  address: WORDS.address,
  note: WORDS.note,
}

const one = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows[0]
const ok = async <T extends { status: number }>(reply: Promise<T>): Promise<T> => {
  const answer = await reply
  expect(answer.status, JSON.stringify(answer)).toBeLessThan(300)
  return answer
}

async function proofOf(code: string): Promise<string> {
  hub.messages.length = 0
  await ok(anyone.post('/api/my-data/send', { code }))
  await hub.hub.deps.caseWork.outbox.settled()
  const digits = /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0]
  const { body } = await ok(anyone.post('/api/my-data/proof', { code, digits }))
  return (body as unknown as { proof: string }).proof
}

async function runJob(now: number): Promise<number> {
  const client = await database.jobs.connect()
  try {
    return await eraseAsked(client, now)
  } finally {
    client.release()
  }
}

/** A person on every path that holds anything of theirs: form, more, volunteer's record merged in, contact, call, check, register. */
async function feed() {
  // The very same within ten minutes is one request.
  hub.clock.at += 11 * 60_000
  const { code } = (await ok(anyone.post('/api/help', help))).body
  const { id: caseId } = await one('select max(id) as id from cases')
  await ok(anyone.post('/api/help/more', { note: WORDS.more, symptoms: ['cough'] }, { code }))
  const volunteered = {
    kind: 'request',
    place: { area: '500101' },
    name: WORDS.volunteerName,
    symptoms: [],
    needs: ['medicine'],
  }
  const { body: twin } = await ok(
    volunteer.post('/api/record', { ...volunteered, phone: '0812345671', note: WORDS.note }),
  )
  await ok(supervisor.post(`/api/cases/${twin.case}/merge`, { into: Number(caseId) }))
  const need = await one('select id from needs where case_id = $1 and ended_at is null limit 1', [caseId])
  await ok(responder.post(`/api/needs/${need.id}/claim`))
  await ok(
    responder.post(`/api/cases/${caseId}/contacts`, { channel: 'phone', result: 'reached', note: WORDS.contact }),
  )
  const call = await ok(hotline.post('/api/calls', { area: '5001', phone: '0812345673', note: WORDS.call }))
  await ok(hotline.post(`/api/calls/${call.body.call.id}/claim`))
  await ok(hotline.post(`/api/calls/${call.body.call.id}/end`, { result: 'reached', case: caseId }))
  await ok(nurse.post(`/api/cases/${caseId}/complaint`))
  await ok(responder.post(`/api/cases/${caseId}/reveal`))
  await database.pool.query(
    `insert into checks (case_id, at, recorded_at, spo2, temperature, feeling, said_by) values ($1, now(), now(), 96, 37, 'same', 'VHV')`,
    [caseId],
  )
  const { person_id } = await one('select person_id from case_private where case_id = $1', [caseId])
  const { address, notes } = await keptValues(database.pool, 'vulnerable', {
    person_id,
    address: WORDS.address,
    notes: WORDS.note,
  })
  await database.pool.query(
    `insert into vulnerable (person_id, district, place, reasons, address, notes, recorded_label, source_at, recorded_at)
     values ($1, '5001', '500101', '{age60}', $2, $3, 'VHV', now(), now())`,
    [person_id, address, notes],
  )
  return { code, caseId: Number(caseId), twin: Number(twin.case) }
}

it('after an erasure no byte of the person stands in any table, and what is counted stays', async () => {
  const { code, caseId } = await feed()
  const counts = () =>
    one(`select (select count(*) from cases) as cases, (select count(*) from needs) as needs, (select count(*) from contacts) as contacts,
      (select count(*) from help_requests) as requests, (select count(*) from vulnerable) as vulnerable,
      (select count(*) from case_events) as events`)
  const proof = await proofOf(code)
  await ok(anyone.post('/api/my-data/correct', { code, proof, text: WORDS.correction }))
  const phoneHash = hub.hub.deps.caseWork.keyed('phone', WORDS.phone).toString('hex')
  const words = [...Object.values(WORDS), phoneHash]

  // Each of them is found while it is there: what finds nothing afterwards would otherwise prove nothing.
  const before = hitsIn(await allRows(database.pool), words)
  for (const word of words)
    expect(
      before.filter((hit) => hit.endsWith(`: ${word}`)),
      word,
    ).not.toEqual([])

  const asked = await ok(anyone.post('/api/my-data/erase', { code, proof }))
  expect(asked.body).toMatchObject({ erasure: { peopleAsked: false, doneAt: null }, ended: true })
  expect(await runJob(hub.clock.at + ERASE_WAITS_MS - 1)).toBe(0)
  expect(hitsIn(await allRows(database.pool), words)).not.toEqual([])
  const stood = await counts()

  expect(await runJob(hub.clock.at + ERASE_WAITS_MS)).toBe(1)
  expect(hitsIn(await allRows(database.pool), words)).toEqual([])
  expect(await counts()).toEqual(stood)
  expect(await runJob(hub.clock.at + 2 * ERASE_WAITS_MS)).toBe(0)

  // Its code still says what became of it, and nothing of the person.
  const { body } = await ok(anyone.post('/api/my-data/state', { code }))
  expect(body).toMatchObject({ way: 'none', erasure: { doneAt: expect.any(Number) } })
  expect((await anyone.get('/api/help/status', { code })).body).toMatchObject({ state: 'cancelled', phone: 'none' })
  const logged = await database.pool.query(`select resource from audit_log where action = 'person.erased' order by id`)
  expect(logged.rows.map(({ resource }) => resource)).toContain(`case:${caseId}`)
})

it('every column of a person and of a case’s private row is empty after it, also one that comes later', async () => {
  const { code, caseId } = await feed()
  const proof = await proofOf(code)
  await ok(anyone.post('/api/my-data/erase', { code, proof }))
  expect(await runJob(hub.clock.at + ERASE_WAITS_MS)).toBe(1)
  const kept = (row: object, keys: readonly string[]) =>
    Object.entries(row).filter(([name, value]) => value !== null && !keys.includes(name))
  const row = await one('select * from case_private where case_id = $1', [caseId])
  expect(kept(row, ['case_id', 'person_id', 'erased_at'])).toEqual([])
  expect(kept(await one('select * from people where id = $1', [row.person_id]), ['id', 'created_at'])).toEqual([])
})

it('a red one is not erased in silence: it is escalated, and erased when people have ended it', async () => {
  const { code, caseId } = await feed()
  const proof = await proofOf(code)
  await database.pool.query(`update cases set severity = 'red' where id = $1`, [caseId])
  const asked = await ok(anyone.post('/api/my-data/erase', { code, proof }))
  expect(asked.body).toMatchObject({
    erasure: { peopleAsked: true },
    ended: false,
    consent: { withdrawnAt: expect.any(Number) },
  })
  expect(await one('select stage, escalated_at from cases where id = $1', [caseId])).toMatchObject({
    stage: expect.not.stringMatching('closed'),
    escalated_at: new Date(hub.clock.at),
  })
  expect(
    (await one(`select details from case_events where kind = 'case.escalated' order by id desc limit 1`)).details,
  ).toMatchObject({
    reason: 'withdrawn_in_danger',
  })
  expect(await runJob(hub.clock.at + 10 * ERASE_WAITS_MS)).toBe(0)
  await ok(supervisor.post(`/api/cases/${caseId}/close`, { reason: 'helped' }))
  expect(await runJob(hub.clock.at + 10 * ERASE_WAITS_MS)).toBe(1)
})

it('can be taken back while it waits, and asked again', async () => {
  const { code } = await feed()
  const proof = await proofOf(code)
  await ok(anyone.post('/api/my-data/erase', { code, proof }))
  const twice = await anyone.post('/api/my-data/erase', { code, proof })
  expect(twice).toMatchObject({ status: 409, body: { error: { code: 'erasure_asked' } } })
  expect((await ok(anyone.post('/api/my-data/keep', { code, proof }))).body).toMatchObject({ erasure: null })
  expect(await runJob(hub.clock.at + 10 * ERASE_WAITS_MS)).toBe(0)
  expect((await anyone.post('/api/my-data/keep', { code, proof })).status).toBe(409)
  await ok(anyone.post('/api/my-data/erase', { code, proof }))
  expect(await runJob(hub.clock.at + ERASE_WAITS_MS)).toBe(1)
})
