import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { ERASE } from '../../../db/queries/erasure.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import type { correctionsAnswer, correctionView } from '../../contract/api/corrections.ts'
import { CORRECTION_REFUSALS } from '../../contract/vocabulary/corrections.ts'

const { database, hub } = await drillHubForFile()
const anyone = hub.anyone
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const other = await hub.worker('responder', ['50'], 'Rescue 2')
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
const health = await hub.worker('provincial_health', ['50'], 'PHO 50')
const elsewhere = await hub.worker('provincial_health', ['10'], 'PHO 10')
const administrator = await hub.worker('administrator', ['TH'], 'Data protection')
const auditor = await hub.worker('auditor', ['TH'], 'Auditor')
const DAY = 86_400_000
const WISH = 'My father is not 0812345678, that is a neighbour; his paper is 1-1037-02071-81-2'
let address = 0
let phone = 83_000_000

type Correction = z.infer<typeof correctionView>
type Held = { readonly code: string; readonly proof: string; readonly case: number; readonly need: number }

/** Somebody who has asked for help and has shown that the phone is theirs. */
async function somebody(area = '500101'): Promise<Held> {
  const body = {
    language: 'lo',
    consent: { given: true, version: '2026-12', language: 'lo' },
    phone: `0${++phone}0`.slice(0, 10),
    needs: ['food'],
    symptoms: ['fever'],
    place: { area },
  }
  const made = await anyone.post('/api/help', body, { address: `203.0.113.${++address}` })
  expect(made.status).toBe(201)
  const { code } = made.body
  const { rows } = await database.pool.query<{ case: number; need: number }>(
    'select case_id::int as case, id::int as need from needs order by id desc limit 1',
  )
  hub.messages.length = 0
  await anyone.post('/api/my-data/send', { code })
  await hub.hub.deps.caseWork.outbox.settled()
  const digits = /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0]
  const proven = await anyone.post('/api/my-data/proof', { code, digits })
  return { code, proof: (proven.body as unknown as { proof: string }).proof, ...rows[0]! }
}

async function asks(held: Held, text = WISH): Promise<Correction> {
  const done = await anyone.post('/api/my-data/correct', { code: held.code, proof: held.proof, text })
  expect(done.status).toBe(200)
  const [found] = (await listed(health)).corrections.filter((one) => one.case === held.case).slice(-1)
  if (found === undefined) throw new Error('the correction stands in no list')
  return found
}

async function listed(by: typeof health, area = '50', more = '') {
  const { status, body } = await by.get(`/api/corrections?area=${area}${more}`)
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as unknown as z.infer<typeof correctionsAnswer>
}
const told = async ({ code }: Held) =>
  ((await anyone.post('/api/my-data/state', { code })).body as unknown as { corrections: object[] }).corrections
const close = (by: typeof health, { id }: Correction, body: object = {}, key: string = randomUUID()) =>
  by.post(`/api/corrections/${id}/close`, body, { key })
const reopen = (by: typeof health, { id }: Correction) => by.post(`/api/corrections/${id}/reopen`)
const rows = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows

beforeEach(() => database.pool.query(`delete from data_requests`))

describe('a correction that people have to make', () => {
  it('is open, due 30 days later, and nothing of what was written stands in its list', async () => {
    const held = await somebody()
    const asked = await asks(held)
    expect(asked).toEqual({
      id: asked.id,
      case: held.case,
      district: '5001',
      place: '500101',
      stage: 'reported',
      state: 'open',
      askedAt: hub.clock.at,
      dueAt: hub.clock.at + 30 * DAY,
      late: false,
      closedAt: null,
      closedBy: null,
      because: null,
    })
    expect(await told(held)).toEqual([
      { state: 'open', askedAt: hub.clock.at, dueAt: hub.clock.at + 30 * DAY, closedAt: null, because: null },
    ])
  })

  it('is late once its day is over, and the oldest stands first; what is closed is late no more', async () => {
    const before = hub.clock.at
    const first = await asks(await somebody())
    hub.clock.at += 30 * DAY
    expect(await listed(health)).toMatchObject({ total: 1, late: 0, corrections: [{ id: first.id, late: false }] })
    hub.clock.at += 1
    const second = await asks(await somebody())
    expect(await listed(health)).toMatchObject({
      total: 2,
      late: 1,
      corrections: [
        { id: first.id, late: true },
        { id: second.id, late: false },
      ],
    })
    expect((await close(health, first)).status).toBe(200)
    expect(await listed(health)).toMatchObject({ total: 1, late: 0 })
    hub.clock.at = before
  })

  it('is closed as done by whoever holds the case, and its person is told when, and not by whom', async () => {
    const held = await somebody()
    const asked = await asks(held)
    expect((await close(responder, asked)).status).toBe(403)
    await responder.post(`/api/needs/${held.need}/claim`)
    expect((await responder.get(`/api/cases/${held.case}`)).body).toMatchObject({ corrections: [{ id: asked.id }] })
    const done = await close(responder, asked)
    expect(done).toMatchObject({
      status: 200,
      body: { correction: { state: 'done', closedAt: hub.clock.at, closedBy: 'Rescue 1', because: null } },
    })
    expect((await responder.get(`/api/cases/${held.case}`)).body).toMatchObject({ corrections: [] })
    const standing = await told(held)
    expect(standing).toMatchObject([{ state: 'done', closedAt: hub.clock.at }])
    expect(JSON.stringify(standing)).not.toContain('Rescue')
    expect((await listed(health, '50', '&show=closed')).corrections).toMatchObject([
      { id: asked.id, closedBy: 'Rescue 1', closedAt: hub.clock.at },
    ])
  })

  it('is refused with a reason of the list alone, which its person is told', async () => {
    const held = await somebody()
    for (const because of CORRECTION_REFUSALS) {
      const asked = await asks(held)
      expect((await close(chief, asked, { because })).body).toMatchObject({ correction: { state: 'refused', because } })
      expect((await told(held))[0]).toMatchObject({ state: 'refused', because })
    }
    const asked = await asks(held)
    for (const because of ['erased', 'because 0812345678 said so', '', null]) {
      expect((await close(chief, asked, { because })).status, String(because)).toBe(400)
    }
    expect((await close(chief, asked, { note: 'no' })).status).toBe(400)
    expect(await rows('select count(*)::int as n from data_requests where done_at is null')).toEqual([{ n: 1 }])
  })

  it('closed twice by one tap is closed once; by two people, the second reads who was faster', async () => {
    const asked = await asks(await somebody())
    const key = randomUUID()
    const [once, twice] = await Promise.all([close(health, asked, {}, key), close(health, asked, {}, key)])
    expect([once.status, twice.status]).toEqual([200, 200])
    expect(twice.body.event).toBe(once.body.event)
    const event = await rows(
      `select kind, details from case_events where kind like 'case.correction%' and case_id = $1`,
      [asked.case],
    )
    expect(event).toEqual([{ kind: 'case.correction_made', details: { correction: asked.id } }])
    expect(await close(chief, asked, { because: 'not_proven' })).toMatchObject({
      status: 409,
      body: { error: { code: 'correction_closed', details: { holder: 'PHO 50', since: hub.clock.at } } },
    })
    const [next, both] = [await asks(await somebody()), [health, chief] as const]
    const answers = await Promise.all(both.map((by) => close(by, next)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is opened again by those who may close it, and only once', async () => {
    const held = await somebody()
    const asked = await asks(held)
    expect((await reopen(health, asked)).status).toBe(409)
    await close(health, asked, { because: 'right_as_it_is' })
    expect((await reopen(elsewhere, asked)).status).toBe(404)
    expect((await reopen(chief, asked)).body).toMatchObject({
      correction: { state: 'open', closedAt: null, closedBy: null, because: null },
    })
    expect((await reopen(chief, asked)).status).toBe(409)
    expect(await told(held)).toMatchObject([{ state: 'open', closedAt: null, because: null }])
    expect((await close(health, asked)).status).toBe(200)
  })

  it('is seen and closed in its own area alone, and where nobody is bound to one by who answers for the data', async () => {
    const asked = await asks(await somebody())
    const far = await somebody('5002')
    const there = await asks(far)
    expect((await listed(health)).corrections.map(({ id }) => id)).toEqual([asked.id, there.id])
    expect((await listed(chief, '5001')).corrections.map(({ id }) => id)).toEqual([asked.id])
    expect((await listed(health, '500101')).corrections.map(({ id }) => id)).toEqual([asked.id])
    for (const [by, area] of [
      [chief, '50'],
      [chief, '5002'],
      [elsewhere, '50'],
      [responder, '50'],
      [auditor, 'TH'],
    ] as const) {
      expect((await by.get(`/api/corrections?area=${area}`)).status, area).toBe(403)
    }
    expect((await anyone.get('/api/corrections?area=50')).status).toBe(401)
    expect((await close(elsewhere, asked)).status).toBe(404)
    expect((await close(chief, there)).status).toBe(404)
    expect((await close(auditor, asked)).status).toBe(403)
    expect((await listed(administrator, 'TH')).corrections.map(({ id }) => id)).toEqual([asked.id, there.id])
    expect((await close(administrator, there, { because: 'must_be_kept' })).body).toMatchObject({
      correction: { closedBy: 'Data protection' },
    })
    expect((await administrator.get(`/api/cases/${far.case}`)).status).toBe(403)
    expect((await close(health, { ...asked, id: 999_999 })).status).toBe(404)
  })

  it('comes page by page, without one twice or left out', async () => {
    const held = await somebody()
    const all: number[] = []
    for (let i = 0; i < 5; i++) all.push((await asks(held, `${i}`)).id)
    for (const [show, order] of [
      ['open', all],
      ['closed', all.toReversed()],
    ] as const) {
      const seen: number[] = []
      for (let after: number | null = 0; after !== null; ) {
        const page: z.infer<typeof correctionsAnswer> = await listed(
          health,
          '50',
          `&show=${show}&limit=2&after=${after}`,
        )
        expect(page.total).toBe(after === 0 ? 5 : null)
        seen.push(...page.corrections.map(({ id }) => id))
        after = page.cursor
      }
      expect(seen).toEqual(order)
      for (const id of show === 'open' ? all : []) await close(health, { id } as Correction)
    }
  })

  it('of a case that was merged stands on the case that goes on, and is closed by who holds that', async () => {
    const [gone, goesOn] = [await somebody(), await somebody()]
    const asked = await asks(gone)
    const merged = await health.post(`/api/cases/${gone.case}/merge`, { into: goesOn.case })
    expect(merged.status).toBe(200)
    await other.post(`/api/needs/${goesOn.need}/claim`)
    expect((await other.get(`/api/cases/${goesOn.case}`)).body).toMatchObject({
      corrections: [{ id: asked.id, case: goesOn.case }],
    })
    expect((await close(other, asked)).status).toBe(200)
    expect(await told(gone)).toMatchObject([{ state: 'done' }])
    const later = await asks({ ...gone, case: goesOn.case })
    expect(later.case).toBe(goesOn.case)
  })

  it('of who was erased is not left to anybody, and cannot be opened again', async () => {
    const held = await somebody()
    const asked = await asks(held)
    for (const statement of ERASE) await database.jobs.query(statement, [[held.case]])
    expect(await listed(health)).toMatchObject({ total: 0, corrections: [] })
    expect(await told(held)).toMatchObject([{ state: 'refused', because: 'erased' }])
    expect((await reopen(health, asked)).status).toBe(409)
  })

  it('stands in the audit log and the history at each step, and what was written, with its numbers, in neither', async () => {
    const held = await somebody()
    const asked = await asks(held)
    await close(health, asked, { because: 'not_proven' })
    await reopen(health, asked)
    await close(chief, asked)
    const log = await rows(
      `select action, role, area, details from audit_log where resource = $1 and action like 'person.correction%' order by id`,
      [`case:${held.case}`],
    )
    const details = { correction: asked.id }
    expect(log).toEqual([
      {
        action: 'person.correction_refused',
        role: 'provincial_health',
        area: '5001',
        details: { ...details, because: 'not_proven' },
      },
      { action: 'person.correction_reopened', role: 'provincial_health', area: '5001', details },
      { action: 'person.correction_made', role: 'district_chief', area: '5001', details },
    ])
    const kept = await rows(
      `select data_requests::text as row from data_requests union all select case_events::text from case_events
       union all select audit_log::text from audit_log union all select idempotency::text from idempotency`,
    )
    const said = `${JSON.stringify(kept)}${JSON.stringify(await listed(health, '50', '&show=closed'))}`
    expect(said).not.toMatch(/812345678|1-1037-02071|1103702071812|neighbour/)
  })
})

it('PostgreSQL keeps no correction that is closed and open, or refused for a reason that is in no list', async () => {
  const asked = await asks(await somebody())
  for (const set of [
    `refused_because = 'not_proven'`,
    `closed_label = 'PHO'`,
    `done_at = now(), refused_because = 'no'`,
  ]) {
    await expect(rows(`update data_requests set ${set} where id = $1`, [asked.id]), set).rejects.toThrow(/check/)
  }
  await expect(
    rows(
      `insert into data_requests (case_id, kind, asked_at, done_at, refused_because) values ($1, 'withdraw', now(), now(), 'not_proven')`,
      [asked.case],
    ),
  ).rejects.toThrow(/check/)
})
