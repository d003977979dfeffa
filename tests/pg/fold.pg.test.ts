import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import type { Source } from '../../hub/source/source.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

/** A new snapshot waits for whoever writes on the server, the import of another test file too: as long as it takes. */
const LEVEL_MS_MAX = 60_000
const SCOPES: readonly Scope[] = [
  'nation',
  'province:50',
  'province:10',
  'province:00',
  'public:50',
  'public:10',
  'public:00',
]

let database: TestDatabase
let source: Source
const situation = new Situation()
const live = SCOPES.map((scope) => emptyScope(scope))

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`update operation set day = '2021-11-11', kind = 'replay'`)
  await database.pool.query(`insert into facilities (code, district, kind, name_th, name_en) values
    ('h1', '5001', 'hospital', 'รพ. 1', 'Hospital 1'), ('h2', '1001', 'field', 'รพ. 2', 'Hospital 2')`)
  source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    // Asked for a snapshot again and again, a hub would wait longer each time.
    limits: { steadyMs: 0 },
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => void situation.reset(snapshot),
    onTransaction(tx) {
      if (situation.apply(tx) === 'resnapshot') source.resnapshot('test')
    },
    onState: () => undefined,
  })
  await caughtUp()
})

afterAll(async () => {
  await source.stop()
  await database.drop()
})

/** Writes a marker and waits until the situation has folded past it. */
async function caughtUp(): Promise<void> {
  await database.pool.query(`update operation set title_en = 'round ' || gen_random_uuid()`)
  const { rows } = await database.pool.query<{ title_en: string }>('select title_en from operation')
  const title = rows[0]?.title_en
  const shown = () =>
    situation.epoch === '' ? undefined : situation.since('nation', 0).r.find(([kind]) => kind === 'operation')?.[5]
  for (const end = Date.now() + LEVEL_MS_MAX; shown() !== title; ) {
    if (Date.now() > end) throw new Error(`the fold does not catch up: ${JSON.stringify(source.state())}`)
    await sleep(10)
  }
}

const district = fc.constantFrom('5001', '5002', '1001', '0000', '5000')
const day = fc.constantFrom(
  '2021-11-11',
  '2021-11-10',
  '2021-10-30',
  '2021-10-28',
  '2021-07-15',
  '2021-07-10',
  '-infinity',
)
const realDay = fc.constantFrom('2021-11-11', '2021-11-05', '2021-10-20', '2021-01-01')
const caseValues = fc
  .record({
    district,
    day,
    classification: fc.constantFrom('unclassified', 'suspect', 'probable', 'confirmed', 'not_a_case'),
    severity: fc.constantFrom('unknown', 'green', 'yellow', 'red'),
    care: fc.constantFrom('unknown', 'waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'),
    outcome: fc.constantFrom('none', 'none', 'none', 'none', 'unknown', 'recovered', 'died', 'lost'),
    outcomeDay: realDay,
    stage: fc.constantFrom('reported', 'triaged', 'waiting', 'contacted', 'in_care', 'duplicate', 'invalid'),
  })
  .map((c) => {
    const ends = c.outcome === 'recovered' || c.outcome === 'died'
    return [
      c.district,
      c.day,
      c.classification,
      c.severity,
      c.care,
      c.outcome,
      ends ? c.outcomeDay : 'infinity',
      c.stage,
    ]
  })
const id = fc.integer({ min: 1, max: 12 })
const counts = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9))

type Statement = readonly [sql: string, values: readonly unknown[]]
/** The n-th row there is; ids themselves only grow. */
const nth = (table: string, parameter: number) => `(select id from ${table} order by id offset $${parameter} limit 1)`
const CASE_COLUMNS = 'district, report_day, classification, severity, care_place, outcome, outcome_day, stage'

const need = fc.record({
  kind: fc.constantFrom('bed', 'oxygen', 'food'),
  status: fc.constantFrom('open', 'claimed', 'in_progress', 'fulfilled', 'transferred', 'closed'),
})
const NEED_COLUMNS = 'status, claimed_by, holder_label, claimed_at, lease_until, ended_at, closed_reason'
/** The columns of a need that go with the status in `parameter`. */
const needValues = (parameter: number): string => {
  const status = `$${parameter}::text`
  const held = `${status} in ('claimed', 'in_progress')`
  return `${status}, case when ${held} then gen_random_uuid() end, case when ${held} then 'R 1' end,
    case when ${held} then now() end, case when ${held} then now() + interval '1 hour' end,
    case when ${status} in ('fulfilled', 'transferred', 'closed') then now() end,
    case when ${status} = 'closed' then 'cancelled' end`
}
const LIVE = `('open', 'claimed', 'in_progress')`

const statement: fc.Arbitrary<Statement> = fc.oneof(
  caseValues.map(
    (v): Statement => [`insert into cases (${CASE_COLUMNS}, source) values ($1,$2,$3,$4,$5,$6,$7,$8,'api')`, v],
  ),
  fc
    .tuple(id, caseValues)
    .map(
      ([i, v]): Statement => [
        `update cases set (${CASE_COLUMNS}) = ($1,$2,$3,$4,$5,$6,$7,$8) where id = ${nth('cases', 9)}`,
        [...v, i],
      ],
    ),
  id.map(
    (i): Statement => [
      `update cases set stage = 'closed', closed_reason = 'unreachable' where id = ${nth('cases', 1)}`,
      [i],
    ],
  ),
  id.map(
    (i): Statement => [`update cases set stage = 'monitoring', updated_at = now() where id = ${nth('cases', 1)}`, [i]],
  ),
  // Its needs go with it.
  id.map((i): Statement => [`delete from cases where id = ${nth('cases', 1)}`, [i]]),
  fc.tuple(id, need).map(
    ([i, { kind, status }]): Statement => [
      `insert into needs (case_id, district, kind, ${NEED_COLUMNS})
       select id, district, $2, ${needValues(3)} from cases where id = ${nth('cases', 1)} on conflict do nothing`,
      [i, kind, status],
    ],
  ),
  // Of a kind a case has one live need; one that has ended does not come back here.
  fc.tuple(id, need, district).map(
    ([i, { status }, to]): Statement => [
      `update needs set (${NEED_COLUMNS}, district) = (${needValues(2)}, $3)
       where id = ${nth('needs', 1)} and (status in ${LIVE} or $2::text not in ${LIVE})`,
      [i, status, to],
    ],
  ),
  id.map((i): Statement => [`delete from needs where id = ${nth('needs', 1)}`, [i]]),
  fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('0', '2.1', '3'), counts).map(
    ([f, level, [a, o, b]]): Statement => [
      `insert into beds (facility_id, level, district, staffed, available, occupied, blocked)
     select id, $2::text, district, $3::int + $4 + $5, $3, $4, $5 from facilities where code = 'h' || $1::int
     on conflict (facility_id, level) do update set staffed = excluded.staffed, available = excluded.available,
       occupied = excluded.occupied, blocked = excluded.blocked`,
      [f, level, a, o, b],
    ],
  ),
  fc
    .tuple(
      district,
      realDay,
      fc.constantFrom(1, 2, 3, 4),
      fc.constantFrom('report', 'late', 'correction'),
      fc.integer({ min: 1, max: 500 }),
    )
    .map(
      ([d, on, dose, kind, doses]): Statement => [
        'insert into vaccinations (district, day, dose, kind, doses) values ($1,$2,$3,$4,$5)',
        [d, on, dose, kind, kind === 'correction' ? -doses : doses],
      ],
    ),
  fc
    .tuple(district, realDay, fc.constantFrom('pcr', 'atk'), fc.nat(50), fc.nat(50))
    .map(
      ([d, on, kind, tested, positive]): Statement => [
        'insert into tests (district, day, kind, tested, positive) values ($1,$2,$3,$4,$5)',
        [d, on, kind, tested, Math.min(tested, positive)],
      ],
    ),
  fc
    .tuple(fc.constantFrom('cases', 'deaths'), district, realDay)
    .map((report): Statement => ['insert into day_reports values ($1, $2, $3) on conflict do nothing', report]),
  fc
    .tuple(fc.constantFrom('cases', 'deaths'), district)
    .map((report): Statement => ['delete from day_reports where metric = $1 and district = $2', report]),
  fc.constant<Statement>([`update operation set day = day + 1 where day < '2021-12-20'`, []]),
)
const transaction = fc.record({
  statements: fc.array(statement, { minLength: 1, maxLength: 6 }),
  commits: fc.boolean(),
})

async function write({ statements, commits }: { statements: readonly Statement[]; commits: boolean }): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    for (const [sql, values] of statements) await client.query(sql, [...values])
    await client.query(commits ? 'commit' : 'rollback')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

it('the fold equals SQL GROUP BY after any writes, for a live client and a new one', {
  timeout: 2 * LEVEL_MS_MAX,
}, async () => {
  let cells = 0
  let needs = 0
  let unclaimed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(transaction, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (transactions, resnapshots) => {
        for (const each of transactions) await write(each)
        if (resnapshots) source.resnapshot('test')
        await caughtUp()
        for (const delta of situation.flush()) {
          const state = live.find(({ scope }) => scope === delta.s)
          if (state && state.position > 0) expect(applyDelta(state, delta).outcome).toBe('applied')
        }
        for (const state of live) {
          const expected = await expectedCells(database.pool, state.scope)
          const fresh = emptyScope(state.scope)
          expect(applyDelta(fresh, situation.since(state.scope, 0)).outcome).toBe('replaced')
          expect(applyDelta(state, situation.since(state.scope, state.position)).outcome).toMatch(/applied|replaced/)
          expect(new Map([...fresh.cells].sort())).toEqual(new Map([...expected].sort()))
          expect(state.sum).toBe(fresh.sum)
          cells += expected.size
          needs += [...expected.keys()].filter((key) => key.startsWith('needs.')).length
          unclaimed += [...expected.keys()].filter((key) => /^unclaimed\.(?:red|yellow|green)/.test(key)).length
        }
      },
    ),
    { numRuns: 150, endOnFailure: true },
  )
  expect(cells).toBeGreaterThan(1000)
  expect(needs).toBeGreaterThan(50)
  expect(unclaimed).toBeGreaterThan(20)
})
