import { beforeEach, describe, expect, it } from 'vitest'
import { compare } from '../../db/verify/compare.ts'
import { expectedFromSql } from '../../db/verify/expected.ts'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import { type RowObject, rowObjects } from '../../hub/contract/live/rows.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import type { Worker } from '../support/case-hub.ts'
import { watchedForFile } from '../support/watched.ts'

const MINUTE = 60_000
const { database, hub, hubState, situation, caughtUp, look, newLeader } = await watchedForFile(
  `update operation set day = '2021-11-11', kind = 'drill'`,
)
const { rows: sites } = await database.pool.query<{ id: number }>(
  `insert into facilities (code, district, kind, name_th, name_en) values
     ('h1', '5001', 'hospital', 'รพ. 1', 'Hospital 1'), ('h2', '1001', 'hospital', 'รพ. 2', 'Hospital 2') returning id`,
)
const [hospital = 0, bangkok = 0] = sites.map(({ id }) => id)
const health = await hub.worker('provincial_health', ['50'], 'PHO Chiang Mai')
const governor = await hub.worker('governor', ['50'], 'Governor 50')
const coordinator = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const chief = await hub.worker('district_chief', ['5001'], 'Chief 5001')
const neighbour = await hub.worker('governor', ['51'], 'Governor 51')
const command = await hub.worker('national', ['TH'], 'Command')

async function beds(occupied: number, facility = hospital): Promise<void> {
  await database.pool.query(
    `insert into beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, reported_at)
     select $1, '3', district, 20, 20 - $2::int, 0, $2, 0, 0, $3 from facilities where id = $1
     on conflict (facility_id, level) do update set available = excluded.available, occupied = excluded.occupied,
       reported_at = excluded.reported_at`,
    [facility, occupied, new Date(hub.clock.at)],
  )
}
async function onlyRule(name: string): Promise<number> {
  await database.pool.query('update alert_rules set enabled = (indicator = $1)', [name])
  const { rows } = await database.pool.query<{ id: number }>('select id from alert_rules where indicator = $1', [name])
  return rows[0]?.id ?? 0
}
async function pass(minutes: number): Promise<void> {
  hub.clock.at += minutes * MINUTE
  await look()
}
const live = (scope: Scope): RowObject<'alert'>[] => rowObjects(situation.rows(scope), 'alert')
const only = (scope: Scope = 'alerts:50') => {
  const [alert, ...others] = live(scope)
  if (!alert || others.length > 0) throw new Error(`${others.length + (alert ? 1 : 0)} alerts, not one`)
  return alert
}
/** What it brings about stands in the fold. */
async function answer(who: Worker, alert: { readonly id: string }, move: string, body: object = {}) {
  const said = await who.post(`/api/alerts/${alert.id}/${move}`, body)
  await caughtUp()
  return said
}
const codeOf = ({ status, body }: Awaited<ReturnType<typeof answer>>) => [status, body.error.code]
async function history(id: string): Promise<string[]> {
  const { rows } = await database.pool.query('select kind from alert_events where alert_id = $1 order by id', [id])
  return rows.map(({ kind }) => kind)
}

/** ICU rings after five minutes above 85 %. */
async function ring(): Promise<RowObject<'alert'>> {
  await onlyRule('beds.occupancy')
  await beds(18)
  await pass(1)
  expect(live('alerts:50')).toEqual([])
  await pass(5)
  return only()
}

beforeEach(async () => {
  hubState.live = true
  hubState.lagMs = 0
  await database.pool.query('update alert_rules set enabled = false')
  await pass(11)
  expect(live('alerts')).toEqual([])
})

describe('an alert', () => {
  it('rings when it has been so for the time of its rule, stands in the scopes of its place, and says what it was judged by', async () => {
    const alert = await ring()
    expect(alert).toMatchObject({
      ...{ area: '50', facility: null, indicator: 'beds.occupancy', option: '3', condition: 'above', bound: 0.85 },
      ...{ value: 0.9, severity: 'severe', state: 'raised', owner: 'provincial_health', escalateTo: 'national' },
      ...{
        sound: true,
        announced: true,
        announcedNation: true,
        raisedAt: hub.clock.at,
        dueAt: hub.clock.at + 30 * MINUTE,
      },
      ...{ holder: null, holderKey: null, nameEn: 'ICU (level 3) above 85 %' },
    })
    expect(live('alerts').map(({ id }) => id)).toEqual([alert.id])
    expect(live('alerts:10')).toEqual([])
    await beds(0)
  })

  it('that waits before it rings waits no longer because another hub leads meanwhile', async () => {
    await onlyRule('beds.occupancy')
    await beds(18)
    await pass(1)
    await pass(3)
    newLeader()
    await pass(1)
    expect(live('alerts:50')).toEqual([])
    await pass(1)
    expect(only()).toMatchObject({ state: 'raised' })
    await answer(health, only(), 'acknowledge')
    await beds(0)
    await pass(1)
    const { rows } = await database.pool.query('select from alert_pending')
    expect(rows).toEqual([])
    // A wait that was broken off begins anew, under whoever leads.
    await beds(18)
    await pass(3)
    await beds(0)
    await pass(1)
    newLeader()
    await beds(18)
    await pass(1)
    await pass(3)
    expect(live('alerts:50')).toEqual([])
    await beds(0)
  })

  it('is acknowledged by its owner; who is second reads who has it; it ends with what it is about', async () => {
    const alert = await ring()
    const taken = await answer(health, alert, 'acknowledge', { comment: 'calling the hospital' })
    expect(taken.body.alert).toMatchObject({ state: 'acknowledged', holder: 'PHO Chiang Mai', dueAt: null })
    const second = await answer(governor, alert, 'acknowledge')
    expect(codeOf(second)).toEqual([409, 'alert_held'])
    expect(second.body.error.details).toMatchObject({ holder: 'PHO Chiang Mai', since: hub.clock.at, yours: false })
    await pass(60)
    expect(only()).toMatchObject({ state: 'acknowledged', holder: 'PHO Chiang Mai' })
    await beds(10)
    await pass(1)
    expect(live('alerts:50')).toEqual([])
    const { body } = await chief.get(`/api/alerts/${alert.id}`)
    expect(body.alert).toMatchObject({ state: 'cleared', endedAt: hub.clock.at, holder: 'PHO Chiang Mai' })
    expect(body.events).toMatchObject([
      { kind: 'raised', by: null },
      { kind: 'acknowledged', by: 'PHO Chiang Mai', comment: 'calling the hospital' },
      { kind: 'cleared', state: 'cleared', by: null },
    ])
  })

  it('is taken over with a word, by who may; its history keeps who had it', async () => {
    const alert = await ring()
    expect(codeOf(await answer(governor, alert, 'take-over'))).toEqual([409, 'alert_free'])
    await answer(health, alert, 'shelve', { minutes: 30 })
    expect(codeOf(await answer(health, alert, 'take-over'))).toEqual([409, 'alert_held'])
    expect(codeOf(await answer(coordinator, alert, 'take-over'))).toEqual([403, 'alert_of_others'])
    const taken = await answer(governor, alert, 'take-over', { comment: 'at the hospital' })
    expect(taken.body.alert).toMatchObject({ state: 'acknowledged', holder: 'Governor 50', shelvedUntil: null })
    expect(only()).toMatchObject({ state: 'acknowledged', holder: 'Governor 50', heldAt: hub.clock.at })
    const { body } = await chief.get(`/api/alerts/${alert.id}`)
    expect(body.events).toMatchObject([
      { kind: 'raised' },
      { kind: 'shelved', by: 'PHO Chiang Mai' },
      { kind: 'taken_over', by: 'Governor 50', comment: 'at the hospital' },
    ])
    await beds(0)
  })

  it('stands as before when an answer is taken back, by who gave it, within 30 s, and while nothing else has happened', async () => {
    const alert = await ring()
    const told = only()
    expect(codeOf(await answer(health, alert, 'undo'))).toEqual([409, 'not_possible'])
    await answer(health, alert, 'acknowledge')
    expect(codeOf(await answer(governor, alert, 'undo'))).toEqual([403, 'not_yours'])
    expect((await answer(health, alert, 'undo')).body.alert).toMatchObject({ state: 'raised', answeredAt: null })
    expect(only()).toEqual(told)
    expect(codeOf(await answer(health, alert, 'undo'))).toEqual([409, 'not_possible'])

    await answer(health, alert, 'shelve', { minutes: 30 })
    const shelved = only()
    await answer(governor, alert, 'take-over')
    await answer(governor, alert, 'undo')
    expect(only()).toEqual(shelved)
    await answer(governor, alert, 'unshelve')
    hub.clock.at += 31_000
    expect(codeOf(await answer(governor, alert, 'undo'))).toEqual([409, 'too_late'])
    expect(await history(alert.id)).toEqual([
      'raised',
      'acknowledged',
      'undone',
      'shelved',
      'taken_over',
      'undone',
      'unshelved',
    ])
    await beds(0)
  })

  it('is answered once for each key', async () => {
    const alert = await ring()
    const key = 'key-of-an-answer'
    const answers = [1, 2].map(() => health.post(`/api/alerts/${alert.id}/acknowledge`, {}, { key }))
    const [first, again] = await Promise.all(answers)
    expect(first?.status).toBe(200)
    expect(again?.body).toEqual(first?.body)
    expect(await history(alert.id)).toEqual(['raised', 'acknowledged'])
    await beds(0)
  })

  it('is somebody’s of many who answer at once', async () => {
    const alert = await ring()
    const all = await Promise.all(
      [health, governor, command].map((who) => who.post(`/api/alerts/${alert.id}/acknowledge`, {})),
    )
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    await beds(0)
  })

  it('takes no phone or ID number in a word about it', async () => {
    const alert = await ring()
    for (const move of ['acknowledge', 'take-over', 'shelve'])
      expect(
        codeOf(
          await answer(health, alert, move, {
            comment: 'Call 081 234 5678',
            ...(move === 'shelve' && { minutes: 30 }),
          }),
        ),
      ).toEqual([422, 'personal_number'])
    expect(await history(alert.id)).toEqual(['raised'])
    await beds(0)
  })

  it('keeps each word of who has it, and they have it since they took it', async () => {
    const alert = await ring()
    await answer(health, alert, 'acknowledge')
    const since = hub.clock.at
    await pass(5)
    expect(await answer(health, alert, 'acknowledge', { comment: 'Two beds come free at noon' })).toMatchObject({
      status: 200,
      body: { alert: { state: 'acknowledged', heldAt: since } },
    })
    expect(codeOf(await answer(governor, alert, 'acknowledge', { comment: 'So do I' }))).toEqual([409, 'alert_held'])
    expect(await history(alert.id)).toEqual(['raised', 'acknowledged', 'acknowledged'])
    await beds(0)
  })

  it('is no business of another province, of a lower role or of one who only records', async () => {
    const alert = await ring()
    expect(codeOf(await answer(coordinator, alert, 'acknowledge'))).toEqual([403, 'alert_of_others'])
    expect(codeOf(await answer(chief, alert, 'acknowledge'))).toEqual([403, 'forbidden'])
    expect(codeOf(await answer(neighbour, alert, 'acknowledge'))).toEqual([404, 'not_found'])
    expect(codeOf(await answer(hub.anyone, alert, 'acknowledge'))).toEqual([401, 'unauthenticated'])
    expect((await neighbour.get('/api/alerts?area=50')).status).toBe(403)
    await beds(0)
  })

  it('is shelved for a while, and rings again when it is still so', async () => {
    const alert = await ring()
    await answer(health, alert, 'shelve', { minutes: 30 })
    expect(only()).toMatchObject({
      state: 'shelved',
      shelvedUntil: hub.clock.at + 30 * MINUTE,
      holder: 'PHO Chiang Mai',
    })
    await pass(29)
    expect(only().state).toBe('shelved')
    await pass(1)
    expect(only()).toMatchObject({
      state: 'raised',
      holder: null,
      shelvedUntil: null,
      dueAt: hub.clock.at + 30 * MINUTE,
    })
    await answer(health, alert, 'shelve', { minutes: 30 })
    await answer(governor, alert, 'unshelve')
    expect(only().state).toBe('raised')
    expect(codeOf(await answer(health, alert, 'unshelve'))).toEqual([409, 'alert_not_shelved'])
    expect(await history(alert.id)).toEqual(['raised', 'shelved', 'unshelved', 'shelved', 'unshelved'])
    await beds(0)
  })

  it('is escalated when nobody answers in time, and stands after its end until somebody does', async () => {
    const alert = await ring()
    await pass(30)
    expect(only()).toMatchObject({ state: 'escalated', escalatedAt: hub.clock.at, dueAt: null })
    await beds(0)
    await pass(1)
    expect(only()).toMatchObject({ state: 'cleared_unacknowledged', clearedAt: hub.clock.at })
    expect(codeOf(await answer(health, alert, 'shelve', { minutes: 5 }))).toEqual([409, 'alert_over'])
    expect((await answer(command, alert, 'acknowledge')).body.alert.state).toBe('cleared')
    expect(codeOf(await answer(command, alert, 'acknowledge'))).toEqual([409, 'alert_ended'])
  })

  it('neither rings nor ends while the hub does not follow PostgreSQL', async () => {
    await onlyRule('beds.occupancy')
    await beds(18)
    await pass(1)
    hubState.live = false
    await pass(20)
    expect(live('alerts')).toEqual([])
    hubState.live = true
    await pass(1)
    expect(live('alerts')).toHaveLength(1)
    await beds(0)
  })

  it('of a facility names it, and is withdrawn when the facility closes', async () => {
    await database.pool.query(`update facilities set reported_at = $1 where id = $2`, [
      new Date(hub.clock.at - 25 * 60 * MINUTE),
      bangkok,
    ])
    await onlyRule('silence.facility')
    await pass(1)
    const alert = only('alerts:10')
    expect(alert).toMatchObject({
      area: '1001',
      facility: bangkok,
      facilityEn: 'Hospital 2',
      value: expect.closeTo(25, 1),
    })
    await database.pool.query('update facilities set active = false where id = $1', [bangkok])
    await pass(1)
    expect(live('alerts:10')).toEqual([])
    expect(await history(alert.id)).toEqual(['raised', 'withdrawn'])
  })

  it('of a surge rings on the day itself, as soon as the day has twice a usual one, and is over with the day', async () => {
    const cases = (daysAgo: number, count: number) =>
      database.pool.query(
        `insert into cases (district, report_day, source, classification)
         select '5001', day - $1::int, 'api', 'confirmed' from operation, generate_series(1, $2)`,
        [daysAgo, count],
      )
    for (let day = 1; day <= 7; day++) await cases(day, 10)
    await onlyRule('cases.surge')
    await cases(0, 19)
    await pass(1)
    await pass(11)
    expect(live('alerts:50')).toEqual([])
    await cases(0, 1)
    await pass(1)
    await pass(11)
    expect(only()).toMatchObject({
      area: '50',
      indicator: 'cases.surge',
      value: 1,
      state: 'raised',
      raisedAt: hub.clock.at,
    })
    await database.pool.query('update operation set day = day + 1')
    await cases(0, 1)
    await pass(1)
    expect(only().state).toBe('cleared_unacknowledged')
    await answer(health, only(), 'acknowledge')
    expect(live('alerts:50')).toEqual([])
    await database.pool.query(`delete from cases; update operation set day = day - 1`)
  })

  it('of the hub itself rings for the administrator', async () => {
    await onlyRule('system.lag')
    hubState.lagMs = 6_000
    await pass(1)
    await pass(1)
    expect(only('alerts')).toMatchObject({ area: 'TH', value: 6, owner: 'administrator', announced: true })
  })

  it('of text messages rings when the hour’s are nearly used up', async () => {
    await onlyRule('system.messages')
    await database.pool.query(
      `insert into message_budgets (key, hour, sent) values ('all', date_trunc('hour', $1::timestamptz), 80)`,
      [new Date(hub.clock.at)],
    )
    await pass(1)
    expect(only('alerts')).toMatchObject({ area: 'TH', value: 0.8 })
  })
})

describe('red requests that stand apart until somebody confirms them', () => {
  const apart = (district: string, minutesAgo: number) =>
    database.pool.query(
      `insert into cases (district, report_day, severity, source, on_board, unverified, reported_at)
       select $1, day, 'red', 'help', true, true, $2::timestamptz from operation`,
      [district, new Date(hub.clock.at - minutesAgo * MINUTE)],
    )

  it('ring in their province when the oldest has waited for a quarter of an hour, and end with the lane', async () => {
    await onlyRule('help.unverified')
    await apart('5001', 5)
    await apart('5002', 14)
    await apart('5101', 1)
    await pass(0.5)
    expect(live('alerts:50')).toEqual([])
    await pass(1)
    expect(only()).toMatchObject({
      ...{ area: '50', indicator: 'help.unverified', condition: 'oldest', value: 15.5, severity: 'severe' },
      ...{ owner: 'provincial_health', escalateTo: 'national', sound: true, state: 'raised' },
    })
    expect(live('alerts:51')).toEqual([])
    await database.pool.query(`update cases set unverified = false where district = '5002'`)
    await pass(4)
    // The other of the province has waited for ten minutes and a half by now.
    expect(only().state).toBe('raised')
    await database.pool.query(`update cases set unverified = false where district = '5001'`)
    await pass(1)
    expect(only().state).toBe('cleared_unacknowledged')
    await database.pool.query(`delete from cases where unverified or source = 'help'`)
    await answer(health, only(), 'acknowledge')
  })

  it('that have ended, or were dismissed, wait for nobody', async () => {
    await onlyRule('help.unverified')
    await apart('5001', 60)
    await database.pool.query(`update cases set on_board = false`)
    await pass(1)
    expect(live('alerts:50')).toEqual([])
    await database.pool.query(`delete from cases where source = 'help'`)
  })
})

describe('a rule that cannot be computed', () => {
  it('is said to be, rings for nobody, and holds no other up', async () => {
    const id = await onlyRule('beds.occupancy')
    await database.pool.query(`insert into alert_rules (name_th, name_en, indicator, area_kind, condition, bound, clear_bound, for_seconds,
      severity, owner, ack_minutes, sound) values ('ก', 'Gone', 'beds.gone', 'province', 'above', 1, 1, 0, 'minor', 'governor', 5, false)`)
    await beds(18)
    await pass(1)
    await pass(5)
    expect(live('alerts').map(({ rule }) => rule)).toEqual([id])
    const { rules } = (await command.get('/api/alert-rules')).body
    expect(rules.find(({ nameEn }) => nameEn === 'Gone')).toMatchObject({ problem: 'rule_indicator', nobody: false })
    // The administrator's rules have nobody in this database.
    expect(rules.filter(({ nobody }) => nobody).map(({ owner }) => owner)).toEqual(['administrator', 'administrator'])
    await beds(0)
  })
})

describe('a rule of a province', () => {
  const own = {
    ...{ area: '50', nameTh: 'ก', nameEn: 'Own', indicator: 'beds.occupancy', option: '3', areaKind: 'province' },
    ...{
      condition: 'above',
      bound: 0.95,
      clearBound: 0.9,
      forSeconds: 0,
      severity: 'severe',
      owner: 'provincial_health',
    },
    ...{ ackMinutes: 30, escalateTo: 'national', sound: false, enabled: true },
  }
  const { area: _, indicator: _i, option: _o, areaKind: _k, condition: _c, ...judged } = own

  it('stands in place of the nation’s there and nowhere else; off, it gives way', async () => {
    const nation = await onlyRule('beds.occupancy')
    const made = await health.post('/api/alert-rules', own)
    expect(made).toMatchObject({ status: 201, body: { rule: { area: '50', problem: null, nobody: false } } })
    const id = made.body.rule.id
    await beds(18)
    await beds(18, bangkok)
    await pass(1)
    await pass(6)
    expect(live('alerts:50')).toEqual([])
    expect(only('alerts:10')).toMatchObject({ rule: nation })
    await beds(20)
    await pass(1)
    expect(only()).toMatchObject({ rule: id, bound: 0.95, nameEn: 'Own' })
    expect((await health.post(`/api/alert-rules/${id}/edit`, { ...judged, enabled: false })).status).toBe(200)
    await pass(1)
    await pass(6)
    expect(only()).toMatchObject({ rule: nation })
    await beds(0)
    await beds(0, bangkok)
  })

  it.each([
    ['of another province', { area: '10' }, [403, 'forbidden']],
    ['of the nation', { area: 'TH' }, [403, 'forbidden']],
    ['of a district', { area: '5001' }, [400, 'invalid_input']],
    ['that watches the nation', { areaKind: 'nation' }, [422, 'rule_area']],
    ['of the system', { indicator: 'system.lag', option: null, areaKind: 'nation' }, [422, 'rule_area']],
    ['that calls national command', { owner: 'national', escalateTo: null }, [422, 'rule_owner']],
  ])('is not made by its health office %s', async (_, over, refusal) => {
    expect(codeOf(await health.post('/api/alert-rules', { ...own, ...over }))).toEqual(refusal)
    expect((await health.post('/api/alert-rules/backtest', { ...own, area: '10' })).status).toBe(403)
  })

  it('is changed by its health office and by command; the nation’s by command alone; of no province by nobody', async () => {
    const made = await command.post('/api/alert-rules', { ...own, enabled: false })
    const id = made.body.rule.id
    expect((await health.post(`/api/alert-rules/${id}/edit`, { ...judged, enabled: false, bound: 0.97 })).status).toBe(
      200,
    )
    expect((await command.post(`/api/alert-rules/${id}/edit`, { ...judged, enabled: false })).status).toBe(200)
    const { rows } = await database.pool.query<{ id: number }>(
      `select min(id) as id from alert_rules where area = 'TH'`,
    )
    expect((await health.post(`/api/alert-rules/${rows[0]?.id}/edit`, judged)).status).toBe(403)
    expect((await governor.post(`/api/alert-rules/${id}/edit`, judged)).status).toBe(403)
    expect(codeOf(await command.post('/api/alert-rules', { ...own, area: '99' }))).toEqual([422, 'invalid_input'])
  })

  it('says when nobody has the role of its owner there', async () => {
    const made = await command.post('/api/alert-rules', { ...own, area: '51', enabled: false })
    expect(made.body.rule).toMatchObject({ area: '51', nobody: true })
    const { body } = await health.get('/api/alert-owners?area=50')
    expect(body.owners.find(({ role }) => role === 'provincial_health')).toEqual({
      role: 'provincial_health',
      areas: ['50'],
    })
    expect(body.owners.find(({ role }) => role === 'national')).toMatchObject({ areas: ['TH'] })
  })
})

describe('a flood', () => {
  /** Of minor ones; the rest of ten is kept for what is extreme. */
  const CALLED = 7

  it('of 200 at once: at most ten are announced to an audience, all are kept, and screens are told how many are held back', async () => {
    const { rows: districts } = await database.pool.query<{ code: string }>(
      `select code from areas where level = 'district' and code !~ '00$' order by left(code, 2) <> '50', code limit 200`,
    )
    await command.post('/api/alert-rules', {
      ...{
        nameTh: 'ก',
        nameEn: 'Cases',
        indicator: 'cases.day',
        areaKind: 'district',
        condition: 'above',
        bound: 1,
        clearBound: 1,
      },
      ...{
        forSeconds: 0,
        severity: 'minor',
        owner: 'district_chief',
        ackMinutes: 60,
        escalateTo: null,
        sound: false,
        enabled: true,
      },
    })
    await database.pool.query(
      `insert into cases (district, report_day, source, classification) select unnest($1::text[]), '2021-11-11', 'api', 'confirmed'`,
      [districts.map(({ code }) => code)],
    )
    await pass(1)
    const alerts = live('alerts')
    expect(alerts).toHaveLength(200)
    expect(alerts.filter(({ announcedNation }) => announcedNation)).toHaveLength(CALLED)
    for (const province of new Set(districts.map(({ code }) => code.slice(0, 2)))) {
      const own = live(`alerts:${province}`)
      expect(own.filter(({ announced }) => announced).length, province).toBe(Math.min(CALLED, own.length))
      const flood = rowObjects(situation.rows(`alerts:${province}`), 'flood')
      expect(flood.map(({ held }) => held)).toEqual(own.length > CALLED ? [own.length - CALLED] : [])
    }
    expect(rowObjects(situation.rows('alerts'), 'flood').find(({ id }) => id === 'TH')).toMatchObject({
      held: 200 - CALLED,
    })
    await pass(11)
    expect(live('alerts').filter(({ announcedNation }) => announcedNation)).toHaveLength(2 * CALLED)
    for (const scope of ['alerts', 'alerts:50', 'alerts:10'] as const) {
      const held = emptyScope(scope)
      applyDelta(held, situation.since(scope, 0))
      const expected = await expectedFromSql(database.pool, [scope])
      expect(compare(held, expected.get(scope)!).differences).toEqual([])
    }
  })
})

describe('rules', () => {
  const body = {
    ...{
      nameTh: 'ก',
      nameEn: 'A',
      indicator: 'waiting',
      areaKind: 'province',
      condition: 'above',
      bound: 50,
      clearBound: 40,
    },
    ...{
      forSeconds: 0,
      severity: 'moderate',
      owner: 'governor',
      ackMinutes: 30,
      escalateTo: 'national',
      sound: false,
      enabled: true,
    },
  }

  it('are made and changed by national command and administrators, and each change is in the audit log', async () => {
    const made = await command.post('/api/alert-rules', body)
    expect([made.status, made.body.rule]).toMatchObject([
      201,
      { indicator: 'waiting', option: null, problem: null, nobody: false },
    ])
    const { indicator: _i, areaKind: _a, condition: _c, ...judged } = body
    const edited = await command.post(`/api/alert-rules/${made.body.rule.id}/edit`, {
      ...judged,
      bound: 60,
      enabled: false,
    })
    expect(edited.body.rule).toMatchObject({ indicator: 'waiting', bound: 60, enabled: false })
    expect((await health.post('/api/alert-rules', body)).status).toBe(403)
    const { rows } = await database.pool.query(`select action from audit_log where resource = $1 order by id`, [
      `alert_rule:${made.body.rule.id}`,
    ])
    expect(rows.map(({ action }) => action)).toEqual(['alert_rule.made', 'alert_rule.changed'])
  })

  it.each([
    ['of an indicator that is none', { indicator: 'x' }, [422, 'rule_indicator']],
    ['of a level for what has none', { option: '3' }, [422, 'rule_option']],
    ['that never ends', { clearBound: 0 }, [422, 'rule_clear']],
    ['escalated to who stands below', { escalateTo: 'district_chief' }, [422, 'rule_escalation']],
    ['without a name', { nameEn: ' ' }, [400, 'invalid_input']],
    ['with an endless bound', { bound: 1e300 }, [400, 'invalid_input']],
  ])('%s is refused: %o', async (_, over, refusal) => {
    const said = await command.post('/api/alert-rules', { ...body, ...over })
    expect(codeOf(said)).toEqual(refusal)
    expect(said.body.error.message).toMatch(/\w/)
  })
})
