import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { announceDays } from '../../../db/queries/retention-announced.ts'
import { type Browser, createPerson, errorCode, startHub } from '../../../tests/security/hub.ts'
import { openCases } from '../../../tests/support/case-hub.ts'
import { forFile, hubForFile } from '../../../tests/support/for-file.ts'
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts'
import { type PushService, startPushService } from '../../../tests/support/push-service.ts'
import { readConfig } from '../../runtime/config.ts'
import { createLogger } from '../../runtime/logger.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { LEASE_MS, warningTimes } from '../../work/needs/lease.ts'
import { type Messages, startMessages } from './loop.ts'
import { createWays } from './ways.ts'

/** ms that a message may take here: a server that hangs costs the tests no ten seconds */
const TIMEOUT_MS = 700
const AN_HOUR_MS = 3_600_000

const push = await forFile<PushService>(async (add) => {
  const made = await startPushService()
  add(() => made.stop())
  return made
})
const mail = await forFile<MailServer>(async (add) => {
  const made = await startMailServer()
  add(() => made.stop())
  return made
})
const env = {
  PUSH_SERVICES: '127.0.0.1',
  WEBHOOK_HOSTS: '127.0.0.1',
  SMTP_URL: mail.url,
  SMTP_FROM: 'jitasa@hub.example',
}
const { database, hub } = await hubForFile(() => ({ env }))
const clock = { shift: 0, now: () => Date.now() + clock.shift }
const running: Messages[] = []

function start(over: Readonly<Record<string, string>> = {}): Messages {
  const messages = startMessages({
    url: database.jobsUrl,
    ways: createWays({
      config: readConfig({ ...env, ...over }),
      secret: hub.accounts.secret,
      publicUrl: 'https://hub.example',
      now: clock.now,
      timeoutMs: TIMEOUT_MS,
    }),
    warnMs: warningTimes(LEASE_MS),
    clock,
    logger: createLogger('silent'),
    metrics: createMetrics(),
    leads: () => true,
    tickMs: 20,
  })
  running.push(messages)
  return messages
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((messages) => messages.stop()))
  push.received.length = 0
  push.answers.length = 0
  mail.mode = 'takes'
  mail.received.length = 0
  clock.shift = 0
  await database.pool.query(
    `update alerts set state = 'cleared', ended_at = now() where state <> 'cleared';
     delete from notices; delete from push_subscriptions; delete from notification_settings; delete from webhooks`,
  )
})

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time')
    await sleep(20)
  }
}

let people = 0
type Listener = 'responder' | 'governor' | 'provincial_health' | 'administrator'
async function person(role: Listener, areas = ['50']) {
  const name = `listens-${people++}`
  const id = await createPerson(hub, name, role, { areas: role === 'administrator' ? ['TH'] : areas })
  return { id, browser: await hub.signIn(name) }
}

async function withPush(role: Listener = 'responder', areas?: string[]) {
  const who = await person(role, areas)
  const device = `browser-of-${who.id}`
  const response = await who.browser.fetch('POST', '/api/notifications/devices', {
    body: { ...push.subscribe(device), label: 'Phone' },
  })
  expect(response.status).toBe(200)
  return { ...who, device }
}

async function withMail(role: Listener = 'responder') {
  const who = await person(role)
  const address = `${who.id}@mail.example`
  expect((await who.browser.fetch('PUT', '/api/notifications/email', { body: { address } })).status).toBe(200)
  const sending = start()
  const code = await mail.codeFor(address)
  const confirmed = await who.browser.fetch('POST', '/api/notifications/email/confirm', { body: { code } })
  expect((await confirmed.json()).email).toEqual({ address, confirmed: true })
  await sending.stop()
  mail.received.length = 0
  return { ...who, address }
}

const test = (browser: Browser) => browser.fetch('POST', '/api/notifications/test', { body: {} })
const states = async () =>
  (
    await database.pool.query<{ channel: string; state: string; failure: string | null; attempts: number }>(
      `select channel, state, failure, attempts from notifications where kind <> 'code' order by id`,
    )
  ).rows
const settled = () =>
  until(async () => {
    const all = await states()
    return all.length > 0 && all.every(({ state }) => state === 'sent' || state === 'failed')
  })
const soon = () => until(async () => (await states()).length > 0)
/** As if the wait for the next try were over. */
const tryAgain = () =>
  database.pool.query(`update notifications set next_at = now() - interval '1 s' where state = 'due'`)

describe('what happens is told', () => {
  it('a red case near reaches the phones of those who may claim it, once, with its number and district and nothing else', async () => {
    const near = await withPush()
    await withPush('responder', ['10'])
    await withPush('governor')
    start()
    const [made] = await openCases(database, 1, { severity: 'red', district: '5001' })
    await until(() => push.received.length > 0)
    await settled()
    expect(push.received.map(({ to }) => to)).toEqual([near.device])
    const { message, headers } = push.received[0]!
    expect(message).toEqual({
      title: 'ต้องการความช่วยเหลือระดับสีแดงใกล้คุณ',
      body: `เคส ${made?.case} · เมืองเชียงใหม่`,
      url: `https://hub.example/case/${made?.case}`,
      tag: 'red_need',
    })
    expect(headers).toMatchObject({ urgency: 'high', topic: 'red_need', 'content-encoding': 'aes128gcm' })
    // A second need of the same person is no second news.
    await database.pool.query(
      `insert into needs (case_id, district, kind, opened_at) values ($1, '5001', 'oxygen', now())`,
      [made?.case],
    )
    await sleep(200)
    expect(push.received).toHaveLength(1)
  })

  it('a case that turns red is news; one that is yellow is none', async () => {
    await withPush()
    start()
    const [made] = await openCases(database, 1, { severity: 'yellow' })
    await database.pool.query(`update cases set severity = 'red' where id = $1`, [made?.case])
    await until(() => push.received.length > 0)
    expect(push.received).toHaveLength(1)
  })

  it('twenty within a minute ring twice: once at once, once for the nineteen', async () => {
    const { browser } = await withPush()
    await browser.fetch('PUT', '/api/notifications', { body: { kinds: ['red_need'], language: 'en', quiet: null } })
    start()
    await openCases(database, 1, { severity: 'red' })
    await until(() => push.received.length === 1)
    await settled()
    for (let i = 0; i < 19; i++) await openCases(database, 1, { severity: 'red' })
    await until(async () => (await database.pool.query('select from notices where spread_at is null')).rowCount === 0)
    expect((await states()).filter(({ state }) => state === 'due')).toHaveLength(1)
    clock.shift = 61_000
    await until(() => push.received.length === 2)
    expect(push.received[1]?.message.body).toMatch(/^Case \d+ and 18 more · Mueang Chiang Mai$/)
    expect(push.received[1]?.message.url).toBe('https://hub.example/board')
  })

  it('a claim that ends, a hand-over and a word from the person reach their own, and nobody else', async () => {
    const holder = await withPush()
    const other = await withPush()
    const [made] = await openCases(database, 1, { severity: 'green' })
    await database.pool.query(
      `update needs set status = 'claimed', claimed_by = $1, holder_label = 'T', claimed_at = now(), fence = 1,
         lease_until = now() + interval '10 minutes' where id = $2`,
      [holder.id, made?.need],
    )
    start()
    await until(() => push.received.length === 1)
    await database.pool.query(
      `insert into case_events (case_id, district, kind, actor_label, source_at, recorded_at, details)
         values ($1, '5001', 'case.more', 'P', now(), now(), '{}')`,
      [made?.case],
    )
    await until(() => push.received.length === 2)
    await database.pool.query(`update needs set offered_to = $1, offered_label = 'T' where id = $2`, [
      other.id,
      made?.need,
    ])
    await until(() => push.received.length === 3)
    expect(push.received.map(({ to, message }) => [to, message.tag.split('-')[0]])).toEqual([
      [holder.device, 'lease'],
      [holder.device, 'word'],
      [other.device, 'offer'],
    ])
  })

  it('an announced alert reaches its owner in its area, and when it escalates whom it escalates to; what is held back reaches nobody', async () => {
    const governor = await withPush('governor')
    await withPush('governor', ['10'])
    const office = await withPush('provincial_health')
    start()
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into alerts (rule_id, area, name_th, name_en, indicator, condition, bound, severity, owner, ack_minutes, escalate_to,
         sound, state, announced, announced_nation, raised_at)
       select id, '50', name_th, name_en, indicator, condition, bound, severity, 'governor', 30, 'provincial_health', sound, 'raised',
         true, false, now() from alert_rules order by id limit 1 returning id`,
    )
    const alert = rows[0]?.id
    const happen = (kind: string, announced: boolean) =>
      database.pool.query(
        `insert into alert_events (alert_id, kind, state, at, announced) values ($1, $2, 'raised', now(), $3)`,
        [alert, kind, announced],
      )
    await happen('raised', false)
    await happen('raised', true)
    await until(() => push.received.length === 1)
    await happen('escalated', true)
    await until(() => push.received.length === 2)
    expect(push.received.map(({ to }) => to)).toEqual([governor.device, office.device])
    expect(push.received[0]?.message).toEqual({
      title: 'เตียงไอซียู (ระดับ 3) ใช้เกิน 85%',
      body: 'เชียงใหม่',
      url: `https://hub.example/alerts?alert=${alert}`,
      tag: `alert-${alert}`,
    })
  })

  /** An alert of governors in Chiang Mai, and what happens to it. */
  async function alertOf50() {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into alerts (rule_id, area, name_th, name_en, indicator, condition, bound, severity, owner, ack_minutes, sound, state,
         announced, announced_nation, raised_at)
       select id, '50', name_th, name_en, indicator, condition, bound, severity, 'governor', 30, sound, 'raised', true, false, now()
       from alert_rules order by id limit 1 returning id`,
    )
    const id = rows[0]?.id
    const happen = (kind: string, announced = true) =>
      database.pool.query(
        `insert into alert_events (alert_id, kind, state, at, announced) values ($1, $2, 'raised', now(), $3)`,
        [id, kind, announced],
      )
    return { id, happen }
  }
  const allSpread = () =>
    until(async () => (await database.pool.query('select from notices where spread_at is null')).rowCount === 0)

  it('that an alert is over reaches whoever was told of it, in its place, without a sound, once; and nobody else', async () => {
    const governor = await withPush('governor')
    const posted: string[] = []
    const server = createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += String(chunk)
      posted.push(text)
      response.end()
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    await database.pool.query(
      `insert into webhooks (label, url, kinds, area, language, template, created_at)
         values ('W', $1, array['alert'], '50', 'en', '{"text": "{{title}}"}', now())`,
      [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
    )
    start()
    const alert = await alertOf50()
    await alert.happen('raised')
    await until(() => push.received.length === 1 && posted.length === 1)
    await settled()
    // Whoever begins to listen now has heard of nothing.
    const late = await withPush('governor')
    await alert.happen('cleared')
    await alert.happen('withdrawn', false)
    await until(() => push.received.length === 2 && posted.length === 2)
    await allSpread()
    await settled()
    expect(push.received.map(({ to }) => to)).toEqual([governor.device, governor.device])
    expect(push.received.map(({ to }) => to)).not.toContain(late.device)
    const [first, second] = push.received
    expect(second?.message).toMatchObject({
      title: `จบแล้ว: ${first?.message.title}`,
      tag: first?.message.tag,
      quiet: true,
    })
    expect(second?.headers.urgency).toBe('normal')
    expect(posted.map((text) => JSON.parse(text).text)).toEqual([
      'ICU (level 3) above 85 %',
      'Over: ICU (level 3) above 85 %',
    ])
    // Back again it rings anew, though it was said to be over less than a minute ago, and is over anew.
    clock.shift = 61_000
    await alert.happen('returned')
    await until(() => push.received.some(({ to }) => to === late.device))
    await settled()
    await alert.happen('cleared')
    await until(() => push.received.length === 6)
    await settled()
    server.close()
  })

  it('that data goes by its rule reaches administrators a week before, with how many, of which rule and on which day', async () => {
    const admin = await withPush('administrator')
    await withPush('provincial_health')
    await admin.browser.fetch('PUT', '/api/notifications', {
      body: { kinds: ['retention'], language: 'en', quiet: null },
    })
    await database.pool.query(
      `with made as (
         insert into cases (district, report_day, source, stage, closed_reason, updated_at)
         values ('5001', '2021-11-11', 'help', 'closed', 'helped', now() - interval '175 days') returning id
       ) insert into case_private (case_id) select id from made`,
    )
    expect(await announceDays(database.jobs, 'requests', clock.now())).toBe(1)
    start()
    await until(() => push.received.length > 0)
    await settled()
    expect(push.received.map(({ to }) => to)).toEqual([admin.device])
    expect(push.received[0]?.message).toMatchObject({
      title: 'Data goes by its rule',
      body: expect.stringMatching(/^People whose request has ended: 1, on \d{4}-\d\d-\d\d$/),
      url: 'https://hub.example/admin/privacy',
    })
  })

  it('who was still to be told of an alert that is over is told of neither', async () => {
    await withPush('governor')
    const alert = await alertOf50()
    await alert.happen('raised')
    await alert.happen('cleared')
    start()
    await allSpread()
    await settled()
    expect((await states()).map(({ state, failure }) => [state, failure])).toEqual([['failed', 'too_late']])
    expect(push.received).toEqual([])
  })

  it('mails of one alert are one thread', async () => {
    const { browser } = await withMail('governor')
    await browser.fetch('PUT', '/api/notifications', { body: { kinds: ['alert'], language: 'en', quiet: null } })
    start()
    const alert = await alertOf50()
    await alert.happen('raised')
    await until(() => mail.received.length === 1)
    await settled()
    await alert.happen('cleared')
    await until(() => mail.received.length === 2)
    const header = (nth: number, name: string) =>
      new RegExp(`^${name}: (.*)$`, 'mi').exec(mail.received[nth]?.source ?? '')?.[1]
    expect(header(1, 'Subject')).toBe('Over: ICU (level 3) above 85 %')
    expect(header(1, 'In-Reply-To')).toBe(header(0, 'Message-ID'))
    expect(header(1, 'References')).toBe(header(0, 'Message-ID'))
    await settled()
  })

  it('a device whose push service gives it another address keeps its place, and hears there', async () => {
    const { browser, device } = await withPush()
    const old = push.subscribe(device)
    const response = await browser.fetch('POST', '/api/notifications/devices', {
      body: { ...push.subscribe(`${device}-again`), label: 'Browser', replaces: old.endpoint },
    })
    const { devices } = await response.json()
    expect(devices).toMatchObject([{ label: 'Phone' }])
    start()
    await test(browser)
    await until(() => push.received.length === 1)
    expect(push.received[0]?.to).toBe(`${device}-again`)
    await settled()
  })

  it('in the hours of rest nothing comes; what is still of use comes afterwards', async () => {
    const { browser } = await withPush()
    const minuteOf = (at: number) => new Date(at + 7 * AN_HOUR_MS).toISOString().slice(11, 16)
    const quiet = { from: minuteOf(Date.now() - AN_HOUR_MS), until: minuteOf(Date.now() + AN_HOUR_MS / 2) }
    await browser.fetch('PUT', '/api/notifications', { body: { kinds: ['red_need'], language: 'th', quiet } })
    start()
    await openCases(database, 1, { severity: 'red' })
    await soon()
    await sleep(100)
    expect(push.received).toHaveLength(0)
    clock.shift = AN_HOUR_MS / 2 + 60_000
    await until(() => push.received.length === 1)
  })

  it('a session that has ended takes its device with it', async () => {
    const { browser } = await withPush()
    expect((await browser.fetch('POST', '/api/session/sign-out')).status).toBe(204)
    expect((await database.pool.query('select from push_subscriptions')).rowCount).toBe(0)
  })
})

describe('what stands in the way', () => {
  it('a push service that is away is tried again, and the message comes once', async () => {
    const { browser } = await withPush()
    push.answers.push(503)
    start()
    await test(browser)
    await until(async () => (await states())[0]?.failure === 'unreachable')
    expect((await states())[0]).toMatchObject({ state: 'due', attempts: 1 })
    await tryAgain()
    await settled()
    expect(await states()).toEqual([{ channel: 'push', state: 'sent', failure: null, attempts: 2 }])
    await sleep(200)
    expect(push.received).toHaveLength(1)
  })

  it.each([404, 410, 403])(
    'an endpoint that answers %i is gone: the device is removed, and the page says so',
    async (status) => {
      const { browser } = await withPush()
      push.answers.push(status)
      start()
      await test(browser)
      await until(async () => (await states())[0]?.failure === 'gone')
      await until(async () => (await database.pool.query('select from push_subscriptions')).rowCount === 0)
      const page = await (await browser.fetch('GET', '/api/notifications')).json()
      expect(page.devices).toEqual([])
      expect(page.recent[0]).toMatchObject({ kind: 'test', channel: 'push', state: 'failed', failure: 'gone' })
    },
  )

  it('a mail server that is away is tried again, and the mail comes once', async () => {
    const { browser, address } = await withMail()
    mail.mode = 'busy'
    start()
    await test(browser)
    await until(async () => (await states())[0]?.attempts === 1 && (await states())[0]?.state === 'due')
    mail.mode = 'takes'
    await tryAgain()
    await settled()
    expect(await states()).toEqual([{ channel: 'mail', state: 'sent', failure: null, attempts: 2 }])
    expect(mail.received.map(({ to }) => to)).toEqual([[address]])
    expect(mail.received[0]?.source).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  })

  it('a mail server that hangs is cut at the time-out, and holds up no push', async () => {
    const { browser } = await withMail()
    await browser.fetch('POST', '/api/notifications/devices', { body: { ...push.subscribe('beside'), label: 'Phone' } })
    mail.mode = 'hangs at the greeting'
    start()
    const began = Date.now()
    await test(browser)
    await until(() => push.received.length === 1)
    expect((await states()).find(({ channel }) => channel === 'mail')?.state).not.toBe('sent')
    await until(async () => (await states()).some(({ failure }) => failure === 'timeout'))
    expect(Date.now() - began).toBeGreaterThanOrEqual(TIMEOUT_MS)
    mail.mode = 'takes'
    await tryAgain()
    await settled()
    expect(mail.received).toHaveLength(1)
  })

  it('a mail that was handed over before the line broke may have arrived: it is not sent again', async () => {
    const { browser } = await withMail()
    mail.mode = 'hangs after the message'
    start()
    await test(browser)
    await settled()
    expect(await states()).toEqual([{ channel: 'mail', state: 'failed', failure: 'unknown', attempts: 1 }])
    expect(mail.received).toHaveLength(1)
  })

  it('a mailbox that there is not is refused once and for all', async () => {
    const { browser } = await withMail()
    mail.mode = 'refuses'
    start()
    await test(browser)
    await settled()
    expect(await states()).toEqual([{ channel: 'mail', state: 'failed', failure: 'refused', attempts: 1 }])
  })

  it('what a process left behind when it died: a push comes again, a mail does not', async () => {
    const { browser } = await withMail()
    await browser.fetch('POST', '/api/notifications/devices', { body: { ...push.subscribe('left'), label: 'Phone' } })
    await test(browser)
    await database.pool.query(
      `with notice as (update notices set spread_at = now() where kind = 'test' returning *)
       insert into notifications (notice_id, kind, channel, account, subscription_id, target, state, attempts, created_at, next_at, useful_until, claimed_at)
       select id, 'test', channel, account, case when channel = 'push' then (select max(id) from push_subscriptions) end,
         channel || ':left', 'sending', 1, now(), now(), now() + interval '1 hour', now() - interval '2 minutes'
       from notice, unnest(array['push', 'mail']) as channel`,
    )
    start()
    await settled()
    expect((await states()).map(({ channel, state, failure }) => ({ channel, state, failure }))).toEqual([
      { channel: 'push', state: 'sent', failure: null },
      { channel: 'mail', state: 'failed', failure: 'unknown' },
    ])
    expect(mail.received).toHaveLength(0)
  })

  it('two processes that both send: each message once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => withPush()))
    start()
    start()
    await Promise.all(all.map(({ browser }) => test(browser)))
    await until(async () => (await states()).length === 6)
    await settled()
    expect(push.received.map(({ to }) => to).sort()).toEqual(all.map(({ device }) => device).sort())
  })

  it('without a mail server nothing leaves, and it is said', async () => {
    const { browser } = await withMail()
    start({ SMTP_URL: '', SMTP_FROM: '' })
    await test(browser)
    await settled()
    expect(await states()).toEqual([{ channel: 'mail', state: 'failed', failure: 'not_set_up', attempts: 1 }])
  })
})

describe('webhooks', () => {
  const posted: { body: unknown; headers: IncomingHttpHeaders }[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    posted.push({ body: JSON.parse(Buffer.concat(chunks).toString()), headers: request.headers })
    response.writeHead(answers.shift() ?? 200).end('{}')
  })
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => server.close())

  it('LINE gets its message by the template, with the key by which it tells a second try', async () => {
    const { browser } = await person('administrator')
    const line = {
      label: 'LINE',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/bot/message/push`,
      kinds: ['red_need'],
      area: '50',
      language: 'en',
      template: { to: 'C1', messages: [{ type: 'text', text: '{{title}}\n{{body}}\n{{url}}' }] },
      authorization: 'Bearer line-token',
    }
    const added = await browser.fetch('POST', '/api/webhooks', { body: line })
    expect(added.status).toBe(200)
    expect(await added.text()).not.toContain('line-token')
    answers.push(500)
    start()
    const [made] = await openCases(database, 1, { severity: 'red', district: '5001' })
    await openCases(database, 1, { severity: 'red', district: '1001' })
    await until(() => posted.length === 1)
    await until(async () => (await states())[0]?.state === 'due')
    await tryAgain()
    await settled()
    expect(posted).toHaveLength(2)
    expect(posted[1]?.body).toEqual({
      to: 'C1',
      messages: [
        {
          type: 'text',
          text: `A red need near you\nCase ${made?.case} · Mueang Chiang Mai\nhttps://hub.example/case/${made?.case}`,
        },
      ],
    })
    const [first, second] = posted.map(({ headers }) => headers['x-line-retry-key'])
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(second).toBe(first)
    expect(posted[1]?.headers.authorization).toBe('Bearer line-token')
  })

  it('in clear to another machine it is refused', async () => {
    const { browser } = await person('administrator')
    const body = {
      label: 'X',
      url: 'http://other.example/',
      kinds: ['alert'],
      area: 'TH',
      language: 'th',
      template: {},
    }
    const response = await browser.fetch('POST', '/api/webhooks', { body })
    expect([response.status, await errorCode(response)]).toEqual([422, 'webhook_in_clear'])
  })
})

it.each([
  'https://10.0.0.5/',
  'https://169.254.169.254/latest',
  'https://[fd00::1]/',
  'http://127.0.0.2/',
  'https://localhost/',
])('a webhook to %s, which WEBHOOK_HOSTS does not name, is refused', async (url) => {
  const { browser } = await person('administrator')
  const body = { label: 'X', url, kinds: ['alert'], area: 'TH', language: 'th', template: {} }
  const response = await browser.fetch('POST', '/api/webhooks', { body })
  expect([response.status, await errorCode(response)]).toEqual([422, 'webhook_private'])
})

it('with OUTWARD_HOSTS, a webhook of another host is refused; one that was there before gets nothing', async () => {
  const listed = startHub({ ...database, env: { ...env, OUTWARD_HOSTS: 'hook.example' } })
  try {
    await createPerson(listed, 'lister', 'administrator')
    const browser = await listed.signIn('lister')
    const body = { label: 'X', kinds: ['alert'], area: 'TH', language: 'th', template: {} }
    const add = (url: string) => browser.fetch('POST', '/api/webhooks', { body: { ...body, url } })
    const refused = await add('https://other.example/')
    expect([refused.status, await errorCode(refused)]).toEqual([422, 'webhook_unlisted'])
    expect((await add('https://hook.example/')).status).toBe(200)
  } finally {
    await listed.stop()
    await database.pool.query(`delete from webhooks where url = 'https://hook.example/'`)
  }
  const { webhook } = createWays({
    config: readConfig({ ...env, OUTWARD_HOSTS: 'hook.example', WEBHOOK_HOSTS: 'none', SMTP_URL: '', SMTP_FROM: '' }),
    secret: hub.accounts.secret,
    publicUrl: 'https://hub.example',
    now: clock.now,
  })
  expect(await webhook({ url: 'https://other.example/', template: {} } as never)).toMatchObject({
    kind: 'failed',
    failure: 'refused',
    why: 'OUTWARD_HOSTS does not name other.example',
  })
})

describe('what is given is looked at', () => {
  it.each(['a@b.th\n', 'a@b.th\r\nBcc: x@y.th', 'a b@c.th', 'nobody', `${'a'.repeat(250)}@b.th`])(
    'the address %j is refused with 400',
    async (address) => {
      const { browser } = await person('responder')
      const response = await browser.fetch('PUT', '/api/notifications/email', { body: { address } })
      expect(response.status).toBe(400)
    },
  )

  it('a code that is wrong costs a try, and after five it is of no use', async () => {
    const { browser } = await person('responder')
    await browser.fetch('PUT', '/api/notifications/email', { body: { address: 'who@mail.example' } })
    start()
    const right = await mail.codeFor('who@mail.example')
    const wrong = right === '000000' ? '000001' : '000000'
    const confirm = async (code: string) =>
      errorCode(await browser.fetch('POST', '/api/notifications/email/confirm', { body: { code } }))
    const answers = []
    for (let i = 0; i < 5; i++) answers.push(await confirm(wrong))
    expect(answers).toEqual(['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_used_up'])
    expect(await confirm(right)).toBe('code_used_up')
  })

  it('an endpoint that is no push service, and keys that are none, are refused', async () => {
    const { browser } = await person('responder')
    const good = push.subscribe('good')
    const add = (body: object) =>
      browser.fetch('POST', '/api/notifications/devices', { body: { ...good, label: 'X', ...body } })
    const strange = await add({ endpoint: 'https://internal.example/x' })
    expect([strange.status, await errorCode(strange)]).toEqual([422, 'push_service_unknown'])
    for (const keys of [
      { ...good.keys, p256dh: 'A'.repeat(87) },
      { ...good.keys, auth: 'A'.repeat(24) },
    ])
      expect((await add({ keys })).status).toBe(400)
  })

  it('a browser that somebody else signs in with is theirs alone', async () => {
    const first = await person('responder')
    const second = await person('responder')
    const body = { ...push.subscribe('shared'), label: 'Shared' }
    await first.browser.fetch('POST', '/api/notifications/devices', { body })
    await second.browser.fetch('POST', '/api/notifications/devices', { body })
    const devices = async (browser: Browser) =>
      (await (await browser.fetch('GET', '/api/notifications')).json()).devices.length
    expect([await devices(first.browser), await devices(second.browser)]).toEqual([0, 1])
  })

  it('nobody removes a device of somebody else', async () => {
    const { browser } = await withPush()
    const other = await person('responder')
    const { devices } = await (await browser.fetch('GET', '/api/notifications')).json()
    const response = await other.browser.fetch('DELETE', `/api/notifications/devices/${devices[0].id}`)
    expect(response.status).toBe(404)
  })
})
