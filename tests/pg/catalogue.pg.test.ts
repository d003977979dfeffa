import { describe, expect, test } from 'vitest'
import { ROLES } from '../../db/roles.ts'
import { type Reading, tableColumn } from '../../hub/contract/live/columns.ts'
import { columnsOf } from '../../hub/contract/live/rows.ts'
import { COUNTED, countedColumns } from '../../hub/situation/counted.ts'
import { ROW_TABLES } from '../../hub/situation/row-tables.ts'
import { neededTables } from '../../hub/source/catalogue.ts'
import { databaseForFile } from '../support/for-file.ts'
import { PERSONAL_TABLES, type Published, personalColumns } from '../support/personal.ts'

const database = await databaseForFile()

async function rows<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
  return (await database.pool.query<T>(text, [...values])).rows
}

const PUBLISHED = `
  select pubname as publication, tablename as "table", unnest(attnames)::text as "column" from pg_publication_tables`

/** The columns of an index that an UPDATE carries the old values of; NOT NULL and UNIQUE, as a replica identity has to be. */
const IDENTITY = `
  select relation.relname as "table", attribute.attname as "column", attribute.attnotnull as "notNull"
  from pg_index as index
  join pg_class as relation on relation.oid = index.indrelid
  cross join unnest(index.indkey[0 : index.indnkeyatts - 1]) as key (number)
  join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum = key.number
  where relation.relnamespace = 'public'::regnamespace and index.indisunique and index.indpred is null
    and case relation.relreplident when 'i' then index.indisreplident when 'd' then index.indisprimary end`

describe('publications', () => {
  test('no column of a table with personal data is published, nor one that looks personal', async () => {
    const published = await rows<Published>(PUBLISHED)
    expect(published.map(({ table }) => table)).toContain('cases')
    expect(personalColumns(published)).toEqual([])
  })

  test('every table on the list of personal ones exists', async () => {
    const found = await rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any ($1)`,
      [PERSONAL_TABLES],
    )
    expect(found.map(({ name }) => name).sort()).toEqual([...PERSONAL_TABLES].sort())
  })

  test.each([
    [
      'a personal table in the hub’s publication',
      'alter publication jitasa add table case_private (case_id)',
      'case_private.case_id',
    ],
    [
      'a personal column of a published table',
      `alter table beds add column reporter_phone text;
       alter publication jitasa drop table beds; alter publication jitasa add table beds`,
      'beds.reporter_phone',
    ],
    ['a second publication', 'create publication other for table people', 'people.full_name'],
    ['a publication of everything', 'create publication other for all tables', 'accounts.email'],
  ])('the check can fail: %s', async (_, spoil, expected) => {
    const client = await database.pool.connect()
    try {
      await client.query('begin')
      await client.query(spoil)
      const found = personalColumns((await client.query<Published>(PUBLISHED)).rows)
      expect(found.some((entry) => entry.endsWith(`: ${expected}`))).toBe(true)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

/** The columns of ROWS with what PostgreSQL says of them. */
const ROW_COLUMN = `
  select format_type(atttypid, null) as type, attnotnull as "notNull",
    coalesce((select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint
      where conrelid = attrelid and contype = 'c' and attnum = any (conkey)), '') as checks
  from pg_attribute where attrelid = $1::regclass and attname = $2`

const READ_FROM: Readonly<Record<Reading, RegExp>> = {
  text: /^(?:text|date|bigint)$/,
  number: /^(?:integer|double precision)$/,
  flag: /^boolean$/,
  ms: /^timestamp with time zone$/,
  account: /^uuid$/,
}

describe('rows that travel', () => {
  const columns = ROW_TABLES.flatMap(({ table, kind }) =>
    columnsOf(kind).map(([name, column]) => [`${kind}.${name}`, table, tableColumn(name, column), column] as const),
  )
  test.each(columns)('%s is what %s.%s is in PostgreSQL', async (_, table, from, column) => {
    const [found] = await rows<{ type: string; notNull: boolean; checks: string }>(ROW_COLUMN, [table, from])
    expect(found?.type).toMatch(READ_FROM[column.as])
    expect(found?.notNull).toBe(!column.nullable && column.orFrom === undefined)
    for (const value of column.values ?? []) expect(found?.checks).toContain(`'${value}'`)
  })

  test('each column that the hub reads is published, and no other but those named here', async () => {
    const published = await rows<Published>(`${PUBLISHED} where pubname = 'jitasa'`)
    const named = (table: string) => published.filter((entry) => entry.table === table).map(({ column }) => column)
    const unread: string[] = []
    for (const { table, published: needed, identity } of neededTables()) {
      expect(named(table)).toEqual(expect.arrayContaining([...needed]))
      const known = [...needed, ...identity, 'id']
      unread.push(...named(table).flatMap((column) => (known.includes(column) ? [] : [`${table}.${column}`])))
    }
    // Published since 0001; the census's is its key, and the state of a message and of an order says whether it travels at all.
    expect(unread.sort()).toEqual([
      'bed_census.facility_id',
      'cases.care_place_at',
      'command_messages.state',
      'facilities.code',
      'screen_orders.state',
    ])
  })
})

describe('replica identity', () => {
  test.each(COUNTED)(
    '$table: every counted column is in it, so that an UPDATE carries the old group',
    async (counted) => {
      const identity = (await rows<{ table: string; column: string; notNull: boolean }>(IDENTITY)).filter(
        ({ table }) => table === counted.table,
      )
      expect(identity.map(({ column }) => column)).toEqual(expect.arrayContaining([...countedColumns(counted)]))
      expect(identity.filter(({ notNull }) => !notNull)).toEqual([])
    },
  )

  test('every published table has one and publishes all of it; otherwise its writers would fail', async () => {
    const published = (await rows<Published>(PUBLISHED)).map(({ table, column }) => `${table}.${column}`)
    const identity = await rows<{ table: string; column: string }>(IDENTITY)
    for (const table of new Set(published.map((name) => name.split('.')[0]))) {
      const columns = identity.filter((entry) => entry.table === table).map(({ column }) => `${table}.${column}`)
      expect(columns.length, `identity of ${table}`).toBeGreaterThan(0)
      expect(published).toEqual(expect.arrayContaining(columns))
    }
  })

  test('the check can fail: a counted column that its index lacks', async () => {
    await database.pool.query(`create unique index poorer on tests (id, district, day, kind)`)
    await database.pool.query('alter table tests replica identity using index poorer')
    try {
      const identity = await rows<{ table: string; column: string }>(IDENTITY)
      expect(identity.filter(({ table }) => table === 'tests').map(({ column }) => column)).not.toContain('positive')
    } finally {
      await database.pool.query('alter table tests replica identity using index tests_identity')
      await database.pool.query('drop index poorer')
    }
  })
})

/** Columns of the publication with what PostgreSQL says of their types and bounds. */
const PUBLISHED_COLUMNS = `
  select tablename || '.' || attname as "column", format_type(atttypid, null) as type, attstorage as storage,
    coalesce((select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint
      where conrelid = attrelid and contype = 'c' and attnum = any (conkey)), '') as checks
  from pg_publication_tables cross join unnest(attnames) as name
    join pg_attribute on attrelid = (schemaname || '.' || tablename)::regclass and attname = name
  where pubname = 'jitasa'`

type PublishedColumn = {
  readonly column: string
  readonly type: string
  readonly storage: string
  readonly checks: string
}

describe('published values', () => {
  /** An UPDATE that leaves such a value as it was does not bring it. Else: `alter column … set storage main`, and a bound. */
  test('none is stored out of line while its row fits a page', async () => {
    const found = await rows<PublishedColumn>(PUBLISHED_COLUMNS)
    expect(found.length).toBeGreaterThan(60)
    expect(found.filter(({ storage }) => storage === 'x' || storage === 'e').map(({ column }) => column)).toEqual([])
  })

  test('every day, moment, coordinate and threshold has bounds: the fold and SQL read what lies beyond them differently', async () => {
    const found = (await rows<PublishedColumn>(PUBLISHED_COLUMNS)).filter(({ type }) =>
      /^(?:date|timestamp|double)/.test(type),
    )
    expect(found.length).toBeGreaterThan(15)
    expect(
      found
        .filter(({ checks }) => !/isfinite|1900|<= \(?(?:90|180|1000000|'?100000000'?)\)/.test(checks))
        .map(({ column }) => column),
    ).toEqual([])
  })

  test.each([
    ['vaccinations', 'day', `'infinity'`],
    ['vaccinations', 'day', `'20211-11-11'`],
    ['vaccinations', 'day', `'0044-03-15 BC'`],
    ['tests', 'day', `'infinity'`],
    ['cases', 'report_day', `'infinity'`],
    ['cases', 'outcome_day', `'2564-11-11'`],
    ['cases', 'reported_at', `'infinity'`],
    ['operation', 'day', `'infinity'`],
    ['operation', 'day', `'-infinity'`],
    ['operation', 'title_en', `repeat('x', 301)`],
    ['facilities', 'lat', `'NaN'`],
    ['facilities', 'name_th', `repeat('ก', 4000)`],
  ])('%s.%s refuses %s', async (table, column, value) => {
    const client = await database.pool.connect()
    try {
      await client.query('begin')
      await client.query(`
        insert into facilities (code, district, kind, name_th, name_en) values ('v1', '1001', 'hospital', 'รพ.', 'H');
        insert into vaccinations (district, day, dose, kind, doses) values ('1001', '2021-11-11', 1, 'report', 1);
        insert into tests (district, day, kind, tested, positive) values ('1001', '2021-11-11', 'pcr', 1, 0);
        insert into cases (district, report_day, source, outcome, outcome_day) values ('1001', '2021-11-11', 'api', 'died', '2021-11-11')`)
      await expect(client.query(`update ${table} set ${column} = ${value}`)).rejects.toMatchObject({ code: '23514' })
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  test('a day that is not known stays possible', async () => {
    await database.pool.query(`
      begin; insert into vaccinations (district, day, dose, kind, doses) values ('1001', '-infinity', 1, 'report', 1);
      insert into cases (district, report_day, source) values ('1001', '-infinity', 'import'); rollback`)
  })
})

const COLUMNS = `
  select relation.relname as "table", attribute.attname as "column"
  from pg_class as relation join pg_attribute as attribute on attribute.attrelid = relation.oid
  where relation.relnamespace = 'public'::regnamespace and relation.relkind in ('r', 'v', 'm', 'p')
    and attribute.attnum > 0 and not attribute.attisdropped`

describe('roles', () => {
  test('jitasa_hub reads the published columns, all of them and no other, and writes nothing', async () => {
    const published = await rows<Published>(`${PUBLISHED} where pubname = 'jitasa'`)
    const readable = await rows<{ table: string; column: string }>(
      `select * from (${COLUMNS}) as own where has_column_privilege('jitasa_hub', "table", "column", 'select')`,
    )
    const named = (list: readonly { table: string; column: string }[]) =>
      list.map(({ table, column }) => `${table}.${column}`).sort()
    expect(named(readable)).toEqual(named(published))
    const writable = await rows(
      `select * from (${COLUMNS}) as own
       where has_column_privilege('jitasa_hub', "table", "column", 'insert, update')
         or has_table_privilege('jitasa_hub', "table", 'delete, truncate, trigger')`,
    )
    expect(writable).toEqual([])
  })

  test.each(ROLES)('%s owns nothing, bypasses nothing, is nobody’s member and makes nothing', async (role) => {
    expect(
      await rows(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
           has_schema_privilege(oid, 'public', 'create') as "createsTables",
           has_database_privilege(oid, current_database(), 'create') as "createsPublications",
           (select count(*) from pg_class where relowner = pg_roles.oid) +
             (select count(*) from pg_proc where proowner = pg_roles.oid) +
             (select count(*) from pg_database where datdba = pg_roles.oid) as owns,
           (select count(*) from pg_auth_members where member = pg_roles.oid) as memberships
         from pg_roles where rolname = $1`,
        [role],
      ),
    ).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: role === 'jitasa_hub',
        rolcanlogin: true,
        createsTables: false,
        createsPublications: false,
        owns: 0,
        memberships: 0,
      },
    ])
  })

  /** The same for everyone, or keyed by their owner, and without personal data. */
  const WITHOUT_ROW_SECURITY = ['areas', 'idempotency', 'operation']

  test('every table that jitasa_api may touch is under row-level security', async () => {
    const open = await rows<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p') and not relrowsecurity
         and (has_any_column_privilege('jitasa_api', oid, 'select, insert, update')
           or has_table_privilege('jitasa_api', oid, 'delete, truncate'))
       order by relname`,
    )
    expect(open.map(({ name }) => name)).toEqual(WITHOUT_ROW_SECURITY)
  })

  /** What tells who somebody is, opens what is sealed, or lets somebody in: a job empties or deletes it unread. */
  const UNREAD_BY_JOBS = [
    ...['people.phone_hash', 'people.id_number', 'case_private.address', 'case_private.notes', 'vulnerable.lat'],
    ...['contact_notes.note', 'call_numbers.phone', 'help_requests.code_hash', 'one_time_codes.code_hash'],
    ...['account_sessions.token', 'account_factors.secret', 'invitations.token_hash', 'data_keys.wrapped'],
  ]

  test('jitasa_jobs does not read what tells who somebody is, or lets somebody in, and changes no right', async () => {
    const columns = await rows<{ name: string; readable: boolean; table: string }>(
      `select "table", "table" || '.' || "column" as name, has_column_privilege('jitasa_jobs', "table", "column", 'select') as readable
       from (${COLUMNS}) as own`,
    )
    const readable = columns.filter((column) => column.readable).map(({ name }) => name)
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(UNREAD_BY_JOBS))
    expect(readable.filter((name) => UNREAD_BY_JOBS.includes(name))).toEqual([])
    const written = await rows<{ name: string }>(
      `select distinct "table" as name from (${COLUMNS}) as own
       where has_column_privilege('jitasa_jobs', "table", "column", 'insert, update') order by 1`,
    )
    expect(
      written.map(({ name }) => name).filter((name) => /^(?:account|sign_in|data_keys|webhooks|kysely)/.test(name)),
    ).toEqual([])
  })

  test('every row of what jitasa_jobs may touch is there for it, in every area', async () => {
    const without = await rows<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relrowsecurity and has_any_column_privilege('jitasa_jobs', oid, 'select, insert, update')
         and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'jobs'
           and polroles = array['jitasa_jobs'::regrole::oid])`,
    )
    expect(without).toEqual([])
  })

  test('a function that runs with the owner’s rights has a fixed search path and is called by jitasa_api, four by jitasa_jobs, and nobody else', async () => {
    const functions = await rows<{ name: string; path: boolean; hub: boolean; auth: boolean; jobs: boolean }>(
      `select proname as name, proconfig::text like '%search_path=%' as path,
         prorettype <> 'trigger'::regtype and has_function_privilege('jitasa_hub', oid, 'execute') as hub,
         prorettype <> 'trigger'::regtype and has_function_privilege('jitasa_auth', oid, 'execute') as auth,
         prorettype <> 'trigger'::regtype and has_function_privilege('jitasa_jobs', oid, 'execute') as jobs
       from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`,
    )
    expect(functions.length).toBeGreaterThan(0)
    expect(functions.filter(({ path, hub, auth }) => !path || hub || auth)).toEqual([])
    expect(functions.flatMap(({ jobs, name }) => (jobs ? [name] : [])).sort()).toEqual([
      'jitasa_facilities_known',
      'jitasa_help_case',
      'jitasa_prune_audit',
      'jitasa_take_census',
    ])
  })
})
