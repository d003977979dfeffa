import { beforeEach, describe, expect, it } from 'vitest'
import { keepRule } from '../../../db/queries/retention.ts'
import { announceDays } from '../../../db/queries/retention-announced.ts'
import { passOf } from '../../../tests/security/subjects.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { keepPerson } from '../../../tests/support/people.ts'
import { ANNOUNCED_RULES, type RetentionRule } from '../../contract/privacy/retention.ts'
import { TASKS } from '../../jobs/tasks.ts'

const { database, hub } = await drillHubForFile()
const DAY = 86_400_000
/** 10 o'clock in Bangkok, 11 November */
const NOW = hub.clock.at
const administrator = await hub.worker('administrator', ['TH'], 'Admin')
const auditor = await hub.worker('auditor', ['TH'], 'Auditor')
const rows = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows

/** One run of the task, as the process that leads makes it. */
const announce = (now: number) => TASKS.find(({ name }) => name === 'announce what goes')?.run(database.jobs, now)
async function keep(rule: RetentionRule, now: number): Promise<number> {
  const client = await database.jobs.connect()
  try {
    return await keepRule(client, rule, now)
  } finally {
    client.release()
  }
}

async function person(endedDaysAgo: number): Promise<void> {
  const [{ id }] = await rows(
    `insert into cases (district, place, report_day, source, stage, closed_reason, updated_at)
     values ('5001', '500101', '2021-11-11', 'help', 'closed', 'helped', $1) returning id`,
    [new Date(NOW - endedDaysAgo * DAY)],
  )
  await keepPerson(database.pool, Number(id), { name: 'Somchai Canary', phone: '+66810000001' }, { address: 'house' })
}

type Announced = { rule: string; goesOn: string; days: number; records: number; announcedAt: number }
async function announced(): Promise<Announced[]> {
  const { status, body } = await administrator.get('/api/retention/announced')
  expect(status).toBe(200)
  return (body as unknown as { announced: Announced[] }).announced
}
async function set(days: number): Promise<void> {
  const cookie = passOf(administrator.grant, hub.clock.at)
  const response = await hub.hub.fetch('PUT', '/api/retention', { body: { rule: 'requests', days }, cookie })
  expect(response.status).toBe(200)
}
const notices = () => rows(`select key, kind, area, role, account, facts, useful_until from notices order by id`)
const said = (goesOn: string, records: number, days = 180) => ({ rule: 'requests', goesOn, days, records })

beforeEach(async () => {
  hub.clock.at = NOW
  await database.pool.query(
    `delete from notices; delete from retention_announcements; delete from cases; delete from notification_settings;
     update retention_rules set days = 180, next_days = null, next_from = null, version = 1 where rule = 'requests'`,
  )
  await database.pool.query(`insert into notification_settings (account, kinds) values ($1, '{retention}')`, [
    administrator.grant?.account,
  ])
})

describe('what goes by a rule', () => {
  it('is announced once a day and rule: how many, on which day, a week before; not again at each run', async () => {
    await person(179)
    await person(175)
    await person(175)
    await person(173)
    await person(172)
    await person(100)
    await announce(NOW)
    expect(await announced()).toMatchObject([said('2021-11-12', 1), said('2021-11-16', 2), said('2021-11-18', 1)])
    const told = await notices()
    expect(told.map(({ facts }) => facts)).toEqual([
      { rule: 'requests', records: 1, goesOn: '2021-11-12' },
      { rule: 'requests', records: 2, goesOn: '2021-11-16' },
      { rule: 'requests', records: 1, goesOn: '2021-11-18' },
    ])
    expect(told[1]).toMatchObject({
      key: 'retention:requests:1:180:2021-11-16',
      kind: 'retention',
      role: 'administrator',
      account: null,
      useful_until: new Date('2021-11-15T17:00:00Z'),
    })
    for (let hour = 1; hour < 14; hour++) await announce(NOW + hour * 3_600_000)
    expect(await notices()).toHaveLength(3)
    await announce(NOW + DAY)
    hub.clock.at = NOW + DAY
    expect((await notices()).slice(3).map(({ facts }) => facts.goesOn)).toEqual(['2021-11-19'])
    expect(await announced()).toMatchObject([
      said('2021-11-12', 1),
      said('2021-11-16', 2),
      said('2021-11-18', 1),
      said('2021-11-19', 1),
    ])
  })

  it('is what then goes, day by day', async () => {
    for (const days of [179.3, 178.9, 176, 175.5, 175.2, 174.7, 173.1]) await person(days)
    await announce(NOW)
    const said = Object.fromEntries((await announced()).map(({ goesOn, records }) => [goesOn, records]))
    expect(Object.values(said).reduce((all, one) => all + one, 0)).toBe(7)
    const gone: Record<string, number> = {}
    for (let day = 12; day <= 18; day++) {
      // The end of that day in Bangkok.
      const went = await keep('requests', Date.parse(`2021-11-${day}T17:00:00Z`) - 1)
      if (went > 0) gone[`2021-11-${day}`] = went
    }
    expect(gone).toEqual(said)
  })

  it('sooner by a shorter rule is announced for the day from which that holds, and what stood before not twice', async () => {
    await person(175)
    await person(120)
    await person(101)
    await person(99.5)
    await announce(NOW)
    expect(await notices()).toHaveLength(1)
    await set(100)
    await announce(NOW)
    expect(await announced()).toMatchObject([said('2021-11-16', 1), said('2021-11-18', 3, 100)])
    expect((await notices()).map(({ key }) => key)).toEqual([
      'retention:requests:1:180:2021-11-16',
      'retention:requests:2:100:2021-11-18',
    ])
    // A run of the rule makes the announced length the one that stands: nothing is announced anew by that.
    await keep('requests', NOW + 7 * DAY)
    await announce(NOW + 7 * DAY)
    expect(await notices()).toHaveLength(2)
  })

  it('later by a longer rule is on no list any more', async () => {
    await person(175)
    await announce(NOW)
    expect(await announced()).toHaveLength(1)
    await set(365)
    await announce(NOW + 3_600_000)
    expect(await announced()).toEqual([])
    expect(await notices()).toHaveLength(1)
    // Back again, from a week later on: another day, and so news.
    await set(180)
    await announce(NOW + 7_200_000)
    expect(await announced()).toMatchObject([said('2021-11-18', 1)])
    expect((await notices()).map(({ key }) => key)).toEqual([
      'retention:requests:1:180:2021-11-16',
      'retention:requests:3:180:2021-11-18',
    ])
  })

  it('is nobody’s news where nobody listens, and stands on the page all the same', async () => {
    await database.pool.query('delete from notification_settings')
    await person(175)
    await announce(NOW)
    expect(await notices()).toEqual([])
    expect(await announced()).toMatchObject([said('2021-11-16', 1)])
  })

  it('names nobody, and is shown to administrators alone', async () => {
    await person(175)
    await announce(NOW)
    const everything = JSON.stringify([
      await notices(),
      await announced(),
      await rows('select * from retention_announcements'),
    ])
    expect(everything).not.toMatch(/Canary|810000001/)
    expect((await auditor.get('/api/retention/announced')).status).toBe(403)
    expect((await hub.anyone.get('/api/retention/announced')).status).toBe(401)
  })

  it('of a rule that may be shorter than a week has no time to be announced; every other is', async () => {
    expect(ANNOUNCED_RULES).toEqual(['requests', 'register', 'audit'])
    for (const rule of ANNOUNCED_RULES) {
      expect(await announceDays(database.jobs, rule, NOW)).toBe(0)
      expect(await announceDays(database.jobs, rule, NOW)).toBe(0)
    }
    expect(await rows('select count(*)::int as n from retention_announcements where records = 0')).toEqual([{ n: 21 }])
  })
})

it('to be told of it is offered to those who administer, and to nobody else', async () => {
  const offered = (await administrator.get('/api/notifications')).body as unknown as { offered: string[] }
  expect(offered.offered).toContain('retention')
  expect(((await auditor.get('/api/notifications')).body as unknown as { offered: string[] }).offered).not.toContain(
    'retention',
  )
})
