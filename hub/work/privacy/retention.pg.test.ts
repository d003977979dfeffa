import { beforeAll, describe, expect, it } from 'vitest'
import { insertPerson } from '../../../db/queries/people.ts'
import { announceRules, keepRule } from '../../../db/queries/retention.ts'
import { passOf } from '../../../tests/security/subjects.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { keepPerson, keptValues, peopleIn, typedOver } from '../../../tests/support/people.ts'
import { PROCESSING } from '../../contract/privacy/processing.ts'
import { RETENTION, RETENTION_RULES, type RetentionRule } from '../../contract/privacy/retention.ts'
import { TASKS } from '../../jobs/tasks.ts'

const { database, hub } = await drillHubForFile()
const DAY = 86_400_000
const administrator = await hub.worker('administrator', ['TH'], 'Admin')
const auditor = await hub.worker('auditor', ['TH'], 'Auditor')
const rows = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows
const NOW = hub.clock.at

async function keep(rule: RetentionRule, now: number): Promise<number> {
  const client = await database.jobs.connect()
  try {
    return await keepRule(client, rule, now)
  } finally {
    client.release()
  }
}
async function announce(now: number): Promise<void> {
  const client = await database.jobs.connect()
  await announceRules(client, now)
  client.release()
}

/** @returns the case's id */
async function person(stage: string, endedAt: number, name: string): Promise<number> {
  const [{ id }] = await rows(
    `insert into cases (district, place, report_day, source, stage, closed_reason, updated_at)
     values ('5001', '500101', '2021-11-11', 'help', $1, case when $1::text = 'closed' then 'helped' end, $2) returning id`,
    [stage, new Date(endedAt)],
  )
  await keepPerson(database.pool, Number(id), { name, phone: '+66810000001' }, { address: 'house' })
  return Number(id)
}
const names = async () => (await peopleIn(database.pool)).flatMap(({ full_name }) => full_name ?? []).sort()

type Rule = {
  rule: string
  days: number
  nextDays: number | null
  nextFrom: number | null
  version: number
  soon: number
}
async function set(days: number) {
  const cookie = passOf(administrator.grant, hub.clock.at)
  const response = await hub.hub.fetch('PUT', '/api/retention', { body: { rule: 'requests', days }, cookie })
  const body = (await response.json()) as { rules: Rule[]; error: { code: string; details: unknown } }
  return { status: response.status, error: body.error, rule: body.rules?.[0] }
}

describe('what is kept, and for how long', () => {
  beforeAll(async () => {
    await person('closed', NOW - 181 * DAY, 'old')
    await person('closed', NOW - 176 * DAY, 'soon')
    await person('closed', NOW - 10 * DAY, 'new')
    await person('triaged', NOW - 400 * DAY, 'open')
  })

  it('is announced before: how many go within a week', async () => {
    await announce(NOW)
    const { body } = await administrator.get('/api/retention')
    const rule = (body as unknown as { rules: Rule[] }).rules[0]
    expect(rule).toMatchObject({ rule: 'requests', days: 180, default: 180, most: 365, soon: 2, countedAt: NOW })
  })

  it('goes when its time is over, and nobody whose request is open; the case stays', async () => {
    const before = (await rows('select count(*) as n from cases'))[0].n
    expect(await keep('requests', NOW)).toBe(1)
    expect(await names()).toEqual(['new', 'open', 'soon'])
    expect((await rows('select count(*) as n from cases'))[0].n).toBe(before)
    expect(await keep('requests', NOW)).toBe(0)
  })

  it('is provable after: what ran, how many, under which rule and version, also in the audit log', async () => {
    expect(await rows('select rule, version, days, gone from retention_runs')).toEqual([
      { rule: 'requests', version: 1, days: 180, gone: 1 },
    ])
    expect((await rows(`select role, resource, details from audit_log where action = 'retention.ran'`))[0]).toEqual({
      role: 'jobs',
      resource: 'retention:requests',
      details: { version: 1, days: 180, gone: 1 },
    })
    const erased = await rows(`select details from audit_log where action = 'person.erased'`)
    expect(erased).toEqual([{ details: { rule: 'requests', version: 1 } }])
  })

  it('made shorter holds a week later, made longer at once; each change is in the log', async () => {
    expect((await set(100)).rule).toMatchObject({
      rule: 'requests',
      days: 180,
      nextDays: 100,
      nextFrom: NOW + 7 * DAY,
      version: 1,
    })
    expect(await keep('requests', NOW + DAY)).toBe(0)
    await announce(NOW)
    expect((await rows(`select soon from retention_rules where rule = 'requests'`))[0].soon).toBe(1)
    expect(await keep('requests', NOW + 7 * DAY)).toBe(1)
    expect(await names()).toEqual(['new', 'open'])
    expect((await set(365)).rule).toMatchObject({ rule: 'requests', days: 365, nextDays: null, version: 3 })
    const log = await rows(`select details from audit_log where action = 'retention.set' order by id`)
    expect(log.map(({ details }) => [details.from, details.to])).toEqual([
      [180, 100],
      [100, 365],
    ])
  })

  it('cannot be longer than the text of consent promises, nor so short that nobody could be helped', async () => {
    for (const days of [366, 29]) {
      expect(await set(days)).toMatchObject({
        status: 422,
        error: { code: 'retention_bounds', details: { least: 30, most: 365 } },
      })
    }
    expect((await auditor.get('/api/retention')).status).toBe(403)
  })

  it('empties old entries of the register, and leaves them to be counted', async () => {
    const person_id = await insertPerson(typedOver(database.pool), { name: 'register' })
    const { address } = await keptValues(database.pool, 'vulnerable', { person_id, address: 'house 3' })
    await rows(
      `insert into vulnerable (person_id, district, place, reasons, address, recorded_label, source_at, recorded_at)
       values ($1, '5001', '500101', '{age60}', $2, 'VHV', $3, $3)`,
      [person_id, address, new Date(NOW - 366 * DAY)],
    )
    expect(await keep('register', NOW)).toBe(1)
    expect(await names()).toEqual(['new', 'open'])
    expect(await rows('select address, reasons from vulnerable')).toEqual([{ address: null, reasons: ['age60'] }])
    expect(await keep('register', NOW)).toBe(0)
  })
})

describe('the public record of processing', () => {
  it('says what the consent says and the days that hold now, in each language', async () => {
    const { status, body } = await hub.anyone.get('/api/privacy?language=my')
    expect(status).toBe(200)
    expect(body).toMatchObject({ version: '2026-12', language: 'my' })
    const { parts, rules } = body as unknown as { parts: { part: string }[]; rules: object[] }
    expect(rules[0]).toEqual({ rule: 'requests', days: 365 })
    expect(parts.map(({ part }) => part)).toEqual(['what', 'why', 'who', 'long', 'rights', 'withdraw'])
  })
})

/** Tables in which nobody is named or known by a code of their own. */
const WITHOUT_PEOPLE = [
  'alert_floods',
  'alert_pending',
  'alert_rules',
  'areas',
  'audit_head',
  'bed_census',
  'beds',
  'care_defaults',
  'care_units',
  'command_marks',
  'data_keys',
  'day_marks',
  'day_reports',
  'dose_plans',
  'facilities',
  'hold_minutes',
  'imports',
  'oldest',
  'operation',
  'reconciliations',
  'report_deadlines',
  'residents',
  'retention_announcements',
  'retention_rules',
  'retention_runs',
  'reveal_budgets',
  'revisions',
  'rounds',
  'screen_orders',
  'screen_scenes',
  'sign_in_rules',
  'sign_in_settings',
  'stock',
  'stock_reports',
  'tests',
  'thresholds',
  'unit_reports',
  'vaccinations',
]

it('every table stands in the record of processing, or among those without people', async () => {
  const tables = await rows(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^kysely_' order by 1`,
  )
  const known = [...PROCESSING.flatMap((one) => one.tables), ...WITHOUT_PEOPLE]
  expect(known).toHaveLength(new Set(known).size)
  expect(tables.map(({ name }) => name)).toEqual(known.sort())
})

it('every rule has its task, its default and its row', async () => {
  const stored = await rows('select rule, days from retention_rules order by rule')
  expect(stored.map(({ rule }) => rule)).toEqual([...RETENTION_RULES].sort())
  for (const rule of RETENTION_RULES) expect(RETENTION[rule].days).toBeLessThanOrEqual(RETENTION[rule].most)
  expect(TASKS.filter(({ name }) => /forget|erase|empty/.test(name)).length).toBeGreaterThanOrEqual(
    RETENTION_RULES.length,
  )
})
