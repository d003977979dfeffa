import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isDatabaseAway } from '../../db/away.ts'
import { createClient, createSession } from '../../db/client.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { createPerson, PASSWORD, startHub, type TestHub } from '../security/hub.ts'
import { almost, type JsonSchema } from '../security/json-schema.ts'
import { type Link, makeLink } from '../support/link.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

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
