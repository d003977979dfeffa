import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isDatabaseAway } from '../../db/away.ts'
import { createClient, createSession } from '../../db/client.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { createPerson, PASSWORD, startHub, type TestHub } from '../security/hub.ts'
import { almost, type JsonSchema } from '../security/json-schema.ts'
import { PASSWORD as ACCOUNT_PASSWORD, createTestAccounts } from '../support/accounts.ts'
import { type Link, makeLink } from '../support/link.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { startProduction } from '../support/production.ts'

let db: TestDatabase
beforeEach(async () => {
  db = await createTestDatabase()
})
afterEach(() => db.drop())

const endSession = (pid: number) => db.pool.query('select pg_terminate_backend($1)', [pid])

/** An 'error' event that nobody listens to would fail the whole run of this file. */
describe('session-lost between two queries of a transaction: an error that says so, and not the end of the process', () => {
  test.each(['api', 'accounts'] as const)('of the pool of %s', async (which) => {
    const client = which === 'api' ? createClient(db.apiUrl) : createAccountsClient(db.authUrl)
    const pool = client as ReturnType<typeof createClient>
    try {
      for (let i = 0; i < 3; i++) {
        const lost = pool.transaction().execute(async (trx) => {
          const { pid } = await trx
            .selectNoFrom((eb) => eb.fn<number>('pg_backend_pid').as('pid'))
            .executeTakeFirstOrThrow()
          await endSession(pid)
          while ((await db.pool.query('select from pg_stat_activity where pid = $1', [pid])).rowCount !== 0);
          return trx.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
        })
        expect(isDatabaseAway(await lost.catch((error: unknown) => error))).toBe(true)
        expect(await pool.selectNoFrom((eb) => eb.lit(1).as('one')).execute()).toEqual([{ one: 1 }])
      }
    } finally {
      await pool.destroy()
    }
  })

  test('of a session of one’s own', async () => {
    const session = createSession(db.url, 'jitasa test')
    await session.connect()
    const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid')
    const ended = new Promise<void>((resolve) => session.once('end', resolve))
    await endSession(rows[0]?.pid ?? 0)
    await ended
    expect(isDatabaseAway(await session.query('select 1').catch((error: unknown) => error))).toBe(true)
    await session.end()
  })
})

describe('session-half-open: its other end has gone without a word', () => {
  const SILENT_MS = 400
  let link: Link
  beforeEach(async () => {
    link = await makeLink(db.apiUrl)
  })
  afterEach(() => link.close())

  const open = (silentMs: number | undefined) =>
    createClient(link.url, { connectionsMax: 3, ...(silentMs === undefined ? {} : { silentMs }) })
  const ask = (client: ReturnType<typeof open>) => client.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
  const wait = (client: ReturnType<typeof open>, seconds: number) => sql`select pg_sleep(${seconds})`.execute(client)

  test('who waits on it is told that the database is away, and the next one gets a new session: those that lay idle are ended too', async () => {
    const client = open(SILENT_MS)
    try {
      await Promise.all([wait(client, 0.1), wait(client, 0.1), wait(client, 0.1)])
      link.halfOpen()
      const began = performance.now()
      expect(isDatabaseAway(await ask(client).catch((error: unknown) => error))).toBe(true)
      expect(performance.now() - began).toBeGreaterThan(SILENT_MS - 20)
      const ended = performance.now()
      for (let i = 0; i < 5; i++) expect(await ask(client)).toEqual([{ one: 1 }])
      expect(performance.now() - ended).toBeLessThan(SILENT_MS)
    } finally {
      await client.destroy()
    }
  })

  test('in the midst of a transaction, and of as many as there are sessions', async () => {
    const client = open(SILENT_MS)
    try {
      const lost = Array.from({ length: 3 }, () =>
        client.transaction().execute(async (trx) => {
          await wait(trx as unknown as typeof client, 0.1)
          link.halfOpen()
          return ask(trx as unknown as typeof client)
        }),
      )
      const failures = await Promise.all(lost.map((each) => each.catch((error: unknown) => error)))
      expect(failures.map(isDatabaseAway)).toEqual([true, true, true])
      expect(await Promise.all([ask(client), ask(client), ask(client)])).toHaveLength(3)
    } finally {
      await client.destroy()
    }
  })

  test('a transaction that goes on, and a session that has long lain idle, are not ended', async () => {
    const client = open(SILENT_MS)
    try {
      await client.transaction().execute(async (trx) => {
        for (let i = 0; i < 4; i++) await wait(trx as unknown as typeof client, (SILENT_MS * 0.6) / 1000)
      })
      await new Promise((resolve) => setTimeout(resolve, SILENT_MS * 2))
      expect(await ask(client)).toEqual([{ one: 1 }])
    } finally {
      await client.destroy()
    }
  })

  test('a server that takes connections and says nothing: away, after ten seconds', async () => {
    const client = open(SILENT_MS)
    try {
      link.freeze()
      const began = performance.now()
      expect(isDatabaseAway(await ask(client).catch((error: unknown) => error))).toBe(true)
      expect(performance.now() - began).toBeLessThan(12_000)
    } finally {
      await client.destroy()
    }
  }, 30_000)
})

test('session-half-open: a hub whose links to PostgreSQL are half open answers in time, and does what it is asked half a minute later', async () => {
  await createTestAccounts(db, [{ username: 'responder', role: 'responder', areas: ['50'], label: 'Rescue' }])
  const links = await Promise.all([db.hubUrl, db.apiUrl, db.authUrl, db.jobsUrl].map(makeLink))
  const [hubLink, apiLink, authLink, jobsLink] = links as [Link, Link, Link, Link]
  const hub = await startProduction({
    ...{ hubUrl: hubLink.url, apiUrl: apiLink.url, authUrl: authLink.url, jobsUrl: jobsLink.url },
  })
  try {
    const signedIn = await fetch(`${hub.url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'responder', password: ACCOUNT_PASSWORD, remember: false }),
    })
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';', 1)[0])
    const round = () =>
      Promise.all(
        Array.from({ length: 20 }, async () => {
          const { status } = await fetch(`${hub.url}/api/cases?area=50`, { headers: { cookie: cookie.join('; ') } })
          return status
        }),
      )
    expect(await round()).toEqual(Array(20).fill(200))
    for (const link of links) link.halfOpen()
    const began = performance.now()
    expect(await round()).toEqual(Array(20).fill(503))
    expect(performance.now() - began).toBeLessThan(25_000)
    expect(await round()).toEqual(Array(20).fill(200))
  } finally {
    await hub.kill('SIGKILL')
    await Promise.all(links.map((link) => link.close()))
  }
}, 90_000)

describe('database-away: a 503 that says when to come back, whoever asks for whatever', () => {
  let links: Link[]
  let hub: TestHub
  beforeEach(async () => {
    links = [await makeLink(db.apiUrl), await makeLink(db.authUrl)]
    hub = startHub({ apiUrl: links[0]?.url ?? '', authUrl: links[1]?.url ?? '' })
  })
  afterEach(() => hub.stop())

  const breakLinks = () => Promise.all(links.map((link) => link.close()))
  const body = { login: 'somebody', password: PASSWORD, remember: true }

  test.each([
    ['who am I', 'GET', '/api/session', undefined],
    ['a record', 'POST', '/api/record', { kind: 'test', place: { area: '5001' }, test: 'atk', positive: false }],
    ['signing in', 'POST', '/api/auth/sign-in', body],
    ['signing out, which would leave the session open', 'POST', '/api/session/sign-out', {}],
    [
      'a new password, which would be called wrong',
      'POST',
      '/api/session/password',
      { current: PASSWORD, next: 'staple battery horse' },
    ],
    ['a screen that asks for a code', 'POST', '/api/auth/device/code', { client_id: 'jitasa-wall' }],
    ['a list', 'GET', '/api/cases?area=50', undefined],
  ])('%s', async (_, method, path, sent) => {
    await createPerson(hub, 'somebody', 'responder', { areas: ['50'] })
    const browser = await hub.signIn('somebody')
    await breakLinks()
    const response = await browser.fetch(method, path, {
      ...(sent === undefined ? {} : { body: sent }),
      headers: { 'idempotency-key': 'key-of-the-away' },
    })
    const answer = (await response.json()) as { error: { code: string } }
    expect([response.status, answer.error.code, response.headers.get('retry-after')]).toEqual([
      503,
      'database_away',
      '5',
    ])
  })

  test('every route there is: never a 500, nor another’s fault', async () => {
    await createPerson(hub, 'root', 'administrator')
    const browser = await hub.signIn('root')
    await breakLinks()
    const wrong: string[] = []
    let away = 0
    for (const [path, item] of Object.entries(hub.openapi().paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const schema = (
          operation as { requestBody?: { content?: Record<string, { schema?: JsonSchema }> } } | undefined
        )?.requestBody?.content?.['application/json']?.schema
        const bodies = schema === undefined ? [undefined] : fc.sample(almost(schema), { numRuns: 5, seed: 1 })
        for (const sent of bodies) {
          const target = `${path.replaceAll(/\{\w+\}/g, '7')}${method === 'get' ? '?area=50' : ''}`
          const response = await browser.fetch(method.toUpperCase(), target, {
            ...(sent === undefined ? {} : { body: sent }),
            headers: { 'idempotency-key': 'key-of-the-away' },
          })
          const saysWhen = response.headers.get('retry-after') !== null
          if (response.status === 503 && saysWhen) away++
          else if (response.status >= 500 && path !== '/readyz') wrong.push(`${method} ${path}: ${response.status}`)
        }
      }
    }
    expect(wrong).toEqual([])
    expect(away).toBeGreaterThan(40)
  })
})
