import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSession } from '../../db/client.ts'
import { chainEntries } from '../../db/queries/audit-chain.ts'
import { hashSession } from '../../hub/authorize/pass.ts'
import { auditJob } from '../../hub/jobs/audit-chain.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { verifyAudit } from '../support/admin.ts'
import { hubForFile } from '../support/for-file.ts'
import { createPerson, PASSWORD } from './hub.ts'

const { database, hub } = await hubForFile()
const { pool } = database
const owner = createSession(database.url, 'jitasa test')
const chainer = createSession(database.jobsUrl, 'jitasa test')
const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-heads-'))
beforeAll(() => Promise.all([owner.connect(), chainer.connect()]))
afterAll(async () => {
  await Promise.all([owner.end(), chainer.end()])
  await rm(folder, { recursive: true })
})

const governor = await createPerson(hub, 'governor-1', 'governor', { areas: ['50'] })

type Entry = Record<'actor' | 'action' | 'resource' | 'address' | 'session', string | null> & { details: object }
const entries = async (action: string): Promise<Entry[]> =>
  (
    await pool.query<Entry>(
      'select actor, action, resource, address, session, details from audit_log where action = $1 order by id',
      [action],
    )
  ).rows

const sessionOf = (cookie: string): string =>
  hashSession(decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0] ?? '')

const verify = (...options: string[]) => verifyAudit(database, options)

describe('what is written', () => {
  test('a sign-in, a failed one, one of nobody and the end, each with address and session', async () => {
    const body = (password: string, login = 'governor-1') => ({ login, password })
    const failed = { body: body('wrong password'), address: '203.0.113.7' }
    expect((await hub.fetch('POST', '/api/auth/sign-in', failed)).status).toBe(401)
    await hub.fetch('POST', '/api/auth/sign-in', { body: body(PASSWORD, 'nobody-here'), address: '203.0.113.8' })
    const browser = await hub.signIn('governor-1')
    const session = sessionOf(browser.cookie())
    expect((await browser.fetch('POST', '/api/session/sign-out', { address: '203.0.113.9' })).status).toBe(204)
    const about = { resource: `account:${governor}`, actor: governor }
    expect(await entries('session.failed')).toMatchObject([
      { ...about, address: '203.0.113.7', session: null },
      { actor: null, resource: 'account:unknown', address: '203.0.113.8', session: null },
    ])
    expect(await entries('session.begin')).toMatchObject([{ ...about, session }])
    expect(await entries('session.end')).toMatchObject([{ ...about, address: '203.0.113.9', session }])
  })

  test('a refusal, with the route and the code', async () => {
    const browser = await hub.signIn('governor-1')
    const refused = await browser.fetch('GET', '/api/audit', { address: '203.0.113.7' })
    expect(refused.status).toBe(403)
    expect(await entries('refused')).toMatchObject([
      {
        actor: governor,
        resource: 'route:GET /api/audit',
        address: '203.0.113.7',
        session: sessionOf(browser.cookie()),
        details: { code: 'forbidden', route: 'GET /api/audit' },
      },
    ])
  })

  test('found by address, role and session, with how many in all; and downloaded, which is written too', async () => {
    await createPerson(hub, 'auditor-1', 'auditor')
    const auditor = await hub.signIn('auditor-1')
    const found = async (query: string) =>
      (await (await auditor.fetch('GET', `/api/audit?${query}`)).json()) as {
        rows: { action: string }[]
        total: number | null
        next: number | null
      }
    const there = await found('address=203.0.113.7&limit=1')
    expect([there.total, there.rows.map(({ action }) => action)]).toEqual([2, ['refused']])
    const rest = await found(`address=203.0.113.7&limit=1&before=${there.next}`)
    expect([rest.total, rest.rows.map(({ action }) => action)]).toEqual([null, ['session.failed']])
    const [{ session = null } = {}] = await entries('session.end')
    expect((await found(`session=${session}`)).rows.map(({ action }) => action)).toEqual([
      'session.end',
      'session.begin',
    ])
    expect((await found('role=public')).total).toBe(1)
    const file = await auditor.fetch('GET', '/api/audit/export?address=203.0.113.7', { address: '203.0.113.9' })
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = (await file.text()).trim().split('\r\n')
    expect(lines.map((line) => line.split(',')[5])).toEqual(['action', 'refused', 'session.failed'])
    expect(await entries('audit.export')).toMatchObject([
      { address: '203.0.113.9', details: { rows: 2, address: '203.0.113.7' } },
    ])
  })

  test('not the time that a writer says', async () => {
    await pool.query(
      `insert into audit_log (at, role, action, resource) values ('2020-01-01', 'operator', 'test', 'test:1')`,
    )
    const { rows } = await pool.query(
      `select at > now() - interval '1 minute' as now from audit_log where action = 'test'`,
    )
    expect(rows).toEqual([{ now: true }])
  })
})

describe('the chain', () => {
  test('writers at once leave it without a gap, and the newest link is told to all, a file and a webhook', async () => {
    const told: unknown[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      told.push(JSON.parse(body))
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const file = path.join(folder, 'told')
    const { tasks = [] } = auditJob(
      { auditHeadFile: file, auditHeadWebhook: `http://127.0.0.1:${address.port}` },
      createLogger('silent'),
    )
    try {
      const writes = Array.from({ length: 200 }, (_, i) =>
        pool.query(`insert into audit_log (role, action, resource) values ('operator', 'test.many', $1)`, [
          `test:${i}`,
        ]),
      )
      await Promise.all([...writes.slice(0, 100), tasks[0]!.run(chainer, 0), ...writes.slice(100)])
      await tasks[0]!.run(chainer, 20_000)
      const { rows } = await pool.query(
        `select count(*)::int as links, max(seq)::int as newest, count(distinct entry)::int as entries,
           (select count(*)::int from audit_log) as log, (select count(*)::int from audit_pending) as waiting from audit_chain`,
      )
      const [{ links, newest, entries: linked, log, waiting }] = rows
      expect({ newest, linked, log, waiting }).toEqual({ newest: links, linked: links, log: links, waiting: 0 })
      const { rows: heads } = await pool.query('select seq::int, hash from audit_head')
      expect(heads[0]?.seq).toBe(links)
      expect(told.at(-1)).toEqual({ ...heads[0], at: '1970-01-01T00:00:20.000Z' })
      expect((await readFile(file, 'utf8')).split('\n').at(-2)).toBe(
        `1970-01-01T00:00:20.000Z ${heads[0].seq} ${heads[0].hash}`,
      )
      expect(await verify('--heads', file)).toEqual({
        code: 0,
        out: `${links} entries as they were written; head ${links} ${heads[0].hash}.\n`,
        err: `Proven by published heads up to link ${links}.\n`,
      })
    } finally {
      server.close()
    }
  })

  test('says that entries wait while no hub chains them', async () => {
    await pool.query(`insert into audit_log (role, action, resource) values ('operator', 'test', 'test:waits')`)
    expect(await verify()).toMatchObject({ code: 0, err: expect.stringContaining('1 entries wait') })
    await chainEntries(owner)
  })

  const LAST = '(select max(id) from audit_log)'
  const rechained = async (from: number): Promise<void> => {
    await owner.query(
      `insert into audit_pending select entry, false from audit_chain where seq >= $1 on conflict do nothing`,
      [from],
    )
    await owner.query('delete from audit_chain where seq >= $1', [from])
    await chainEntries(owner)
  }
  test.each<[string, string, RegExp, number?]>([
    [
      'changed',
      `update audit_log set actor = null, details = '{"found": 0}' where id = 3`,
      /^entry 3, link 3: .*changed$/m,
    ],
    ['removed', `delete from audit_log where id = 4`, /^entry 4, link 4: .*removed from the log$/m],
    [
      'removed with its link',
      `with gone as (delete from audit_log where id = 4 returning id) delete from audit_chain where entry in (select id from gone)`,
      /^entry 5, link 5: the links up to here were removed$/m,
    ],
    ['backdated', `update audit_log set at = at - interval '1 day' where id = 2`, /^entry 2, link 2: .*changed$/m],
    [
      'inserted past the chain',
      `insert into audit_log (at, role, action, resource) values (now() - interval '1 day', 'governor', 'case.reveal', 'case:1')`,
      /^entry \d+: .*past the chain$/m,
    ],
    [
      'cut off at its end',
      `with gone as (delete from audit_log where id = ${LAST} returning id) delete from audit_chain where entry in (select id from gone)`,
      /the chain ends before a link that was published/,
    ],
    [
      'changed, and all after it chained anew',
      `update audit_log set actor = null where id = 3`,
      /not the one that was published/,
      3,
    ],
  ])('gives its owner away: an entry is %s', async (_, statement, says, from) => {
    const { rows } = await pool.query(
      "select seq, encode(hash, 'hex') as hash from audit_chain order by seq desc limit 1",
    )
    const heads = path.join(folder, 'heads')
    await writeFile(heads, `2021-11-11T00:00:00.000Z ${rows[0].seq} ${rows[0].hash}\n`)
    const keep = ['log', 'chain', 'pending'].map((table) => `create table kept_${table} as table audit_${table}`)
    await owner.query(keep.join(';'))
    await owner.query('alter table audit_log disable trigger user; alter table audit_chain disable trigger user')
    try {
      await owner.query(statement)
      if (from !== undefined) await rechained(from)
      const found = await verify('--heads', heads)
      expect(found.err).toMatch(says)
      expect(found.code).toBe(1)
    } finally {
      await owner.query(
        `delete from audit_pending; delete from audit_chain; delete from audit_log;
         insert into audit_log overriding system value select * from kept_log;
         insert into audit_chain select * from kept_chain; insert into audit_pending select * from kept_pending;
         drop table kept_log; drop table kept_chain; drop table kept_pending;
         alter table audit_log enable trigger user; alter table audit_chain enable trigger user`,
      )
    }
    expect(await verify('--heads', heads)).toMatchObject({ code: 0 })
  })

  test('refuses a file that holds no heads', async () => {
    const file = path.join(folder, 'no-heads')
    await writeFile(file, 'hello\n')
    expect(await verify('--heads', file)).toMatchObject({ code: 2, err: expect.stringContaining('line 1 is no head') })
  })
})
