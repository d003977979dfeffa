import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type VerifyOptions, verify } from '../../db/verify/verify.ts'
import { isScope } from '../../hub/contract/live/scopes.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import type { Source } from '../../hub/source/source.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

/** The operation's row. */
const IN_EVERY_SCOPE = 1

let db: TestDatabase
let source: Source
let server: Server
let hubUrl = ''
/** what the hub is made to say wrong */
let falsify: (body: string) => string = (body) => body
let asked = 0
/** answers of `/readyz` before the hub follows */
let notReady = 0
const situation = new Situation()

beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query(`update operation set day = '2021-11-11', kind = 'replay'`)
  await db.pool.query(`insert into facilities (code, district, kind, name_th, name_en, lat, lon, active) values
    ('h1', '5001', 'hospital', 'รพ. 1', 'Hospital 1', 18.79, 98.98, true), ('h2', '1001', 'field', 'รพ. 2', 'Hospital 2', null, null, false)`)
  await db.pool.query(`insert into beds (facility_id, level, district, staffed, available, occupied)
    select id, '2.1', district, 10, 4, 6 from facilities`)
  await db.pool.query(`insert into vaccinations (district, day, dose, kind, doses) values
    ('5001', '2021-11-11', 1, 'report', 40), ('5001', '2021-11-10', 1, 'correction', -3), ('1000', '-infinity', 2, 'report', 900)`)
  await db.pool.query(
    `insert into tests (district, day, kind, tested, positive) values ('1001', '2021-11-11', 'pcr', 50, 9)`,
  )
  await insertCases(200)
  source = startSource({
    url: db.hubUrl,
    publication: 'jitasa',
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => void situation.reset(snapshot),
    onTransaction(tx) {
      if (situation.apply(tx) === 'resnapshot') source.resnapshot('test')
    },
    onState: () => undefined,
  })
  server = createServer((request, response) => {
    asked++
    if (request.url === '/readyz' && notReady-- > 0) {
      response.writeHead(503).end(JSON.stringify({ ready: false, why: 'the first snapshot is being taken' }))
      return
    }
    const scope = new URL(request.url ?? '', 'http://hub').searchParams.get('scope') ?? ''
    const body = isScope(scope) ? JSON.stringify(situation.since(scope, 0)) : '{}'
    response.writeHead(200, { 'content-type': 'application/json' }).end(falsify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hubUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  while (source.state().kind !== 'streaming') await sleep(20)
})
afterAll(async () => {
  server.close()
  await source.stop()
  await db.drop()
})

/** Cases of every severity, place and outcome, over days inside and outside of every window. */
async function insertCases(n: number): Promise<void> {
  await db.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, outcome, outcome_day, source)
     select (array['5001', '5002', '1001', '0000', '1000'])[1 + i % 5],
       case when i % 40 = 0 then '-infinity' else date '2021-11-11' - i % 130 end,
       (array['confirmed', 'probable', 'suspect'])[1 + i % 3], (array['green', 'yellow', 'red', 'unknown'])[1 + i % 4],
       (array['waiting', 'hi', 'hospital', 'discharged'])[1 + i % 4],
       case when i % 7 = 0 then 'died' when i % 7 = 1 then 'recovered' else 'none' end,
       case when i % 7 < 2 then date '2021-11-11' - i % 20 else 'infinity' end, 'help'
     from generate_series(1, $1::integer) as i`,
    [n],
  )
}

const run = (options: Partial<VerifyOptions> = {}) =>
  verify({ ownerUrl: db.url, hubUrl, scopes: [], lock: 'never', now: () => performance.now(), ...options })

test('a database at rest: every cell and row of all scopes is compared, and none differs', async () => {
  const done = await run()
  expect(done.differences).toEqual([])
  expect(done.scopes).toBeGreaterThanOrEqual(155)
  expect(done.cells).toBeGreaterThan(300)
  // A facility and its beds twice, for accounts and for everybody, and those that are not active once less.
  expect(done.rows).toBe(IN_EVERY_SCOPE * done.scopes + 6)
  expect((await db.pool.query('select from api_keys')).rowCount).toBe(0)
  expect(done.how).toContain('at rest')
})

test('clocks-apart: the key of a comparison is in force at a hub whose clock is hours ahead of PostgreSQL’s', async () => {
  let inForce: boolean | undefined
  server.once('request', () => {
    void db.pool
      .query<{ is: boolean }>(`select expires_at > now() + interval '12 hours' as is from api_keys`)
      .then(({ rows }) => {
        inForce = rows[0]?.is
      })
  })
  await run({ scopes: ['province:50'] })
  await expect.poll(() => inForce).toBe(true)
})

test('a wrong cell, a missing row and a wrong checksum are each found', async () => {
  falsify = (body) => body.replace(/("waiting\.green"[^\]]*"TH",)(\d+)/, (_, before, n) => `${before}${Number(n) + 1}`)
  const cell = await run({ scopes: ['nation'] })
  expect(cell.differences.map((one) => one.key).sort()).toEqual(['checksum', 'waiting.green|TH'])
  falsify = (body) => body.replace(/,\["beds".*?\]/, '')
  const row = await run({ scopes: ['province:50'] })
  expect(row.differences.map((one) => one.key.split('/')[0]).sort()).toEqual(['beds', 'checksum'])
  falsify = (body) => body
})

test('with a session boards are compared too: cases, needs with their holders, who looks', async () => {
  const account = '0b0e4f4e-6f0f-4c43-8d0e-3f5a2a1b9c7d'
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into cases (district, report_day, severity, risk608, source, stage, on_board, contacted_at, heard_at)
     values ('5001', '2021-11-11', 'red', true, 'help', 'triaged', true, now(), now()) returning id`,
  )
  await db.pool.query(
    `insert into needs (case_id, district, kind, status, claimed_by, holder_label, claimed_at, lease_until)
     values ($1, '5001', 'bed', 'claimed', $2, 'R 1', now(), now() + interval '1 hour'),
       ($1, '5001', 'food', 'open', null, null, null, null)`,
    [rows[0]?.id, account],
  )
  await db.pool.query(
    `insert into presence (case_id, account_id, district, label, until) values ($1, $2, '5001', 'R 1', now())`,
    [rows[0]?.id, account],
  )
  const all = await run({ cookie: 'session=x' })
  expect(all.differences).toEqual([])
  expect(all.scopes).toBeGreaterThan(233)
  // Who waits is on a board, each with a need for a bed.
  const waiting = await db.pool.query<{ n: number }>(
    `select count(*)::integer as n from cases where care_place = 'waiting' and outcome = 'none' and id <> $1`,
    [rows[0]?.id],
  )
  expect(waiting.rows[0]?.n).toBeGreaterThan(30)
  expect(all.rows).toBe(IN_EVERY_SCOPE * all.scopes + 6 + 4 + 2 * (waiting.rows[0]?.n ?? 0))
  falsify = (body) => body.replace('"R 1"', '"R 2"')
  const wrong = await run({ scopes: ['board:50'] })
  expect(wrong.differences.map((one) => one.key.split('/')[0]).sort()).toEqual(['checksum', 'need'])
  falsify = (body) => body
})

test('a cell that SQL has and the hub has not is found', async () => {
  falsify = (body) => body.replace(/\["deaths\.total"[^\]]*\],?/, '')
  const { differences } = await run({ scopes: ['nation'] })
  expect(differences.find((one) => one.key === 'deaths.total|TH')).toMatchObject({ hub: undefined })
  falsify = (body) => body
})

test('writers that never rest: --no-lock says so, else writers wait for a moment and the comparison is exact', async () => {
  let writing = true
  let written = 0
  const writers = Array.from({ length: 3 }, async () => {
    while (writing) {
      await insertCases(5)
      await db.pool.query(
        `update cases set severity = 'red' where id = (select min(id) from cases where severity = 'green')`,
      )
      written++
    }
  })
  // However slow the machine, so that the three pause together: a transaction that may write is always under way.
  const busy = await db.pool.connect()
  await busy.query('begin')
  await busy.query('select pg_current_xact_id()')
  try {
    await expect(run({ scopes: ['nation'] })).rejects.toThrow('never at rest')
    for (const lock of ['when-needed', 'at-once', 'at-once'] as const) {
      const done = await run({ lock })
      expect(done.differences).toEqual([])
      expect(done.how).toContain('under a lock')
    }
  } finally {
    writing = false
    await busy.query('rollback')
    busy.release()
    await Promise.all(writers)
  }
  expect(written).toBeGreaterThan(10)
})

test('a writer that holds the operation’s row and then wants a table is not waited for, for ever', async () => {
  let writing = true
  let written = 0
  const writer = (async () => {
    const client = await db.pool.connect()
    while (writing) {
      await client.query(`begin; update operation set title_en = gen_random_uuid()`)
      await client.query(`update cases set waiting = not waiting where id = (select min(id) from cases)`)
      await client.query('commit')
      written++
    }
    client.release()
  })()
  try {
    for (let i = 0; i < 3; i++) expect((await run({ lock: 'at-once' })).differences).toEqual([])
  } finally {
    writing = false
    await writer
  }
  expect(written).toBeGreaterThan(10)
})

test('a hub that does not answer, or does not follow, is said', async () => {
  await expect(run({ hubUrl: 'http://127.0.0.1:9' })).rejects.toThrow('does not answer')
  const frozen = JSON.stringify(situation.since('nation', 0))
  falsify = () => frozen
  asked = 0
  await expect(run({ lock: 'at-once' })).rejects.toThrow('does not follow')
  expect(asked, 'and it is not pressed meanwhile').toBeLessThan(60)
  falsify = (body) => body
})

test('a hub that does not follow yet is waited for, once a second', async () => {
  notReady = 2
  asked = 0
  const done = await run({ scopes: ['nation'], lock: 'at-once' })
  expect(done.differences).toEqual([])
  expect(asked).toBeLessThan(10)
})
