import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPool } from '../../db/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { insertRow, makeWorld, RLS_TABLES, type World } from '../support/rls-rows.ts'

/** The other tables under row-level security have rules of their own, tested below. */
const OWN_RULES = [
  ...['alert_events', 'alert_floods', 'alert_pending', 'alert_rules', 'alerts'],
  ...[
    'audit_chain',
    'audit_head',
    'audit_log',
    'audit_pending',
    'audit_pruned',
    'care_defaults',
    'command_marks',
    'day_marks',
    'hold_minutes',
    'people',
    'data_keys',
    'recorded',
    'report_deadlines',
    'retention_announcements',
    'retention_rules',
    'retention_runs',
    'reveal_budgets',
    'screen_orders',
    'thresholds',
  ],
  ...['notices', 'notification_settings', 'notifications', 'push_subscriptions', 'webhooks'],
]

let database: TestDatabase
let api: pg.Pool
let own: Awaited<ReturnType<typeof makeWorld>>
let foreign: Awaited<ReturnType<typeof makeWorld>>

beforeAll(async () => {
  database = await createTestDatabase()
  api = createPool(database.apiUrl)
  own = await makeWorld(database.pool, '5001')
  foreign = await makeWorld(database.pool, '1001')
})
afterAll(async () => {
  await api.end()
  await database.drop()
})

/** May do all that is tried here but what only somebody without an account does (RlsTable.role): so the area decides. */
const ROLE = 'provincial_health'

/** Runs `work` as the API does for an account of `areas`, and takes it back. */
async function as<T>(areas: string | null, work: (client: pg.PoolClient) => Promise<T>, role = ROLE): Promise<T> {
  const client = await api.connect()
  try {
    await client.query('begin')
    if (areas !== null) {
      await client.query(`select set_config('jitasa.areas', $1, true), set_config('jitasa.role', $2, true)`, [
        areas,
        role,
      ])
    }
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

async function visible(areas: string | null, table: string): Promise<unknown[]> {
  const key = RLS_TABLES[table]?.key ?? 'id'
  const { rows } = await as(areas, (client) => client.query(`select ${key} from ${table}`), RLS_TABLES[table]?.role)
  return rows.map((row) => row[key])
}

async function mayDo(table: string, right: 'insert' | 'update', columns: readonly string[]): Promise<boolean> {
  const { rows } = await database.pool.query<{ may: boolean }>(
    `select bool_and(has_column_privilege('jitasa_api', $1, name, $2)) as may from unnest($3::text[]) as name`,
    [table, right, columns],
  )
  return rows[0]?.may === true
}

async function change(areas: string, table: string, key: unknown, values: Readonly<Record<string, unknown>>) {
  const columns = Object.keys(values)
  const sets = columns.map((column, i) => `${column} = $${i + 2}`).join(', ')
  const where = RLS_TABLES[table]?.key ?? 'id'
  const { rowCount } = await as(
    areas,
    (client) => client.query(`update ${table} set ${sets} where ${where} = $1`, [key, ...Object.values(values)]),
    RLS_TABLES[table]?.role,
  )
  return rowCount
}

const REFUSED = /row-level security|permission denied/

test('every table under row-level security is tested here', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`,
  )
  expect(rows.map(({ name }) => name).sort()).toEqual([...Object.keys(RLS_TABLES), ...OWN_RULES].sort())
})

/** Its rules by role come from migration 0004: without one there are none to be closed. */
async function ruledByRole(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select distinct tablename as name from pg_policies where policyname = 'role_select'`,
  )
  return rows.map(({ name }) => name)
}

test('a transaction that has said no role sees nobody and changes nothing, whatever its areas', async () => {
  const tables = await ruledByRole()
  expect(tables).toEqual(expect.arrayContaining(['people', 'case_private', 'one_time_codes', 'help_requests', 'cases']))
  for (const table of tables) {
    const seen = await as('TH', (client) => client.query(`select from ${table}`), '')
    expect(seen.rowCount, table).toBe(0)
  }
  const { rowCount } = await as('TH', (client) => client.query(`update cases set severity = 'red'`), '')
  expect(rowCount).toBe(0)
  const found = `insert into cases (district, report_day, source) values ('5001', '2021-11-11', 'api')`
  await expect(as('TH', (client) => client.query(found), '')).rejects.toThrow(REFUSED)
})

describe.each(Object.entries(RLS_TABLES))('%s', (table, { row, key, change: changed, move, role }) => {
  const create = (areas: string, world: World) =>
    as(areas, (client) => insertRow(client, table, row(world, 'new'), key), role)

  test('reads: the own area’s rows and no other’s', async () => {
    for (const areas of ['50', '5001', '10,5001', '50,99']) {
      expect(await visible(areas, table), areas).toContainEqual(own.keys[table])
    }
    for (const areas of ['50', '5001', '5002', '5', '']) {
      expect(await visible(areas, table), areas).not.toContainEqual(foreign.keys[table])
    }
    expect(await visible('5002', table)).toEqual([])
    expect(await visible('TH', table)).toEqual(expect.arrayContaining([own.keys[table], foreign.keys[table]]))
  })

  test('reads without an area set: nothing', async () => {
    expect(await visible(null, table)).toEqual([])
  })

  test('inserts: into the own area, if at all', async () => {
    const may = await mayDo(table, 'insert', Object.keys(row(own.world, 'new')))
    if (may) await expect(create('50', own.world)).resolves.toBeDefined()
    else await expect(create('50', own.world)).rejects.toThrow(/permission denied/)
    await expect(create('50', foreign.world)).rejects.toThrow(REFUSED)
    await expect(create('', own.world)).rejects.toThrow(REFUSED)
  })

  test('updates: the own area’s rows, if at all, and not into another area', async () => {
    if (!(await mayDo(table, 'update', Object.keys(changed)))) {
      await expect(change('50', table, own.keys[table], changed)).rejects.toThrow(/permission denied/)
      return
    }
    expect(await change('50', table, own.keys[table], changed)).toBe(1)
    expect(await change('50', table, foreign.keys[table], changed)).toBe(0)
    if (move) await expect(change('50', table, own.keys[table], move(foreign.world))).rejects.toThrow(REFUSED)
  })
})

describe('people', () => {
  test('are seen and changed through a case or a vulnerable person’s record of the own area', async () => {
    expect(await visible('50', 'people')).toEqual([own.world.person])
    expect(await visible(null, 'people')).toEqual([])
    expect(await change('50', 'people', own.world.person, { phone: '0' })).toBe(1)
    expect(await change('50', 'people', foreign.world.person, { phone: '0' })).toBe(0)
  })

  test('somebody new may be recorded by anyone, and is seen once a case has them', async () => {
    await as('50', async (client) => {
      const id = '00000000-0000-4000-8000-0000000000ff'
      await client.query('insert into people (id, full_name) values ($1, $2)', [id, 'Canary New'])
      expect((await client.query('select from people where id = $1', [id])).rowCount).toBe(0)
      await client.query('insert into case_private (case_id, person_id) values ($1, $2)', [own.world.freeCase, id])
      expect((await client.query('select from people where id = $1', [id])).rowCount).toBe(1)
    })
  })

  const link = `insert into case_private (case_id, person_id) values ($1, $2)`
  const register = `insert into vulnerable (person_id, district, place, reasons, recorded_label, source_at, recorded_at)
    values ($2, (select district from cases where id = $1), (select district from cases where id = $1), '{age60}', 'T', now(), now())`
  test.each([
    ['a case', link],
    ['a vulnerable person’s record', register],
    ['another case’s row', 'update case_private set person_id = $2 where case_id = $1'],
  ])('somebody of another area, whose id is known, is not seen by pointing %s to them', async (_, sql) => {
    const from = sql.startsWith('update') ? own.world.case : own.world.freeCase
    await expect(as('50', (client) => client.query(sql, [from, foreign.world.person]))).rejects.toThrow(REFUSED)
    const { rowCount } = await as('50', (client) => client.query(sql, [from, own.world.person]))
    expect(rowCount).toBe(1)
    expect((await as('TH', (client) => client.query(sql, [from, foreign.world.person]))).rowCount).toBe(1)
  })
})

describe('audit_log', () => {
  const write = `insert into audit_log (role, action, resource) values ('governor', 'reveal', 'case:1')`

  test('anyone adds to it, an auditor reads it, nobody changes it', async () => {
    for (const [role, seen] of [
      ['governor', 0],
      ['auditor', 1],
    ] as const) {
      await as(
        '50',
        async (client) => {
          await client.query(write)
          expect((await client.query('select from audit_log')).rowCount, role).toBe(seen)
          await expect(client.query(`update audit_log set action = 'other'`)).rejects.toThrow(/permission denied/)
        },
        role,
      )
    }
  })

  test.each([
    "insert into audit_chain (seq, entry, chained_at, adopted, hash) values (1, 1, now(), false, sha256(''))",
    'delete from audit_chain',
    'delete from audit_pending',
    'select from audit_pending',
    'update audit_head set seq = 1',
  ])('nobody but the owner touches its chain: %s', async (statement) => {
    await expect(as('TH', (client) => client.query(statement), 'auditor')).rejects.toThrow(/permission denied/)
  })
})

test('given doses are never rewritten: the API adds rows, and corrections are rows', async () => {
  for (const statement of [
    `update vaccinations set doses = doses + 1`,
    `delete from vaccinations`,
    `truncate vaccinations`,
  ]) {
    await expect(
      as('TH', (client) => client.query(statement), 'administrator'),
      statement,
    ).rejects.toThrow('permission denied for table vaccinations')
  }
  const { rowCount } = await as(
    '5001',
    (client) =>
      client.query(
        `insert into vaccinations (district, day, dose, kind, doses) values ('5001', '2021-11-11', 1, 'correction', -3)`,
      ),
    'provincial_health',
  )
  expect(rowCount).toBe(1)
})

test('the day of the operation is set in an administrator’s transaction alone', async () => {
  const set = (role: string) =>
    as('TH', (client) => client.query(`select jitasa_set_operation('2021-11-12', null)`), role)
  for (const role of ['national', 'governor', 'public', '']) {
    await expect(set(role), role).rejects.toThrow('only an administrator sets the day')
  }
  await expect(set('administrator')).resolves.toBeDefined()
  await expect(
    as('TH', (client) => client.query(`update operation set kind = 'live'`), 'administrator'),
  ).rejects.toThrow('permission denied')
})

test('recorded: what one account has recorded is seen by itself alone, and neither changed nor made another’s', async () => {
  const account = (last: number) => `00000000-0000-4000-8000-00000000000${last}`
  const write = `insert into recorded (account, key, kind, made, at) values ($1, 'a-key-of-a-phone', 'dose', 1, now())`
  await as('TH', async (client) => {
    const be = (who: string) => client.query(`select set_config('jitasa.account', $1, true)`, [who])
    const seen = async () => (await client.query('select from recorded')).rowCount
    await be(account(1))
    await client.query(write, [account(1)])
    expect(await seen()).toBe(1)
    for (const who of [account(2), '']) {
      await be(who)
      expect(await seen()).toBe(0)
    }
    await client.query('savepoint before')
    await expect(client.query(write, [account(1)])).rejects.toThrow(REFUSED)
    await client.query('rollback to before')
    await expect(client.query('update recorded set made = 2')).rejects.toThrow(REFUSED)
  })
})

test.each([
  ['thresholds', `update thresholds set alarm = 0.95 where indicator = 'occupancy'`],
  ['thresholds', `insert into thresholds (indicator, watch) values ('tests', 3)`],
  ['report_deadlines', `update report_deadlines set hours = 3 where kind = 'hospital'`],
  ['hold_minutes', `update hold_minutes set minutes = 60 where kind = 'hospital'`],
  ['report_deadlines', `insert into report_deadlines (kind, hours) values ('oxygen', 12)`],
  ['reveal_budgets', `update reveal_budgets set per_hour = 10 where role = 'governor'`],
  ['alert_rules', `update alert_rules set enabled = false where id = 1`],
])('%s: everyone reads them, national command and administrators alone change them: %s', async (table, change) => {
  const inRole = (role: string, text: string) => as('50', (client) => client.query(text), role)
  await database.pool.query(
    `insert into thresholds (indicator, alarm) values ('occupancy', 0.9) on conflict do nothing`,
  )
  expect((await inRole('', `select from ${table}`)).rowCount).toBeGreaterThan(0)
  for (const role of ['national', 'administrator']) expect((await inRole(role, change)).rowCount).toBe(1)
  for (const role of ['provincial_health', 'governor', 'public', '']) {
    const changed = await inRole(role, change).catch((error: Error) => error.message)
    expect(typeof changed === 'string' ? changed : changed.rowCount, role).toSatisfy(
      (said: unknown) => said === 0 || REFUSED.test(String(said)),
    )
  }
  await expect(inRole('national', `delete from ${table}`)).rejects.toThrow(REFUSED)
})

describe('alerts', () => {
  const seen = async (areas: string | null, role: string, table = 'alerts') => {
    const { rows } = await as(areas, (client) => client.query(`select * from ${table}`), role)
    return rows.map((row) => Number(row.alert_id ?? row.id)).sort()
  }
  const answer = (areas: string, role: string, id: number) =>
    as(areas, (client) => client.query(`update alerts set state = 'suppressed' where id = $1`, [id]), role)
  const event = (announced: boolean) => (client: pg.PoolClient) =>
    client.query(
      `insert into alert_events (alert_id, kind, state, at, announced) values ($1, 'shelved', 'shelved', now(), $2)`,
      [own.world.alert, announced],
    )

  test('and their history are read by who works or watches in their province', async () => {
    for (const table of ['alerts', 'alert_events']) {
      for (const [areas, role] of [
        ['50', 'governor'],
        ['5002', 'responder'],
        ['50', 'screen'],
      ] as const) {
        expect([...new Set(await seen(areas, role, table))], `${table} ${role}`).toEqual([own.world.alert])
      }
      expect([...new Set(await seen('TH', 'national', table))]).toEqual([own.world.alert, foreign.world.alert].sort())
      for (const [areas, role] of [
        ['5001', 'facility_staff'],
        ['5001', 'public'],
        ['50', ''],
      ] as const) {
        expect(await seen(areas, role, table), `${table} ${role}`).toEqual([])
      }
      expect(await seen(null, 'governor', table)).toEqual([])
    }
  })

  test('are answered by their owners in their area, and by nobody else', async () => {
    expect((await answer('50', 'governor', own.world.alert)).rowCount).toBe(1)
    expect((await answer('5001', 'bed_coordinator', own.world.alert)).rowCount).toBe(1)
    expect((await answer('5002', 'district_chief', own.world.alert)).rowCount).toBe(0)
    expect((await answer('50', 'governor', foreign.world.alert)).rowCount).toBe(0)
    expect((await answer('50', 'responder', own.world.alert)).rowCount).toBe(0)
    const severity = as('TH', (client) => client.query(`update alerts set severity = 'minor'`), 'national')
    await expect(severity).rejects.toThrow(REFUSED)
  })

  test('what people add to a history is announced to nobody, and is never rewritten', async () => {
    expect((await as('50', event(false), 'governor')).rowCount).toBe(1)
    await expect(as('50', event(true), 'governor')).rejects.toThrow(REFUSED)
    await expect(as('10', event(false), 'governor')).rejects.toThrow(REFUSED)
    await expect(as('50', event(false), 'responder')).rejects.toThrow(REFUSED)
    await expect(database.pool.query(`update alert_events set comment = 'x'`)).rejects.toThrow('never rewritten')
  })

  test.each(['alert_floods', 'alert_pending', 'command_marks'])('%s are kept by the hub alone', async (table) => {
    await expect(as('TH', (client) => client.query(`select from ${table}`), 'national')).rejects.toThrow(REFUSED)
  })

  test('the rules of a province are its health office’s and national command’s, and those of the nation are not', async () => {
    const make = (area: string, role: string) =>
      as(
        '50',
        async (client) =>
          (await client.query(`update alert_rules set ack_minutes = 5 where area = $1`, [area])).rowCount,
        role,
      )
    await database.pool.query(`insert into alert_rules (area, name_th, name_en, indicator, area_kind, condition, bound, clear_bound,
      for_seconds, severity, owner, ack_minutes, sound) select area, 'ก', 'A', 'waiting', 'province', 'above', 9, 8, 0, 'minor',
      'governor', 5, false from unnest(array['50', '10']) as area`)
    expect(await make('50', 'provincial_health')).toBe(1)
    expect(await make('10', 'provincial_health')).toBe(0)
    expect(await make('TH', 'provincial_health')).toBe(0)
    expect(await make('50', 'governor')).toBe(0)
    const move = as(
      '50',
      (client) => client.query(`update alert_rules set area = 'TH' where area = '50'`),
      'provincial_health',
    )
    await expect(move).rejects.toThrow(REFUSED)
  })
})

test('what screens are told is no table of the API’s: those who administer accounts write it', async () => {
  const look = as('TH', (client) => client.query('select from screen_orders'), 'administrator')
  await expect(look).rejects.toThrow(REFUSED)
})

test('the settings end with their transaction: the next one on the same connection sees nothing', async () => {
  const client = await api.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('jitasa.areas', 'TH', true), set_config('jitasa.role', '${ROLE}', true)`)
    await client.query('commit')
    expect((await client.query('select from cases')).rowCount).toBe(0)
  } finally {
    client.release()
  }
})

test('what goes by a rule is read by administrators and auditors alone, and announced by no request', async () => {
  await database.pool.query(
    `insert into retention_announcements (rule, goes_on, version, days, records, announced_at) values ('requests', '2021-11-18', 1, 180, 3, now())`,
  )
  const count = (client: pg.PoolClient) => client.query('select from retention_announcements')
  for (const role of ['administrator', 'auditor']) expect((await as('TH', count, role)).rowCount, role).toBe(1)
  for (const role of ['provincial_health', 'national', 'public'])
    expect((await as('TH', count, role)).rowCount, role).toBe(0)
  expect((await as(null, count)).rowCount).toBe(0)
  const writes = [
    `insert into retention_announcements (rule, goes_on, version, days, records, announced_at) values ('requests', '2021-11-19', 1, 180, 3, now())`,
    `update retention_announcements set records = 0`,
    'delete from retention_announcements',
  ]
  for (const write of writes) {
    await expect(
      as('TH', (client) => client.query(write), 'administrator'),
      write,
    ).rejects.toThrow(REFUSED)
  }
})
