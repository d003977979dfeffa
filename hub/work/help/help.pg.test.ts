import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deviceOf } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { message } from '../../contract/refusals/messages.ts'
import { LANGUAGES, type Language } from '../../contract/vocabulary/languages.ts'
import { PER_BLOCK_AND_HOUR } from '../../runtime/reach.ts'
import { MESSAGES_PER_PHONE_AND_HOUR, REQUESTS_PER_PHONE_AND_HOUR } from '../services.ts'

let address = 0
const { database, hub } = await drillHubForFile()
const anyone = hub.anyone
const responder = await hub.worker('responder', ['50'], 'Rescue 1')

beforeEach(() => {
  address++
  hub.messages.length = 0
})

let phone = 80_000_000
const newPhone = () => `0${++phone}0`.slice(0, 10)
const from = () => ({ address: `203.0.113.${address}` })

function request(over: Record<string, unknown> = {}) {
  return {
    language: 'my',
    consent: { given: true, version: '2026-11' },
    name: 'ကို စမ်းသပ်',
    needs: ['bed', 'food'],
    symptoms: ['breathless_on_exertion'],
    risks: [],
    place: { point: { lat: 18.79, lon: 98.98 } },
    ...over,
  }
}

async function rows(sql: string, values: unknown[] = []) {
  return (await database.pool.query(sql, values)).rows
}
const caseCount = async () => (await rows('select count(*) as n from cases'))[0].n

describe('a request', () => {
  it('in Burmese, without any paper or phone, becomes a case on the board and a status page', async () => {
    const { status, body } = await anyone.post('/api/help', request(), from())
    expect(status).toBe(201)
    expect(body).toMatchObject({ severity: 'yellow', duplicate: false, phoneCheck: false })
    expect(body.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/)
    const seen = await anyone.get('/api/help/status', { code: body.code.toLowerCase().replaceAll('-', '') })
    expect(seen).toMatchObject({ status: 200, body: { state: 'received', language: 'my', phone: 'none' } })
    expect(JSON.stringify(seen.body)).not.toContain('စမ်းသပ်')
    const [found] = await rows('select * from cases order by id desc limit 1')
    expect(found).toMatchObject({ source: 'help', district: expect.stringMatching(/^50/), on_board: true })
    expect(found.place.slice(0, 4)).toBe(found.district)
    expect((await rows('select * from consents where case_id = $1', [found.id]))[0]).toMatchObject({
      version: '2026-11',
      language: 'my',
      given_by: 'person',
      taken_by: null,
      at: new Date(hub.clock.at),
      withdrawn_at: null,
    })
  })

  it('keeps in which language its text was shown, when that is another than that of the form', async () => {
    const consent = { given: true, version: '2026-12', language: 'km' }
    await anyone.post('/api/help', request({ consent }), from())
    const [kept] = await rows('select version, language from consents order by id desc limit 1')
    expect(kept).toEqual({ version: '2026-12', language: 'km' })
  })

  it.each(LANGUAGES)('under a text that was never shown is refused, and nothing is kept (%s)', async (language) => {
    const before = await caseCount()
    const sent = { ...request({ language }), consent: { given: true, version: '2031-01' } }
    const { status, body } = await anyone.post(`/api/help?language=${language}`, sent, from())
    expect(status).toBe(422)
    expect(body.error).toMatchObject({
      code: 'consent_unknown',
      message: message(language, 'consent_unknown'),
      details: { version: '2031-01', newest: '2026-12' },
    })
    expect(await caseCount()).toBe(before)
  })

  it('is asked under the newest text, with its hash and its parts', async () => {
    const { body } = await anyone.get('/api/help/consent?language=lo')
    expect(body).toMatchObject({ version: '2026-12', language: 'lo', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const { text, parts } = body as unknown as { text: string; parts: { part: string; text: string }[] }
    expect(parts.map(({ part }) => part)).toEqual(['what', 'why', 'who', 'long', 'rights', 'withdraw'])
    expect(text).toBe(parts.map((one) => one.text).join('\n'))
  })

  it('shows who is on it as soon as somebody is', async () => {
    const { body } = await anyone.post('/api/help', request(), from())
    const [need] = await rows('select id from needs order by id desc limit 1')
    await responder.post(`/api/needs/${need.id}/claim`)
    const seen = await anyone.get('/api/help/status', { code: body.code })
    expect(seen.body).toMatchObject({ state: 'being_handled', needs: [{ holder: null }, { holder: 'Rescue 1' }] })
  })

  it('sent twice with one key is one request with one code', async () => {
    const before = await caseCount()
    const body = request()
    const replies = await Promise.all(
      [1, 2, 3].map(() => anyone.post('/api/help', body, { key: 'double-submit-key', ...from() })),
    )
    expect(new Set(replies.map((reply) => reply.body.code)).size).toBe(1)
    expect(await caseCount()).toBe(before + 1)
  })

  it('from the same phone with the same content within minutes is one request, also at the same instant', async () => {
    const before = await caseCount()
    const body = request({ phone: newPhone(), language: 'en' })
    const replies = await Promise.all([1, 2, 3].map(() => anyone.post('/api/help', body, from())))
    const [made, ...others] = replies.sort((a, b) => b.status - a.status)
    expect(replies.map(({ status }) => status)).toEqual([201, 200, 200])
    expect(await caseCount()).toBe(before + 1)
    await hub.hub.deps.caseWork.outbox.settled()
    const told = message('en', 'sms_tracking', { code: made?.body.code ?? '' })
    expect(others.map(({ body: { code } }) => code)).toEqual([null, null])
    expect(hub.messages.filter(({ text }) => text === told)).toHaveLength(2)
  })

  it.each([
    ['their name', { name: 'ကလေး' }],
    ['their symptoms', { symptoms: ['fever'] }],
    ['their paper', { id: { kind: 'passport', number: 'AA 1' } }],
    ['the place they are in', { place: { point: { lat: 18.8, lon: 98.98 } } }],
    ['what is written about them', { note: 'ကျွန်ုပ်၏ ကလေး' }],
  ])('from the same phone for a second person, told by %s, is a second request', async (_, differs) => {
    const before = await caseCount()
    const body = request({ phone: newPhone(), needs: ['bed'] })
    const mother = await anyone.post('/api/help', body, from())
    const child = await anyone.post('/api/help', { ...body, ...differs }, from())
    expect([mother.status, child.status]).toEqual([201, 201])
    expect(child.body.code).not.toBe(mother.body.code)
    expect(await caseCount()).toBe(before + 2)
  })

  it.each([
    ['closed', 'unreachable'],
    ['duplicate', 'duplicate'],
  ])('from the same phone again when the first has ended as %s is a new one', async (stage, reason) => {
    const body = request({ phone: newPhone() })
    await anyone.post('/api/help', body, from())
    await database.pool.query(
      `update cases set stage = $1, closed_reason = $2 where id = (select max(id) from cases)`,
      [stage, reason],
    )
    expect((await anyone.post('/api/help', body, from())).status).toBe(201)
  })

  it.each(['192.0.2.77', undefined])(
    'from somebody else who knows the phone number does not get its code, also from behind the same address: it goes to the phone',
    async (stranger) => {
      const body = request({ phone: newPhone(), language: 'en' })
      const first = await anyone.post('/api/help', body, from())
      hub.messages.length = 0
      const second = await anyone.post('/api/help', body, { address: stranger ?? from().address })
      expect(second.body).toMatchObject({ code: null, duplicate: true, message: message('en', 'already_asked') })
      await hub.hub.deps.caseWork.outbox.settled()
      expect(hub.messages.map((sent) => sent.text)).toEqual([message('en', 'sms_tracking', { code: first.body.code })])
    },
  )

  it('that a stranger repeats sends the phone a limited number of messages', async () => {
    const body = request({ phone: newPhone(), language: 'en' })
    for (let i = 0; i < 8; i++) await anyone.post('/api/help', body, { address: `198.51.100.${i}` })
    await hub.hub.deps.caseWork.outbox.settled()
    expect(hub.messages).toHaveLength(MESSAGES_PER_PHONE_AND_HOUR)
  })

  it('adds needs and worse symptoms later, and can be cancelled once', async () => {
    const asked = await anyone.post('/api/help', request(), from())
    const { code } = asked.body
    const cookie = deviceOf(asked)
    const more = await anyone.post('/api/help/more', { needs: ['oxygen'], symptoms: ['drowsy'], note: 'x' }, { code })
    expect(more.body).toMatchObject({ severity: 'red' })
    expect(more.body.needs).toHaveLength(3)
    const cancelled = await anyone.post('/api/help/cancel', {}, { code, cookie })
    expect(cancelled.body).toMatchObject({ state: 'cancelled', stage: 'closed' })
    expect(await anyone.post('/api/help/cancel', {}, { code, cookie, language: 'km' })).toMatchObject({
      status: 409,
      body: { error: { code: 'ended', message: message('km', 'ended') } },
    })
    expect((await anyone.post('/api/help/more', { note: 'late' }, { code })).status).toBe(409)
  })
})

describe('a wrong form', () => {
  it.each(LANGUAGES)('says in %s which field is wrong, and how', async (language: Language) => {
    const { status, body } = await anyone.post(
      '/api/help',
      { ...request({ language, needs: [], phone: '12', place: {} }), consent: { given: false, version: '1' } },
      from(),
    )
    expect(status).toBe(400)
    expect(body.error.message).toBe(message(language, 'form_wrong'))
    const fields = body.error.details as { path: string; key: string; message: string }[]
    expect(Object.fromEntries(fields.map((field) => [field.path, field.key]))).toEqual({
      'consent.given': 'consent_required',
      phone: 'phone_invalid',
      needs: 'need_required',
      place: 'place_required',
    })
    expect(fields[0]?.message).toBe(message(language, 'consent_required'))
  })

  it('in a place that does not exist says so in its language', async () => {
    const unknown = await anyone.post('/api/help', request({ place: { area: '999999' } }), from())
    expect(unknown).toMatchObject({
      status: 422,
      body: { error: { details: [{ path: 'place.area', message: message('my', 'area_unknown') }] } },
    })
    const abroad = await anyone.post('/api/help', request({ place: { point: { lat: 16.8, lon: 96.15 } } }), from())
    expect(abroad).toMatchObject({ status: 400, body: { error: { details: [{ key: 'place_outside' }] } } })
  })

  it('is answered in the browser’s language when it says none', async () => {
    const { body } = await anyone.post('/api/help', {}, { ...from(), language: 'lo-LA,lo;q=0.9' })
    expect(body.error.message).toBe(message('lo', 'form_wrong'))
  })
})

describe('the phone check', () => {
  const codeIn = () => /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0] ?? ''

  it('sends nothing unasked; takes the right code once, in digits of any script', async () => {
    const { body } = await anyone.post('/api/help', request({ phone: newPhone() }), from())
    expect(body).toMatchObject({ phoneCheck: true })
    await hub.hub.deps.caseWork.outbox.settled()
    expect(hub.messages).toEqual([])
    await anyone.post('/api/help/resend', {}, { code: body.code })
    await hub.hub.deps.caseWork.outbox.settled()
    const burmese = codeIn().replace(/\d/g, (digit) => String.fromCharCode(0x1040 + Number(digit)))
    const checked = await anyone.post('/api/help/verify', { code: burmese }, { code: body.code })
    expect(checked.body).toMatchObject({ phone: 'verified' })
  })

  it('counts wrong tries, and stops after five', async () => {
    const { body } = await anyone.post('/api/help', request({ phone: newPhone() }), from())
    await anyone.post('/api/help/resend', {}, { code: body.code })
    await hub.hub.deps.caseWork.outbox.settled()
    const right = codeIn()
    const wrong = right === '000000' ? '000001' : '000000'
    const codes: string[] = []
    for (let i = 0; i < 5; i++) {
      codes.push((await anyone.post('/api/help/verify', { code: wrong }, { code: body.code })).body.error.code)
    }
    expect(codes).toEqual(['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_used_up'])
    expect((await anyone.post('/api/help/verify', { code: right }, { code: body.code })).status).toBe(422)
  })

  it('expires, and sends a limited number of new codes', async () => {
    const { body } = await anyone.post('/api/help', request({ phone: newPhone() }), from())
    await anyone.post('/api/help/resend', {}, { code: body.code })
    await hub.hub.deps.caseWork.outbox.settled()
    const first = codeIn()
    hub.clock.at += 10 * 60_000
    expect((await anyone.post('/api/help/verify', { code: first }, { code: body.code })).body.error.code).toBe(
      'code_expired',
    )
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await anyone.post('/api/help/resend', {}, { code: body.code })).status)
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  it.each(['+881612345678', '+979123456789', '+447911123456'])(
    'no text message goes to a satellite, premium or far number, and help comes all the same: %s',
    async (phone) => {
      const { status, body } = await anyone.post('/api/help', request({ phone }), from())
      expect([status, body]).toMatchObject([201, { phoneCheck: false }])
      expect((await anyone.get('/api/help/status', { code: body.code })).body).toMatchObject({ phone: 'unchecked' })
      expect(await anyone.post('/api/help/resend', {}, { code: body.code, language: 'km' })).toMatchObject({
        status: 409,
        body: { error: { code: 'phone_country', message: message('km', 'phone_country') } },
      })
      await hub.hub.deps.caseWork.outbox.settled()
      expect(hub.messages).toEqual([])
    },
  )

  it('a block of numbers has a budget for all addresses and hubs together; spent, it raises an alarm and stops no help', async () => {
    const statuses: number[] = []
    for (let i = 0; i <= PER_BLOCK_AND_HOUR; i++) {
      const phone = `+6689777${String(i).padStart(4, '0')}`
      const { body } = await anyone.post('/api/help', request({ phone }), { address: `198.18.7.${i}` })
      statuses.push((await anyone.post('/api/help/resend', {}, { code: body.code })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: PER_BLOCK_AND_HOUR }, () => 200), 409])
    const { rows } = await database.pool.query(`select key, sent from message_budgets where key = '+6689777'`)
    expect(rows).toEqual([{ key: '+6689777', sent: PER_BLOCK_AND_HOUR }])
    const metric = await hub.hub.deps.metrics.registry.getSingleMetricAsString('jitasa_text_messages_total')
    expect(metric).toContain('jitasa_text_messages_total{result="budget_block"} 1')
    expect(hub.hub.log()).toContain('is used up for this hour')
  })
})

describe('in a live operation without a gateway for text messages', () => {
  beforeAll(() => database.pool.query(`update operation set kind = 'live'`))
  afterAll(() => database.pool.query(`update operation set kind = 'drill'`))

  it('no code is made or logged, and the page says that the phone is not checked', async () => {
    const { status, body } = await anyone.post('/api/help', request({ phone: newPhone() }), from())
    expect([status, body]).toMatchObject([201, { phoneCheck: false }])
    expect((await anyone.get('/api/help/status', { code: body.code })).body).toMatchObject({ phone: 'unchecked' })
    expect(await anyone.post('/api/help/resend', {}, { code: body.code, language: 'lo' })).toMatchObject({
      status: 409,
      body: { error: { code: 'phone_check_off', message: message('lo', 'phone_check_off') } },
    })
    await hub.hub.deps.caseWork.outbox.settled()
    expect(hub.messages).toEqual([])
  })

  it('a request that is repeated with another key gets a code of its own: the first one’s could be told to nobody', async () => {
    const body = request({ phone: newPhone() })
    const codes = [await anyone.post('/api/help', body, from()), await anyone.post('/api/help', body, from())].map(
      (reply) => reply.body.code,
    )
    expect(new Set(codes).size).toBe(2)
    expect(codes).not.toContain(null)
    expect(hub.messages).toEqual([])
  })
})

describe('limits', () => {
  it('of a phone are used up for one address, and not for its owner elsewhere', async () => {
    const phoneOfOne = newPhone()
    const ask = (i: number, options: { address: string }) =>
      anyone.post('/api/help', request({ phone: phoneOfOne, name: `n${i}` }), options)
    for (let i = 0; i < 30; i++) await ask(i, { address: '192.0.2.66' })
    expect((await ask(30, { address: '192.0.2.66' })).status).toBe(429)
    expect((await ask(31, from())).status).toBe(201)
  })

  it('of a phone hold for all addresses together too, more widely', async () => {
    const phoneOfOne = newPhone()
    const ask = (i: number) =>
      anyone.post('/api/help', request({ phone: phoneOfOne, name: `n${i}` }), {
        address: `198.18.0.${Math.floor(i / 10)}`,
      })
    for (let i = 0; i < REQUESTS_PER_PHONE_AND_HOUR; i++) expect((await ask(i)).status).toBe(201)
    expect((await ask(REQUESTS_PER_PHONE_AND_HOUR)).status).toBe(429)
  })

  it('of one address and of one phone', async () => {
    const phoneOfOne = newPhone()
    const kinds = ['bed', 'oxygen', 'medicine', 'food', 'transport', 'test', 'funeral']
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) {
      const needs = [kinds[i % 7], kinds[(i + 1 + Math.floor(i / 7)) % 7]]
      statuses.push((await anyone.post('/api/help', request({ phone: phoneOfOne, needs }), from())).status)
    }
    expect(statuses.slice(0, 10)).not.toContain(429)
    expect(statuses[10]).toBe(429)
    const flood: number[] = []
    for (let i = 0; i < 62; i++) {
      flood.push(
        (await anyone.post('/api/help', request({ place: { area: '999999' } }), { address: '192.0.2.200' })).status,
      )
    }
    expect(flood.at(-1)).toBe(429)
    const refused = await hub.hub.deps.metrics.registry.getSingleMetricAsString('jitasa_help_refused_total')
    expect(refused).toMatch(/limit="address"\} [1-9]/)
    expect(refused).toMatch(/limit="phone_and_address"\} [1-9]/)
  })

  it('of guessing: a code that is none is not found, in the reader’s language', async () => {
    for (const code of ['x', 'AAAA-BBBB-CCCCC', '%00', 'A'.repeat(60)]) {
      const { status, body } = await anyone.get('/api/help/status?language=km', { code })
      expect([status, body.error.message]).toEqual([404, message('km', 'code_unknown')])
    }
  })
})
