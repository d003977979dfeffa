import { beforeEach, describe, expect, it } from 'vitest'
import { deviceOf } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { message } from '../../contract/refusals/messages.ts'
import { LANGUAGES } from '../../contract/vocabulary/languages.ts'
import { DIGIT_TRIES_MAX } from './asker.ts'

const { database, hub } = await drillHubForFile()
const { anyone } = hub
let address = 0
let phone = 81_000

beforeEach(() => {
  address++
  hub.messages.length = 0
})

const PHONE_END = '4321'

async function ask(over: Record<string, unknown> = {}) {
  const asked = await anyone.post(
    '/api/help',
    {
      language: 'en',
      consent: { given: true, version: '2026-11' },
      needs: ['food'],
      place: { area: '5001' },
      phone: `0${++phone}${PHONE_END}`,
      ...over,
    },
    { address: `203.0.113.${address}` },
  )
  expect(asked.status).toBe(201)
  return { code: asked.body.code, device: deviceOf(asked), cookies: asked.cookies }
}

const cancel = (code: string, body: object = {}, cookie?: string) =>
  anyone.post('/api/help/cancel', body, { code, cookie })
const takeBack = async (code: string, cookie?: string) =>
  ((await anyone.get('/api/help/status', { code, cookie })).body as unknown as { takeBack: string }).takeBack
const cancelled = async () =>
  (await database.pool.query('select cancelled_at is not null as yes from help_requests order by created_at desc'))
    .rows[0]?.yes

describe('a tracking code', () => {
  it('stands in no address: what asked by path is gone, and a page’s old address leads behind the hash', async () => {
    const { code } = await ask()
    expect((await anyone.get(`/api/help/${code}`)).status).toBe(404)
    expect((await anyone.post(`/api/help/${code}/cancel`)).status).toBe(404)
    const old = await hub.hub.fetch('GET', `/help/${code}?lang=my`)
    expect([old.status, old.headers.get('location')]).toEqual([302, `/help/status?lang=my#${code}`])
    expect(old.headers.get('cache-control')).toBe('no-store')
    expect(hub.hub.log()).not.toContain(code)
    const paths = Object.keys(hub.hub.openapi().paths).filter((path) => path.startsWith('/api/help/'))
    expect(paths.filter((path) => path.includes('{'))).toEqual([])
  })

  it('alone does not cancel: it says what else is needed, in the reader’s language', async () => {
    const { code } = await ask()
    expect(await takeBack(code)).toBe('digits')
    for (const language of LANGUAGES) {
      expect(await anyone.post('/api/help/cancel', {}, { code, language })).toMatchObject({
        status: 403,
        body: { error: { code: 'digits_needed', message: message(language, 'digits_needed') } },
      })
    }
    expect(await cancelled()).toBe(false)
  })

  it('and the last digits of the phone do, in digits of any script', async () => {
    const { code } = await ask()
    expect(await cancel(code, { digits: '၄၃၂၁' })).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  })

  it('and guessed digits do not: after five tries, counted for all hubs, the right ones come too late', async () => {
    const { code, device } = await ask()
    const answers: unknown[] = []
    for (let i = 0; i < DIGIT_TRIES_MAX; i++) answers.push((await cancel(code, { digits: '0000' })).body.error)
    expect(answers).toMatchObject([
      ...[4, 3, 2, 1].map((left) => ({ code: 'digits_wrong', details: { left } })),
      { code: 'asker_unknown' },
    ])
    expect((await cancel(code, { digits: PHONE_END })).body.error.code).toBe('asker_unknown')
    expect(await takeBack(code)).toBe('staff')
    expect((await cancel(code, {}, device)).status).toBe(200)
  })

  it('of a request without a phone is taken back on the device that asked alone', async () => {
    const { code, device } = await ask({ phone: undefined })
    expect(await takeBack(code)).toBe('staff')
    expect(await cancel(code, { digits: '0000' })).toMatchObject({
      status: 403,
      body: { error: { code: 'asker_unknown' } },
    })
    expect(await takeBack(code, device)).toBe('device')
    expect((await cancel(code, {}, device)).status).toBe(200)
  })
})

describe('the device that asked', () => {
  it('keeps a cookie that no script reads and no other site sends, of several requests, without a code', async () => {
    const first = await ask()
    expect(first.cookies).toEqual([
      expect.stringMatching(/^jitasa\.asked=[\w-]{22}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/),
    ])
    expect(first.device).not.toContain(first.code)
    const reply = await anyone.post(
      '/api/help',
      { language: 'en', consent: { given: true, version: '2026-11' }, needs: ['bed'], place: { area: '5002' } },
      { address: `203.0.113.${address}`, cookie: first.device },
    )
    const both = deviceOf(reply)
    expect(await takeBack(first.code, both)).toBe('device')
    expect(await takeBack(reply.body.code, both)).toBe('device')
    expect(await takeBack(reply.body.code, first.device)).toBe('staff')
  })

  it('a forged or foreign cookie opens nothing, and a device that has confirmed the phone is as good', async () => {
    const { code } = await ask()
    const other = await ask()
    expect(await takeBack(code, other.device)).toBe('digits')
    expect(await takeBack(code, `jitasa.asked=${'A'.repeat(22)}.${'B'.repeat(4000)}`)).toBe('digits')
    await anyone.post('/api/help/resend', {}, { code })
    await hub.hub.deps.caseWork.outbox.settled()
    const digits = /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0] ?? ''
    const verified = await anyone.post('/api/help/verify', { code: digits }, { code })
    expect(await takeBack(code, deviceOf(verified))).toBe('device')
  })

  it('is not one that sends wrong digits after somebody else has confirmed the phone', async () => {
    const { code } = await ask()
    await anyone.post('/api/help/resend', {}, { code })
    await hub.hub.deps.caseWork.outbox.settled()
    const digits = /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0] ?? ''
    await anyone.post('/api/help/verify', { code: digits }, { code })
    const wrong = await anyone.post('/api/help/verify', { code: digits === '000000' ? '000001' : '000000' }, { code })
    expect([wrong.status, wrong.cookies]).toEqual([422, []])
  })
})
