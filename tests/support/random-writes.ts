import fc from 'fast-check'
import { markLate, mendCensus } from '../../db/queries/lateness.ts'
import { writeOldest } from '../../db/queries/oldest.ts'
import {
  ageContacts,
  markUncalled,
  markUncontacted,
  unmarkCalled,
  unmarkContacted,
} from '../../db/queries/uncontacted.ts'
import { KNOWN_GROUPS, TARGET_GROUPS, VACCINES } from '../../hub/contract/vocabulary/doses.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { startOfToday } from '../../hub/work/care/care-list.ts'
import type { TestDatabase } from './pg.ts'

/** The operation and the two hospitals that random writes are about. */
export async function prepareWrites({ pool }: Pick<TestDatabase, 'pool'>): Promise<void> {
  await pool.query(`update operation set day = '2021-11-11', kind = 'replay'`)
  await pool.query(`insert into facilities (code, district, kind, name_th, name_en) values
    ('h1', '5001', 'hospital', 'รพ. 1', 'Hospital 1'), ('h2', '1001', 'field', 'รพ. 2', 'Hospital 2')`)
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
    classification: fc.constantFrom('unclassified', 'suspect', 'probable', 'confirmed', 'confirmed', 'not_a_case'),
    severity: fc.constantFrom('unknown', 'green', 'yellow', 'red'),
    care: fc.constantFrom('unknown', 'waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'),
    outcome: fc.constantFrom('none', 'none', 'none', 'unknown', 'recovered', 'recovered', 'died', 'died', 'lost'),
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
  freed: fc.constantFrom(null, 'expired', 'expired', 'released'),
})
const NEED_COLUMNS = 'status, claimed_by, holder_label, claimed_at, lease_until, ended_at, closed_reason'
const minutesOld = fc.constantFrom(1, 16, 61, 250, 721, 1441, 2881)
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
  fc.tuple(caseValues, fc.constantFrom(1, 30, 49, 90)).map(
    ([v, hours]): Statement => [
      `insert into cases (${CASE_COLUMNS}, source, reported_at)
         values ($1,$2,$3,$4,$5,$6,$7,$8,'api', now() - make_interval(hours => $9))`,
      [...v, hours],
    ],
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
  fc.tuple(id, need, minutesOld).map(
    ([i, { kind, status, freed }, minutes]): Statement => [
      `insert into needs (case_id, district, kind, ${NEED_COLUMNS}, opened_at, freed)
       select id, district, $2, ${needValues(3)}, now() - make_interval(mins => $4), case when $3 = 'open' then $5 end
       from cases where id = ${nth('cases', 1)} for key share on conflict do nothing`,
      [i, kind, status, minutes, freed],
    ],
  ),
  // Of a kind a case has one live need; one that has ended does not come back here.
  fc.tuple(id, need, district).map(
    ([i, { status, freed }, to]): Statement => [
      `update needs set (${NEED_COLUMNS}, district, freed) = (${needValues(2)}, $3, $4)
       where id = ${nth('needs', 1)} and (status in ${LIVE} or $2::text not in ${LIVE})`,
      [i, status, to, freed],
    ],
  ),
  id.map((i): Statement => [`delete from needs where id = ${nth('needs', 1)}`, [i]]),
  // The leases of a kind run out.
  need.map(
    ({ kind }): Statement => [
      `update needs set (${NEED_COLUMNS}, freed) = (${needValues(2)}, 'expired') where kind = $1 and status in ${LIVE}`,
      [kind, 'open'],
    ],
  ),
  // A count of today, of days before, or one of the drill, whose clock is years ahead of its day.
  fc
    .tuple(
      fc.constantFrom(1, 2),
      fc.constantFrom('0', '2.1', '3'),
      counts,
      fc.constantFrom('5 m', '7 h', '30 h', '-9 y'),
    )
    .map(
      ([f, level, [a, o, b], age]): Statement => [
        `insert into beds (facility_id, level, district, staffed, available, occupied, blocked, reported_at)
     select facilities.id, $2::text, facilities.district, $3::int + $4 + $5, $3, $4, $5,
       day + time '20:00' at time zone 'Asia/Bangkok' - $6::interval from facilities, operation where code = 'h' || $1::int
     on conflict (facility_id, level) do update set staffed = excluded.staffed, available = excluded.available,
       occupied = excluded.occupied, blocked = excluded.blocked, reported_at = excluded.reported_at,
       district = excluded.district`,
        [f, level, a, o, b, age],
      ],
    ),
  fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('oxygen', 'vaccine'), fc.nat(60), fc.nat(9), fc.boolean()).map(
    ([f, item, onHand, perDay, late]): Statement => [
      `insert into stock (facility_id, item, district, on_hand, per_day, reported_at, late)
     select id, $2, district, $3, $4, now(), $5 from facilities where code = 'h' || $1::int
     on conflict (facility_id, item) do update set on_hand = excluded.on_hand, per_day = excluded.per_day,
       late = excluded.late, district = excluded.district`,
      [f, item, onHand, perDay, late],
    ],
  ),
  fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('1', '3'), fc.nat(5), fc.nat(5)).map(
    ([f, level, occupied, more]): Statement => [
      `insert into reconciliations (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, known,
         source_at, opened_at, actor_label, key)
     select id, $2, district, $3, 0, 0, $3, 0, 0, $3::int + 1 + $4, now(), now(), 'H', 'k' from facilities where code = 'h' || $1::int
     on conflict (facility_id, level) do update set occupied = excluded.occupied, staffed = excluded.staffed,
       known = excluded.known, district = excluded.district`,
      [f, level, occupied, more],
    ],
  ),
  fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('ventilator', 'aiir'), fc.nat(9), fc.nat(9)).map(
    ([f, kind, inUse, free]): Statement => [
      `insert into care_units (facility_id, kind, district, total, in_use, reported_at)
     select id, $2, district, $3::int + $4, $3, now() from facilities where code = 'h' || $1::int
     on conflict (facility_id, kind) do update set total = excluded.total, in_use = excluded.in_use,
       district = excluded.district`,
      [f, kind, inUse, free],
    ],
  ),
  fc
    .constantFrom(1, 2)
    .map(
      (f): Statement => [
        `delete from beds where facility_id = (select id from facilities where code = 'h' || $1::int)`,
        [f],
      ],
    ),
  fc
    .tuple(fc.constantFrom(1, 2), fc.boolean(), fc.boolean(), district)
    .map(
      ([f, active, late, to]): Statement => [
        `update facilities set active = $2, late = $3, district = $4 where code = 'h' || $1::int`,
        [f, active, late, to],
      ],
    ),
  fc
    .tuple(fc.constantFrom('0', '2.1', '3'), fc.boolean())
    .map((is): Statement => ['update beds set late = $2 where level = $1', is]),
  fc
    .tuple(id, fc.constantFrom(1, 47, 49, 90))
    .map(
      ([i, hours]): Statement => [
        `update cases set contacted_at = now() - make_interval(hours => $2) where id = ${nth('cases', 1)}`,
        [i, hours],
      ],
    ),
  fc
    .tuple(fc.constantFrom('occupancy', 'incidence', 'growth', 'tests'), fc.constantFrom(null, 0.25, 3))
    .map(
      (row): Statement => [
        'insert into thresholds (indicator, watch) values ($1, $2) on conflict (indicator) do update set watch = excluded.watch',
        row,
      ],
    ),
  fc.constant<Statement>([`delete from thresholds where indicator = 'tests'`, []]),
  fc.integer({ min: 1, max: 9 }).map(
    (seq): Statement => [
      `insert into audit_head (seq, hash, at) values ($1::int, repeat($1::int::text, 64), now())
         on conflict (id) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at`,
      [seq],
    ],
  ),
  fc
    .tuple(
      district,
      realDay,
      fc.constantFrom(1, 2, 3, 4),
      fc.constantFrom('report', 'late', 'correction'),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom(...TARGET_GROUPS),
      fc.constantFrom(...VACCINES),
    )
    .map(
      ([d, on, dose, kind, doses, group, vaccine]): Statement => [
        'insert into vaccinations (district, day, dose, kind, doses, target_group, vaccine) values ($1,$2,$3,$4,$5,$6,$7)',
        [d, on, dose, kind, kind === 'correction' ? -doses : doses, group, vaccine],
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
  fc.tuple(district, fc.constantFrom(...KNOWN_GROUPS), fc.nat(90)).map(
    (row): Statement => [
      `insert into residents (district, target_group, residents, source, as_of) values ($1, $2, $3, 'test', '2021-10-01')
         on conflict (district, target_group) do update set residents = excluded.residents`,
      row,
    ],
  ),
  fc.tuple(fc.constantFrom(1, 2), realDay, fc.integer({ min: 1, max: 90 })).map(
    (row): Statement => [
      `insert into dose_plans (district, facility_id, day, doses)
           select district, id, $2, $3 from facilities where code = 'h' || $1::int
         on conflict (facility_id, day) where facility_id is not null do update set doses = excluded.doses`,
      row,
    ],
  ),
  realDay.map((d): Statement => ['delete from dose_plans where day = $1', [d]]),
  district.map((d): Statement => ['delete from residents where district = $1', [d]]),
  fc
    .tuple(fc.constantFrom('cases', 'deaths'), district, realDay)
    .map((report): Statement => ['insert into day_reports values ($1, $2, $3) on conflict do nothing', report]),
  fc
    .tuple(fc.constantFrom('cases', 'deaths'), district)
    .map((report): Statement => ['delete from day_reports where metric = $1 and district = $2', report]),
  fc.constant<Statement>([`update operation set day = day + 1 where day < '2021-12-20'`, []]),
)
export const transaction: fc.Arbitrary<Writes> = fc.record({
  statements: fc.array(statement, { minLength: 1, maxLength: 6 }),
  commits: fc.boolean(),
  // Whether the worker that leads comes by.
  isLookedAt: fc.boolean(),
})
/** What chance brings too seldom to be sure of: somebody who recovered today, and who waits for a bed after a claim that ran out. */
const SELDOM_STATEMENTS: readonly Statement[] = [
  [
    `insert into cases (${CASE_COLUMNS}, source, reported_at)
       select '5001', day, 'confirmed', 'green', 'discharged', 'recovered', day, 'in_care', 'api', now() from operation`,
    [],
  ],
  [
    `with made as (
       insert into cases (${CASE_COLUMNS}, source, reported_at)
         select '5001', day, 'suspect', severity, 'waiting', 'none', 'infinity', 'waiting', 'api', now()
         from operation, unnest(array['unknown', 'green', 'yellow', 'red']) as severity returning id, district
     )
     insert into needs (case_id, district, kind, status, opened_at, freed)
       select id, district, 'bed', 'open', now(), 'expired' from made`,
    [],
  ],
]
export type Writes = {
  readonly statements: readonly Statement[]
  readonly commits: boolean
  readonly isLookedAt: boolean
}

export const SELDOM: Writes = { statements: SELDOM_STATEMENTS, commits: true, isLookedAt: false }

async function look({ pool }: Pick<TestDatabase, 'pool'>): Promise<void> {
  const now = systemClock.now()
  await markLate(pool, now)
  await mendCensus(pool)
  await markUncontacted(pool, now)
  await unmarkContacted(pool, now)
  await ageContacts(pool, now)
  await markUncalled(pool, startOfToday(now).at)
  await unmarkCalled(pool, startOfToday(now).at)
  await writeOldest(pool)
}

export async function write(
  database: Pick<TestDatabase, 'pool'>,
  { statements, commits, isLookedAt }: Writes,
): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    for (const [sql, values] of statements) await client.query(sql, [...values])
    await client.query(commits ? 'commit' : 'rollback')
  } catch (error) {
    client.release(true)
    throw error
  }
  client.release()
  if (isLookedAt) await look(database)
}
