import { describe, expect, it } from 'vitest'
import { boardCases, filterCases, LATE_MS, NO_FILTER } from '../../../dashboard/src/cases/board.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { ROW_COLUMNS, type RowKind, type RowObject } from '../../contract/live/rows.ts'
import { REDS_PER_NETWORK_AND_10_MINUTES } from '../services.ts'
import { FLOOD_MIN } from './flood.ts'

const { database, hub } = await drillHubForFile()
const triage = await hub.worker('triage', ['50'], 'Triage 50')
const volunteer = await hub.worker('volunteer', ['50'], 'VHV 50')
const rows = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows

const MINUTE = 60_000
const INVENTED = 2_000
const AT_ONCE = 8
function later(minutes: number): void {
  hub.clock.at += minutes * MINUTE
}

const red = (over: Record<string, unknown> = {}) => ({
  language: 'th',
  consent: { given: true, version: '2026-11' },
  name: 'ทดสอบ',
  needs: ['bed'],
  symptoms: ['drowsy'],
  risks: [],
  place: { area: '500101' },
  ...over,
})
let nets = 0
/** Each from a network of its own. */
const somewhere = () => ({ address: `198.${18 + (++nets >> 8)}.${nets & 255}.7` })
const ask = async (over = {}, from = somewhere()) => {
  const reply = await hub.anyone.post('/api/help', red(over), from)
  expect([reply.status, reply.body]).toMatchObject([201, { severity: 'red' }])
  return reply.body.code
}
const newest = async (): Promise<{ id: number; unverified: boolean }> =>
  (await rows('select id::int, unverified from cases order by id desc limit 1'))[0]
const counted = async () =>
  (
    await rows(`select count(*)::int as all, count(*) filter (where unverified)::int as apart,
      count(*) filter (where on_board)::int as board from cases where severity = 'red'`)
  )[0]

/** What a screen of the board has, in the order in which it shows it. */
async function board(show: 'all' | 'unverified') {
  const of = async <K extends RowKind>(kind: K, sql: string): Promise<RowObject<K>[]> =>
    (await rows(sql)).map((row) => ({
      ...Object.fromEntries(ROW_COLUMNS[kind].map((column) => [column, null])),
      ...row,
    })) as unknown as RowObject<K>[]
  const cases = await of(
    'case',
    `select id::text, district, place, severity, risk608, stage, unverified, extract(epoch from reported_at) * 1000 as "reportedAt"
     from cases where on_board`,
  )
  const needs = await of(
    'need',
    `select id::text, case_id::text as "caseId", kind, status, extract(epoch from opened_at) * 1000 as "openedAt" from needs where ended_at is null`,
  )
  const view = { now: hub.clock.at, leaseMs: LATE_MS, me: 'me', areas: ['50'], placeText: () => '' }
  return filterCases(boardCases(cases, needs), { ...NO_FILTER, show }, view).map(({ id }) => id)
}

describe('a flood of invented red requests from many addresses', () => {
  it('is taken, every one, and stands apart; a red that somebody has seen stands where it would without', async () => {
    for (let i = 0; i < FLOOD_MIN; i++) await ask()
    expect(await counted()).toEqual({ all: FLOOD_MIN, apart: 0, board: FLOOD_MIN })
    let left = INVENTED - FLOOD_MIN
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) await ask()
      }),
    )
    expect(await counted()).toEqual({ all: INVENTED, apart: INVENTED - FLOOD_MIN, board: INVENTED })

    later(1)
    const who = { kind: 'patient', name: 'จริง', phone: '0800000001', place: { area: '500101' } }
    const seen = await volunteer.post('/api/record', { ...who, needs: ['bed'], symptoms: ['drowsy'] })
    expect([seen.status, seen.body]).toMatchObject([201, {}])
    const real = await newest()
    expect(real.unverified).toBe(false)
    const shown = await board('all')
    expect(shown.indexOf(real.id)).toBe(FLOOD_MIN)
    const apart = await board('unverified')
    expect(apart).toHaveLength(INVENTED - FLOOD_MIN)
    expect(new Set([...shown, ...apart]).size).toBe(INVENTED + 1)
  }, 600_000)

  it('opens by a tap, one as the other', async () => {
    const apart = await board('unverified')
    for (const id of [apart[0], apart.at(-1), ...apart.filter((_, i) => i % 100 === 50)]) {
      const { status, body } = await triage.get(`/api/cases/${id}`)
      expect([status, body.case.id]).toEqual([200, id])
    }
  })

  it('one that is real leaves the lane by a tap, and an invented one; both can be taken back for 30 s', async () => {
    const [first = 0, second = 0] = await board('unverified')
    const real = await triage.post(`/api/cases/${first}/verify`)
    expect(real.status).toBe(200)
    expect((await board('all')).includes(first)).toBe(true)
    expect((await triage.post(`/api/cases/${first}/undo`, { event: real.body.event })).status).toBe(200)
    expect(await board('unverified')).toContain(first)

    const invented = await triage.post(`/api/cases/${second}/dismiss`)
    expect([invented.status, invented.body.case.stage]).toEqual([200, 'invalid'])
    expect(await board('unverified')).not.toContain(second)
    const [said] = await rows(`select actor, details ->> 'reason' as reason from case_events where id = $1`, [
      invented.body.event,
    ])
    expect(said).toEqual({ actor: triage.grant?.account, reason: 'invalid' })
    expect((await triage.post(`/api/cases/${second}/undo`, { event: invented.body.event })).status).toBe(200)
    expect(await board('unverified')).toContain(second)
  })

  it('what stands apart no more cannot be dismissed so, nor by whoever does not triage', async () => {
    const [id = 0] = await board('unverified')
    expect((await volunteer.post(`/api/cases/${id}/dismiss`)).status).toBe(403)
    await triage.post(`/api/cases/${id}/verify`)
    const { status, body } = await triage.post(`/api/cases/${id}/dismiss`)
    expect([status, body.error.code]).toEqual([409, 'not_possible'])
  })

  it('another province is asked as ever, and this one again when it is over', async () => {
    await ask({ place: { area: '100101' } })
    expect((await newest()).unverified).toBe(false)
    later(11)
    await ask()
    expect((await newest()).unverified).toBe(false)
  })
})

describe('the phone of a request that stands apart', () => {
  it('is confirmed by its one-time code: nobody has to look at it first', async () => {
    for (let i = 0; i < FLOOD_MIN; i++) await ask()
    const code = await ask({ phone: '0812345678' })
    expect((await newest()).unverified).toBe(true)
    hub.messages.length = 0
    expect((await hub.anyone.post('/api/help/resend', {}, { code })).status).toBe(200)
    await hub.hub.deps.caseWork.outbox.settled()
    const digits = /\d{6}/.exec(hub.messages.at(-1)?.text ?? '')?.[0]
    expect((await hub.anyone.post('/api/help/verify', { code: digits }, { code })).status).toBe(200)
    expect((await newest()).unverified).toBe(false)
  })
})

describe('one network', () => {
  it('is taken as ever, and stands apart beyond its usual, also when nothing else comes in', async () => {
    later(11)
    const place = { area: '800101' }
    const from = () => ({ address: `192.0.2.${++nets % 250}` })
    const provinces = [...Array.from({ length: 18 }, (_, i) => 10 + i), 30, 31].slice(
      0,
      REDS_PER_NETWORK_AND_10_MINUTES,
    )
    for (const province of provinces) await ask({ place: { area: `${province}0101` } }, from())
    await ask({ place }, from())
    expect((await newest()).unverified).toBe(true)
    await ask({ place })
    expect((await newest()).unverified).toBe(false)
  })
})
