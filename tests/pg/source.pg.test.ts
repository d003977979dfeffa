import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseForFile } from '../support/for-file.ts'
import { cell, type Probe, type ProbeOptions, probe } from './source-probe.ts'

const open: Probe[] = []

const db = await databaseForFile()

afterEach(async () => {
  for (const one of open.splice(0)) await one.source.stop()
})
async function follow(options?: ProbeOptions): Promise<Probe> {
  const one = probe(db.hubUrl, options)
  open.push(one)
  await one.streaming()
  return one
}

const insertCase = (district = '1001') =>
  db.pool.query(
    `insert into cases (district, report_day, classification, severity, source)
     select $1, day, 'confirmed', 'green', 'api' from operation`,
    [district],
  )

describe('what is committed arrives', () => {
  test('insert, update outside and inside the counted columns, delete: each with what the fold needs', async () => {
    const one = await follow()
    await insertCase()
    await db.pool.query(`update cases set risk608 = true`)
    await db.pool.query(`update cases set severity = 'red', district = '5001'`)
    await db.pool.query('delete from cases')
    await one.until('four transactions', () => one.transactions.length === 4)

    const [insert, outside, inside, removal] = one.changes()
    expect(insert).toMatchObject({ kind: 'insert', table: 'cases', row: { district: '1001', severity: 'green' } })
    expect(outside).toMatchObject({ kind: 'update', row: { risk608: 't', severity: 'green' }, old: null })
    expect(inside).toMatchObject({
      kind: 'update',
      row: { district: '5001', severity: 'red' },
      old: { district: '1001', severity: 'green', outcome_day: 'infinity' },
    })
    expect(removal).toMatchObject({ kind: 'delete', old: { district: '5001', severity: 'red' } })
    if (removal?.kind !== 'delete') throw new Error('unreachable')
    expect(Object.keys(removal.old).sort()).toEqual(
      [
        'care_place',
        'classification',
        'contact_age',
        'district',
        'id',
        'outcome',
        'outcome_day',
        'report_day',
        'severity',
        'stage',
        'unclaimed',
        'uncontacted',
        'uncalled',
        'waiting',
      ].sort(),
    )
  })

  test('times and numbers read the same from the snapshot and from the stream, whatever the settings of the database', async () => {
    for (const setting of [`timezone = 'Asia/Bangkok'`, `datestyle = 'SQL, DMY'`, 'extra_float_digits = 0']) {
      await db.pool.query(`alter database ${db.name} set ${setting}`)
    }
    await db.pool.query(
      `insert into facilities (code, district, kind, name_th, name_en, lat, lon, reported_at)
       values ('F1', '1001', 'hospital', 'รพ. ทดสอบ', 'Test', 13.1, 0.30000000000000004, '2021-11-11 01:02:03.456+07')`,
    )
    const one = await follow()
    const row = () => one.situation.since('province:10', 0).r.find(([kind]) => kind === 'facility')
    const fromSnapshot = row()
    expect(fromSnapshot?.slice(4)).toEqual([
      'รพ. ทดสอบ',
      'Test',
      13.1,
      0.1 + 0.2,
      Date.UTC(2021, 10, 10, 18, 2, 3, 456),
      null,
    ])
    await db.pool.query(`update facilities set name_en = 'Other'`)
    await one.until('the update', () => one.transactions.length === 1)
    expect(row()).toEqual(fromSnapshot?.with(5, 'Other'))
  })

  test('in commit order, a transaction whole, at its own position and time', async () => {
    const one = await follow()
    const [first, second] = [await db.pool.connect(), await db.pool.connect()]
    try {
      await first.query('begin')
      await first.query(
        `insert into tests (district, day, kind, tested, positive) values ('1001', '2021-11-11', 'pcr', 1, 0)`,
      )
      await second.query('begin')
      await second.query(
        `insert into tests (district, day, kind, tested, positive) values ('1002', '2021-11-11', 'pcr', 1, 0)`,
      )
      await second.query(`insert into vaccinations (district, day, dose, doses) values ('1002', '2021-11-11', 2, 7)`)
      await second.query('commit')
      await first.query('commit')
    } finally {
      first.release()
      second.release()
    }
    await one.until('two transactions', () => one.transactions.length === 2)
    const [a, b] = one.transactions
    expect(a?.changes.map((change) => change.kind === 'insert' && [change.table, change.row.district])).toEqual([
      ['tests', '1002'],
      ['vaccinations', '1002'],
    ])
    expect(b?.changes).toMatchObject([{ row: { district: '1001' } }])
    expect(a?.position).toBeLessThan(b?.position ?? 0)
    expect(Math.abs((b?.at ?? 0) - Date.now())).toBeLessThan(60_000)
    expect(one.source.state().position).toBe(b?.position)
  })

  test('what is rolled back or not published does not', async () => {
    const one = await follow()
    await db.pool.query(
      `begin; insert into tests (district, day, kind, tested, positive) values ('1001', '2021-11-11', 'pcr', 1, 0); rollback`,
    )
    await db.pool.query(`insert into people (full_name) values ('canary')`)
    await insertCase()
    await one.until('a transaction', () => one.transactions.length > 0)
    expect(one.changes()).toMatchObject([{ table: 'cases' }])
  })

  test('a TRUNCATE names its tables; the situation asks for a snapshot and gets it', async () => {
    const one = await follow()
    await insertCase()
    await db.pool.query('truncate tests, vaccinations')
    await one.until('a second snapshot', () => one.snapshots.length === 2)
    await one.streaming()
    expect(one.changes().at(-1)).toEqual({
      kind: 'truncate',
      tables: expect.arrayContaining(['tests', 'vaccinations']),
    })
    expect(one.states.map(({ kind }) => kind)).toEqual(['streaming', 'starting', 'streaming'])
    expect(one.snapshots[0]?.epoch).toBe(one.snapshots[1]?.epoch)
  })
})

describe('a large transaction', () => {
  test('comes in one piece up to the limit', async () => {
    const one = await follow({ limits: { transaction: { changesMax: 20_000, bytesMax: 1e9 } } })
    await db.pool.query(
      `insert into cases (district, report_day, classification, source)
       select '1003', day, 'confirmed', 'import' from operation, generate_series(1, 20000)`,
    )
    await one.until('the transaction', () => one.transactions.length === 1)
    expect(one.transactions[0]?.changes).toHaveLength(20_000)
  })

  test('above the limit becomes a snapshot, and nothing of it is lost', async () => {
    const one = await follow({ limits: { transaction: { changesMax: 5_000, bytesMax: 1e9 } } })
    const before = cell(one.situation, 'nation', 'cases.total', 'TH')
    await db.pool.query(
      `insert into cases (district, report_day, classification, source)
       select '1003', day, 'confirmed', 'import' from operation, generate_series(1, 20000)`,
    )
    await one.until('a second snapshot', () => one.snapshots.length === 2)
    expect(one.states.at(-2)).toMatchObject({
      kind: 'starting',
      error: expect.stringMatching(/more than 5000 changes/),
    })
    expect(cell(one.situation, 'nation', 'cases.total', 'TH')).toBe(before + 20_000)
    expect(one.transactions).toEqual([])
  })
})

describe('a slow consumer', () => {
  test('gets everything in order while the reading pauses, and the queue stays bounded', async () => {
    const taken: number[] = []
    const one = await follow({
      limits: { queueChangesMax: 100, askAfterMs: 200, answerWithinMs: 500 },
      onTransaction: async (tx) => {
        if (taken.length === 0) await sleep(1_500)
        taken.push(tx.position)
      },
    })
    for (let i = 0; i < 20; i++)
      await db.pool.query(
        `insert into tests (district, day, kind, tested, positive) select '1001', '2021-11-11', 'pcr', 1, 0 from generate_series(1, 100)`,
      )
    await one.until('all transactions', () => taken.length === 20)
    expect(taken).toEqual([...taken].sort((a, b) => a - b))
    expect(one.states.map(({ kind }) => kind)).toEqual(['streaming'])
  })

  test('is behind by the time it has held up the feed, and level again afterwards', async () => {
    const held = Promise.withResolvers<void>()
    const one = await follow({ onTransaction: () => held.promise })
    await insertCase()
    await one.until('a lag of a second', () => one.source.lagMs() > 1000)
    held.resolve()
    await one.until('level', () => one.source.lagMs() === 0)
  })

  test('that is stuck is given a new snapshot', async () => {
    const one = await follow({
      limits: { consumerMsMax: 300 },
      onTransaction: () => (one.snapshots.length === 1 ? new Promise(() => undefined) : undefined),
    })
    await insertCase()
    await one.until('a second snapshot', () => one.snapshots.length === 2)
    await one.until('the reason', () => one.states.some(({ error }) => error?.includes('not taken within 300 ms')))
  })

  test('that fails is given a new snapshot', async () => {
    let failing = true
    const one = await follow({
      onTransaction: () => {
        if (failing) throw new Error('no such cell')
      },
    })
    await insertCase()
    await one.until('a second snapshot', () => one.snapshots.length === 2)
    failing = false
    expect(one.states).toContainEqual(
      expect.objectContaining({ kind: 'broken', error: 'a transaction could not be taken: no such cell' }),
    )
  })
})

describe('an idle database', () => {
  test('keeps the stream for longer than wal_sender_timeout', async () => {
    const one = await follow({ limits: { walSenderTimeoutMs: 1_000, askAfterMs: 400, answerWithinMs: 800 } })
    await sleep(3_000)
    expect(one.states.map(({ kind }) => kind)).toEqual(['streaming'])
    expect(Date.now() - one.source.state().heardAt).toBeLessThan(1_000)
    await insertCase()
    await one.until('a transaction', () => one.transactions.length === 1)
  })

  test('acknowledges what was written elsewhere, so that PostgreSQL does not keep its WAL', async () => {
    const one = await follow()
    await db.pool.query(`create table elsewhere as select i, repeat('x', 1000) from generate_series(1, 5000) as i`)
    const { rows } = await db.pool.query('select pg_current_wal_lsn() - $1::pg_lsn as lsn', ['0/0'])
    const written = Number(rows[0].lsn)
    const confirmed = async () => {
      const found = await db.pool.query(
        `select confirmed_flush_lsn - '0/0' as lsn from pg_replication_slots where database = current_database()`,
      )
      return Number(found.rows[0]?.lsn)
    }
    for (const end = Date.now() + 15_000; (await confirmed()) < written; await sleep(50)) {
      if (Date.now() > end) throw new Error('not acknowledged')
    }
    await one.until('no lag', () => one.source.state().lagBytes < 100_000)
    // By the age of the newest commit it would be as far behind as the database has been quiet.
    expect(one.source.lagMs()).toBeLessThan(5000)
  })
})

test('toast-unchanged: a long name that an update leaves as it was stays on every screen', async () => {
  await db.pool.query(`
    alter table facilities drop constraint facilities_name_th_bounds, alter column name_th set storage external;
    insert into facilities (code, district, kind, name_th, name_en)
    values ('long', '5001', 'hospital', repeat('รพ. ', 3000), 'Long')`)
  const one = await follow()
  await db.pool.query(`update facilities set reported_at = '2021-11-11 08:00:00+00' where code = 'long'`)
  await one.until('the update', () => one.transactions.length === 1)
  const [update] = one.changes()
  expect(update?.kind === 'update' && 'name_th' in update.row, 'PostgreSQL leaves it out').toBe(false)
  const { rows } = await db.pool.query<{ id: string; name_th: string }>(
    `select id, name_th from facilities where code = 'long'`,
  )
  const shown = one.situation.row(`facility/${rows[0]?.id}`)
  expect(shown?.slice(4, 6)).toEqual([rows[0]?.name_th, 'Long'])
  expect(shown?.at(-2)).toBe(Date.parse('2021-11-11T08:00:00Z'))
})

describe('stop', () => {
  test('leaves no slot behind', async () => {
    const one = await follow()
    await one.source.stop()
    const slots = async () =>
      (await db.pool.query('select from pg_replication_slots where database = current_database()')).rowCount
    for (const end = Date.now() + 5_000; (await slots()) !== 0; await sleep(10)) {
      if (Date.now() > end) throw new Error('the slot is still there')
    }
    expect(one.source.state()).toMatchObject({ kind: 'broken', error: 'the change feed is stopped' })
  })

  test('works at any moment of the start', async () => {
    for (const delayMs of [0, 5, 10, 20, 40, 80, 120, 160]) {
      const one = probe(db.hubUrl)
      await sleep(delayMs)
      await one.source.stop()
      const { length } = one.snapshots
      await sleep(20)
      expect(one.snapshots).toHaveLength(length)
    }
  })
})
