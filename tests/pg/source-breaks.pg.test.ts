import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Link, makeLink } from '../support/link.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { startStopwatch } from '../support/starved.ts'
import { cell, type Probe, type ProbeOptions, probe } from './source-probe.ts'

let db: TestDatabase
let link: Link
const open: Probe[] = []

beforeEach(async () => {
  db = await createTestDatabase()
  link = await makeLink(db.hubUrl)
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.source.stop()
  await link.close()
  await db.drop()
})

function follow(options?: ProbeOptions, url = db.hubUrl): Probe {
  const one = probe(url, options)
  open.push(one)
  return one
}

const insertCase = () =>
  db.pool.query(
    `insert into cases (district, report_day, classification, source) select '1001', day, 'confirmed', 'api' from operation`,
  )

/** The feed lives again, and counts what PostgreSQL holds. */
async function recovers(one: Probe, snapshots: number): Promise<void> {
  await one.until(
    `snapshot ${snapshots}`,
    () => one.snapshots.length >= snapshots && one.source.state().kind === 'streaming',
  )
  const { rows } = await db.pool.query('select count(*)::int as n from cases')
  const total = () => cell(one.situation, 'nation', 'cases.total', 'TH')
  expect(total()).toBe(rows[0].n)
  await insertCase()
  await one.until('the next insert', () => total() === rows[0].n + 1)
}

const errors = (one: Probe): string => one.states.map(({ error }) => error ?? '').join('\n')

describe('the stream breaks and comes back', () => {
  test('walsender-killed, five times while rows are written', async () => {
    const one = follow()
    await one.streaming()
    for (let i = 0; i < 5; i++) {
      await insertCase()
      await db.pool.query(
        `select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()`,
      )
      await insertCase()
      await one.until('another snapshot', () => one.snapshots.length === i + 2)
      await one.streaming()
    }
    await recovers(one, 6)
    expect(errors(one)).toMatch(/terminating connection due to administrator command/)
  })

  test('connection-reset', async () => {
    const one = follow({}, link.url)
    await one.streaming()
    link.cut()
    await recovers(one, 2)
    expect(one.states[1]).toMatchObject({ kind: 'broken', error: expect.stringMatching(/ECONNRESET|terminated/) })
  })

  test('link-frozen: nobody is told that the cable is cut', async () => {
    const one = follow({ limits: { askAfterMs: 300, answerWithinMs: 600, connectMs: 1_000 } }, link.url)
    await one.streaming()
    link.freeze()
    await insertCase()
    const stop = startStopwatch()
    await one.until('broken', () => one.source.state().kind === 'broken')
    expect(stop()).toBeLessThan(2_500)
    expect(errors(one)).toMatch(/nothing heard from PostgreSQL for \d+ ms/)
    await one.until('an attempt that times out', () => /timeout/.test(errors(one)))
    link.thaw()
    await recovers(one, 2)
  })

  test('link-slow: frozen for less than the limit, nothing is lost and no snapshot is taken', async () => {
    const one = follow({ limits: { askAfterMs: 300, answerWithinMs: 5_000 } }, link.url)
    await one.streaming()
    link.freeze()
    await insertCase()
    await sleep(1_000)
    link.thaw()
    await one.until('the insert', () => one.transactions.length === 1)
    expect(one.states.map(({ kind }) => kind)).toEqual(['streaming'])
  })

  test.each([0, 20, 40, 60, 80, 100, 120, 150])('link-frozen-at-start, after %i ms', async (afterMs) => {
    const one = follow({ limits: { connectMs: 500, snapshotMs: 500, askAfterMs: 200, answerWithinMs: 400 } }, link.url)
    await sleep(afterMs)
    link.freeze()
    await one.until('broken', () => one.source.state().kind === 'broken')
    link.thaw()
    await recovers(one, 1)
  })

  test('watch-session-killed', async () => {
    const one = follow()
    await one.streaming()
    await db.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'jitasa source'`,
    )
    await recovers(one, 2)
  })

  test('slot-gone: the process that holds it was killed between slot and stream', async () => {
    let killed: Promise<unknown> | undefined
    const one = follow({
      onSnapshot() {
        killed ??= db.pool.query(
          `select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()`,
        )
      },
    })
    await one.until('a second snapshot', () => one.snapshots.length >= 2)
    await killed
    await recovers(one, 2)
  })

  test('resnapshot-asked, from outside and from a transaction: nothing is handed over before the snapshot', async () => {
    const order: string[] = []
    const one = follow({
      onSnapshot: () => order.push('snapshot'),
      onTransaction(_, source) {
        order.push('transaction')
        if (order.length < 4) source.resnapshot('asked')
      },
    })
    await one.streaming()
    await db.pool.query(
      `begin; insert into tests (district, day, kind, tested, positive) values ('1001', '2021-11-11', 'pcr', 1, 0); commit`,
    )
    await one.until('a second snapshot', () => one.snapshots.length === 2)
    await one.streaming()
    one.source.resnapshot('asked again')
    await one.until('a third snapshot', () => one.snapshots.length === 3)
    await one.streaming()
    await insertCase()
    await one.until('the insert', () => one.transactions.length === 2)
    expect(order).toEqual(['snapshot', 'transaction', 'snapshot', 'snapshot', 'transaction'])
    expect(one.states.map(({ kind }) => kind)).not.toContain('broken')
  })
})

/** The whole process stands still, as under SIGSTOP or a laptop's sleep. */
function suspend(forMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs)
}

describe('the hub stands still', () => {
  test('hub-suspended: it reads on where it was, without a new snapshot', async () => {
    const one = follow({ limits: { askAfterMs: 300, answerWithinMs: 600 } })
    await one.streaming()
    await insertCase()
    suspend(2_000)
    await insertCase()
    await one.until('both inserts', () => one.transactions.length === 2)
    await sleep(1_000)
    expect(one.states.map(({ kind }) => kind)).toEqual(['streaming'])
  })

  test('hub-hung for longer than wal_sender_timeout: PostgreSQL drops the slot, the hub makes a new one', async () => {
    const one = follow({ limits: { walSenderTimeoutMs: 500 } })
    await one.streaming()
    suspend(2_500)
    await recovers(one, 2)
  })
})

describe('the database cannot feed', () => {
  test('publication-missing is a clear sentence, and heals when it is there', async () => {
    const one = follow({ publication: 'other' })
    await one.until('broken', () => one.source.state().kind === 'broken')
    expect(one.source.state().error).toBe(
      `database "${db.name}" cannot feed the hub: publication "other" does not exist; run the migrations on this database`,
    )
    expect((await db.pool.query('select from pg_replication_slots where database = current_database()')).rows).toEqual(
      [],
    )
    const { rows } = await db.pool.query(
      `select string_agg(format('%I (%s)', tablename, array_to_string(attnames, ', ')), ', ') as tables
       from pg_publication_tables where pubname = 'jitasa'`,
    )
    await db.pool.query(`create publication other for table ${rows[0].tables}`)
    await one.streaming()
    await insertCase()
    await one.until('the insert', () => one.transactions.length === 1)
  })

  test('publication-dropped while it streams, which PostgreSQL 18 does not tell', async () => {
    const one = follow()
    await one.streaming()
    await db.pool.query('drop publication jitasa')
    await one.until('broken', () => /publication "jitasa" does not exist/.test(errors(one)))
  })

  test('table-unpublished while it streams', async () => {
    const one = follow()
    await one.streaming()
    await db.pool.query('alter publication jitasa drop table vaccinations')
    await one.until('broken', () => /table vaccinations is not in publication "jitasa"/.test(errors(one)))
  })

  test('identity-too-small', async () => {
    await db.pool.query('alter table beds replica identity default')
    const one = follow()
    await one.until('broken', () => /replica identity of beds lacks/.test(errors(one)))
  })

  test('rows-hidden: row-level security without a policy for the hub would make an empty snapshot', async () => {
    await db.pool.query('drop policy hub_reads on beds')
    const one = follow()
    await one.until('broken', () => /row-level security hides rows of beds/.test(errors(one)))
    await db.pool.query('create policy hub_reads on beds for select to jitasa_hub using (true)')
    await one.streaming()
  })

  test('operation-missing', async () => {
    await db.pool.query('delete from operation')
    const one = follow()
    await one.until('broken', () => /the table operation has no row/.test(errors(one)))
    await db.pool.query(`insert into operation (day) values ('2021-11-11')`)
    await one.streaming()
  })

  test('password-wrong and server-absent', async () => {
    const wrong = new URL(db.hubUrl)
    wrong.password = 'wrong'
    const one = follow({}, wrong.href)
    await one.until('broken', () => /password authentication failed/.test(errors(one)))
    await link.close()
    const two = follow({}, link.url)
    await two.until('broken', () => /ECONNREFUSED/.test(errors(two)))
    link = await makeLink(db.hubUrl)
  })

  test('writer-open: a writing transaction delays the slot, and the state names its session', async () => {
    const writer = new pg.Client({ connectionString: db.url, application_name: 'psql' })
    await writer.connect()
    try {
      await writer.query('begin')
      await writer.query(`update operation set title_en = 'open'`)
      const { rows } = await writer.query('select pg_backend_pid() as pid')
      const one = follow()
      const sentence = new RegExp(`waits for open writing.*: ${rows[0].pid} \\(psql, role \\w+, database ${db.name}\\)`)
      await one.until('the sentence', () => sentence.test(errors(one)))
      expect(one.source.state()).toMatchObject({ kind: 'starting', heldUpBy: [rows[0].pid] })
      await writer.query('commit')
      await one.streaming()
      expect(one.source.state().heldUpBy).toEqual([])
    } finally {
      await writer.end()
    }
  })
})
