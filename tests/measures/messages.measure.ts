import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startMessages } from '../../hub/jobs/messages/loop.ts'
import { createWays } from '../../hub/jobs/messages/ways.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { LEASE_MS, warningTimes } from '../../hub/work/needs/lease.ts'
import { createPerson } from '../security/hub.ts'
import { openCases } from '../support/case-hub.ts'
import { forFile, hubForFile } from '../support/for-file.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { quantile, record } from '../support/measures.ts'
import { startPushService } from '../support/push-service.ts'

const LISTENERS = 20
const ROUNDS = 10
const GOAL_MS = 2_000
/** A server is away for so long, which the first tries of every message fall into. */
const AWAY_MS = 8_000
const WAIT_MS_MAX = 120_000

const push = await forFile(async (add) => {
  const made = await startPushService()
  add(() => made.stop())
  return made
})
const first: MailServer = await startMailServer()
const env = {
  PUSH_SERVICES: '127.0.0.1',
  WEBHOOK_HOSTS: '127.0.0.1',
  SMTP_URL: first.url,
  SMTP_FROM: 'jitasa@hub.example',
}
const { database, hub } = await hubForFile(() => ({ env }))
await forFile(async (add) => {
  const messages = startMessages({
    url: database.jobsUrl,
    ways: createWays({
      config: readConfig(env),
      secret: hub.accounts.secret,
      publicUrl: 'https://hub.example',
      now: Date.now,
    }),
    warnMs: warningTimes(LEASE_MS),
    clock: { now: Date.now },
    logger: createLogger('silent'),
    metrics: createMetrics(),
    leads: () => true,
  })
  add(() => messages.stop())
})
const people = await Promise.all(
  Array.from({ length: LISTENERS }, async (_, i) => {
    const name = `listens-${i}`
    const id = await createPerson(hub, name, 'responder', { areas: ['50'] })
    return { id, name, browser: await hub.signIn(name) }
  }),
)

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS_MAX
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time')
    await sleep(5)
  }
}

const isDone = async () => (await database.pool.query(`select from notifications where state <> 'sent'`)).rowCount === 0

it('a red case → every phone near it, by a real push service', async () => {
  for (const { name, browser } of people) {
    const body = { ...push.subscribe(name), label: 'Phone' }
    expect((await browser.fetch('POST', '/api/notifications/devices', { body })).status).toBe(200)
  }
  const latencies: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    await openCases(database, 1, { severity: 'red' })
    const at = performance.now()
    await until(() => push.received.length === round * LISTENERS)
    latencies.push(performance.now() - at)
    // As if a minute had passed: a device hears of a kind once in it.
    await until(isDone)
    await database.pool.query(`update notifications set sent_at = sent_at - interval '2 minutes'`)
  }
  expect(push.received).toHaveLength(ROUNDS * LISTENERS)
  await record({
    name: 'a red case committed → the last of 20 phones has its push, max',
    value: quantile(latencies, 1),
    unit: 'ms',
    goal: `< ${GOAL_MS} ms, each once`,
    met: quantile(latencies, 1) < GOAL_MS,
    how: `${ROUNDS} cases, ${LISTENERS} devices, a push service on loopback that checks the signature (RFC 8292) and decrypts (RFC 8291); the outbox is looked at twice a second`,
  })
})

/** Sends everybody a test while nobody takes it. */
async function testWhileAway(): Promise<void> {
  for (const { browser } of people) {
    expect((await browser.fetch('POST', '/api/notifications/test', { body: {} })).status).toBe(200)
  }
  await sleep(AWAY_MS)
  const tried = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from notifications where kind = 'test' and attempts > 0 and state = 'due'`,
  )
  expect(tried.rows[0]?.n).toBe(LISTENERS)
}

/** The figures of messages to everybody that a server got which was away. @param each to whom each was */
async function recordOnce(what: string, server: string, each: readonly string[], took: number): Promise<void> {
  expect(each.toSorted()).toEqual(people.map(({ name }) => name).toSorted())
  const of = new Set(each).size
  await record(
    {
      name: `${what} that a ${server} which was away gets, of ${LISTENERS}, and twice`,
      value: each.length - of,
      unit: `${what} twice`,
      goal: `${LISTENERS} of ${LISTENERS}, none twice`,
      met: each.length === LISTENERS && of === LISTENERS,
      how: `a real ${server} on loopback, away for ${AWAY_MS / 1000} s; each message was tried in that time`,
    },
    {
      name: `${server} back → the last of ${LISTENERS} ${what} is there`,
      value: Math.round(took),
      unit: 'ms',
      how: 'tries 5, 10, 20 … s after each other',
    },
  )
}

it('pushes while the push service is away', async () => {
  await until(isDone)
  push.received.length = 0
  await push.goAway()
  await testWhileAway()
  await push.comeBack()
  const at = performance.now()
  await until(() => push.received.length >= LISTENERS)
  const took = performance.now() - at
  await until(isDone)
  await sleep(2_000)
  await recordOnce(
    'pushes',
    'push service',
    push.received.map(({ to }) => to),
    took,
  )
})

it('mails while the mail server is away', async () => {
  for (const { name, browser } of people) {
    const address = `${name}@mail.example`
    expect((await browser.fetch('PUT', '/api/notifications/email', { body: { address } })).status).toBe(200)
    const code = await first.codeFor(address)
    expect((await browser.fetch('POST', '/api/notifications/email/confirm', { body: { code } })).status).toBe(200)
  }
  await database.pool.query('delete from push_subscriptions')
  await until(isDone)
  await first.stop()
  await testWhileAway()
  const back = await startMailServer(first.port)
  const at = performance.now()
  await until(() => back.received.length >= LISTENERS)
  const took = performance.now() - at
  await sleep(2_000)
  const each = back.received.map(({ to }) => to[0]?.replace('@mail.example', '') ?? '')
  await back.stop()
  await recordOnce('mails', 'mail server', each, took)
})
