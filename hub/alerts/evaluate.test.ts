import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audienceOf, byRank } from '../contract/alerts/order.ts'
import type { AlertRule } from '../contract/alerts/rules.ts'
import { FLOOD_MS, HELD_STATES } from '../contract/vocabulary/alerts.ts'
import type { Flood } from './budget.ts'
import { type Event, evaluate, type LiveAlert, UNANSWERED_KEPT_MS } from './evaluate.ts'
import { decideAnswer } from './machine.ts'
import { keyOf, onSince, type Reading } from './readings.ts'

const MINUTE = 60_000
const rule = (id: number, over: Partial<AlertRule> = {}): AlertRule => ({
  ...{
    id,
    area: 'TH',
    nameTh: 'ก',
    nameEn: 'A',
    indicator: 'beds.occupancy',
    option: '3',
    areaKind: 'province',
    condition: 'above',
  },
  ...{ bound: 0.85, clearBound: 0.8, forSeconds: 0, severity: 'severe', owner: 'provincial_health', ackMinutes: 30 },
  ...{ escalateTo: 'national', sound: true, enabled: true },
  ...over,
})
type Told = Event & { readonly at: number; readonly alert: number; readonly area: string }

/** The table of alerts and their history, in memory, and what the hub makes of it. */
function world(rules: AlertRule[]) {
  const live = new Map<number, LiveAlert>()
  const events: Told[] = []
  let floods: ReadonlyMap<string, Flood> = new Map()
  let since: ReadonlyMap<string, number> = new Map()
  let last = 0

  function recent(now: number) {
    const counts = new Map<string, { fresh: number; announced: number }>()
    const add = (audience: string, fresh: boolean, announced: boolean) => {
      const count = counts.get(audience) ?? { fresh: 0, announced: 0 }
      counts.set(audience, { fresh: count.fresh + Number(fresh), announced: count.announced + Number(announced) })
    }
    for (const { kind, at, area, announced, announcedNation } of events) {
      if (at <= now - FLOOD_MS || !['raised', 'returned', 'released', 'unshelved'].includes(kind)) continue
      const fresh = kind === 'raised' || kind === 'returned'
      if (area !== 'TH') add(audienceOf(area), fresh, announced)
      add('TH', fresh, announcedNation)
    }
    return counts
  }

  return {
    live,
    events,
    rules,
    floods: () => floods,
    look(readings: readonly Reading[], now: number) {
      const all = new Map(readings.map((reading) => [keyOf(reading.rule.id, reading), reading]))
      since = onSince(since, all, now)
      const situated = { rules, readings: all, since, live: [...live.values()], recent: recent(now), floods, now }
      const step = evaluate(situated)
      floods = step.floods
      for (const { alert, standing, events: told, ...flags } of step.change) {
        if (standing.state === 'cleared') live.delete(alert.id)
        else {
          const clearedAt = standing.state === 'cleared_unacknowledged' ? now : null
          live.set(alert.id, { ...alert, ...flags, standing, clearedAt })
        }
        events.push(...told.map((event) => ({ ...event, at: now, alert: alert.id, area: alert.area })))
      }
      for (const { reading, standing, events: told, ...flags } of step.raise) {
        const id = ++last
        const { severity, ackMinutes, escalateTo } = reading.rule
        const { area, facility } = reading
        const place = { id, rule: reading.rule.id, area, facility, severity, ackMinutes, escalateTo }
        live.set(id, { ...place, ...flags, standing, raisedAt: now, clearedAt: null })
        events.push(...told.map((event) => ({ ...event, at: now, alert: id, area })))
      }
      return step
    },
    answer(id: number, type: 'acknowledge' | 'unshelve' | 'shelve', now: number) {
      const alert = live.get(id)
      if (!alert) return
      const move = type === 'shelve' ? { type, minutes: 30 } : { type }
      const decision = decideAnswer(
        alert.standing,
        move,
        { id: 'a', label: 'A' },
        { now, ackMinutes: alert.ackMinutes },
      )
      if (!decision.ok) return
      if (decision.standing.state === 'cleared') live.delete(id)
      else live.set(id, { ...alert, standing: decision.standing })
    },
  }
}

const reading = (of: AlertRule, area: string, verdict: Reading['verdict'], value: number | null = 0.9): Reading => ({
  ...{ rule: of, area, facility: null, verdict, value },
})
const states = ({ live }: ReturnType<typeof world>) => [...live.values()].map(({ standing }) => standing.state)
const kinds = ({ events }: ReturnType<typeof world>) => events.map(({ kind }) => kind)

describe('the life of an alert', () => {
  const icu = rule(1)

  it('rings, is acknowledged, and ends with what it is about', () => {
    const it = world([icu])
    it.look([reading(icu, '50', 'on')], 0)
    it.look([reading(icu, '50', 'between')], MINUTE)
    expect(states(it)).toEqual(['raised'])
    it.answer(1, 'acknowledge', MINUTE)
    it.look([reading(icu, '50', 'unknown', null)], 100 * MINUTE)
    expect(states(it)).toEqual(['acknowledged'])
    it.look([reading(icu, '50', 'off')], 101 * MINUTE)
    expect(states(it)).toEqual([])
    it.look([reading(icu, '50', 'on')], 102 * MINUTE)
    expect(states(it)).toEqual(['raised'])
    expect(kinds(it)).toEqual(['raised', 'cleared', 'raised'])
  })

  it('is escalated when nobody has answered in time, once', () => {
    const it = world([icu])
    for (const minute of [0, 29, 30, 31, 90]) it.look([reading(icu, '50', 'on')], minute * MINUTE)
    expect(states(it)).toEqual(['escalated'])
    expect(kinds(it)).toEqual(['raised', 'escalated'])
    const toNobody = rule(2, { escalateTo: null })
    const other = world([toNobody])
    for (const minute of [0, 30, 90]) other.look([reading(toNobody, '50', 'on')], minute * MINUTE)
    expect(states(other)).toEqual(['raised'])
  })

  it('that is over before anybody answered stands until it is acknowledged, rings again, or is forgotten after a shift', () => {
    const it = world([icu])
    it.look([reading(icu, '50', 'on')], 0)
    it.look([reading(icu, '50', 'off')], MINUTE)
    expect(states(it)).toEqual(['cleared_unacknowledged'])
    it.look([reading(icu, '50', 'on')], 2 * MINUTE)
    it.look([reading(icu, '50', 'off')], 3 * MINUTE)
    it.look([reading(icu, '50', 'off')], 3 * MINUTE + UNANSWERED_KEPT_MS)
    expect(states(it)).toEqual([])
    expect(kinds(it)).toEqual(['raised', 'cleared', 'returned', 'cleared', 'unanswered'])
  })

  it('that was shelved rings again after its time if it is still so', () => {
    const it = world([icu])
    it.look([reading(icu, '50', 'on')], 0)
    it.answer(1, 'shelve', 0)
    it.look([reading(icu, '50', 'on')], 29 * MINUTE)
    expect(states(it)).toEqual(['shelved'])
    it.look([reading(icu, '50', 'on')], 30 * MINUTE)
    expect([...it.live.values()].map(({ standing }) => standing)).toEqual([{ state: 'raised', dueAt: 60 * MINUTE }])
  })

  it('waits until it has been so for the time of its rule; what is not known meanwhile does not start it anew', () => {
    const slow = rule(3, { forSeconds: 300 })
    const it = world([slow])
    it.look([reading(slow, '50', 'on')], 0)
    it.look([reading(slow, '50', 'unknown', null)], 2 * MINUTE)
    it.look([reading(slow, '50', 'on')], 4 * MINUTE)
    expect(states(it)).toEqual([])
    it.look([reading(slow, '50', 'on')], 5 * MINUTE)
    expect(states(it)).toEqual(['raised'])
    const flapping = world([slow])
    for (let minute = 0; minute < 60; minute++) {
      flapping.look([reading(slow, '50', minute % 4 === 3 ? 'between' : 'on')], minute * MINUTE)
    }
    expect(kinds(flapping)).toEqual([])
  })

  it('is withdrawn when its rule is turned off or its place is gone, and left alone while its rule cannot be computed', () => {
    const it = world([icu])
    const ring = () => it.look([reading(icu, '50', 'on')], 0)
    ring()
    it.look([], MINUTE)
    expect(kinds(it)).toEqual(['raised', 'withdrawn'])
    ring()
    it.rules[0] = { ...icu, option: '9' }
    it.look([], MINUTE)
    expect(states(it)).toEqual(['raised'])
    it.rules[0] = { ...icu, enabled: false }
    it.look([reading(icu, '50', 'on')], MINUTE)
    expect(states(it)).toEqual([])
  })
})

describe('a flood', () => {
  const minor = rule(1, { severity: 'minor' })
  const extreme = rule(2, { severity: 'extreme' })
  const many = (of: AlertRule, n: number) => Array.from({ length: n }, (_, i) => reading(of, `50${10 + i}`, 'on'))

  it('of 200 in a minute: at most ten are announced to an audience, the worst first; all are kept and counted', () => {
    const it = world([minor, extreme])
    const all = [...many(minor, 80), ...many(extreme, 20)].flatMap((one) => [
      one,
      { ...one, area: `10${one.area.slice(2)}` },
    ])
    it.look(all, 0)
    expect(it.live.size).toBe(200)
    for (const audience of ['50', '10']) {
      const told = [...it.live.values()].filter(({ area, announced }) => area.startsWith(audience) && announced)
      expect(told.map(({ severity }) => severity)).toEqual(Array(10).fill('extreme'))
    }
    expect([...it.live.values()].filter(({ announcedNation }) => announcedNation)).toHaveLength(10)
    expect(Object.fromEntries(it.floods())).toEqual({
      10: { since: 0, held: 90 },
      50: { since: 0, held: 90 },
      TH: { since: 0, held: 190 },
    })
  })

  it('ten of the worst are none, an eleventh is; of milder ones an eighth', () => {
    for (const [of, most] of [
      [extreme, 10],
      [minor, 7],
    ] as const) {
      const it = world([of])
      it.look(many(of, most), 0)
      expect([...it.floods()]).toEqual([])
      it.look(many(of, most + 1), MINUTE)
      expect(it.floods().get('50')).toEqual({ since: MINUTE, held: 1 })
    }
  })

  it('of milder ones that came before holds back no red patient who waits', () => {
    const it = world([minor, extreme])
    it.look(many(minor, 40), 0)
    it.look([...many(minor, 40), ...many(extreme, 3)], MINUTE)
    const reds = [...it.live.values()].filter(({ severity }) => severity === 'extreme')
    expect(reds.map(({ announced, announcedNation }) => announced && announcedNation)).toEqual([true, true, true])
  })

  it('what was held back has its turn when the budget has room, the worst first, and then the flood is over', () => {
    const it = world([minor, extreme])
    const all = [...many(minor, 9), ...many(extreme, 5)]
    it.look(all, 0)
    it.look(all, FLOOD_MS)
    expect(it.events.filter(({ kind, announced }) => kind === 'released' && announced)).toHaveLength(7)
    expect(states(it)).not.toContain('suppressed')
    expect([...it.floods()]).toEqual([])
  })

  it('what was held back and is over ends without an answer: nobody was called to it', () => {
    const it = world([minor])
    it.look(many(minor, 12), 0)
    it.look(
      many(minor, 12).map((one) => ({ ...one, verdict: 'off' as const })),
      MINUTE,
    )
    expect(states(it)).toEqual(Array(7).fill('cleared_unacknowledged'))
  })
})

const VERDICTS = ['on', 'off', 'between', 'unknown'] as const
const AREAS = ['TH', '10', '50', '5001', '5002']
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ look: fc.array(fc.constantFrom(...VERDICTS), { minLength: 15, maxLength: 15 }) }),
  },
  fc.record({
    answer: fc.constantFrom('acknowledge' as const, 'shelve' as const, 'unshelve' as const),
    alert: fc.integer({ min: 1, max: 30 }),
  }),
)

describe('whatever happens', () => {
  it('there is one live alert of a rule and a place, no audience is called to more than ten in ten minutes, and nothing happens twice', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(action, fc.integer({ min: 0, max: 20 })), { maxLength: 60 }), (script) => {
        const rules = [rule(1, { severity: 'minor' }), rule(2), rule(3, { severity: 'extreme', forSeconds: 120 })]
        const it = world(rules)
        let now = 0
        for (const [what, minutes] of script) {
          now += minutes * MINUTE
          if ('answer' in what) {
            it.answer(what.alert, what.answer, now)
            continue
          }
          const readings = rules.flatMap((one, i) => AREAS.map((area, j) => reading(one, area, what.look[i * 5 + j]!)))
          it.look(readings, now)
          check(it, readings, now)
          const again = it.look(readings, now)
          expect([...again.raise, ...again.change]).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  function check(it: ReturnType<typeof world>, readings: readonly Reading[], now: number): void {
    const alerts = [...it.live.values()]
    expect(new Set(alerts.map((alert) => keyOf(alert.rule, alert))).size).toBe(alerts.length)
    const verdicts = new Map(readings.map((one) => [keyOf(one.rule.id, one), one.verdict]))
    for (const alert of alerts) {
      // Whoever has it has it while it is so, and not beyond.
      if (verdicts.get(keyOf(alert.rule, alert)) === 'off') expect(HELD_STATES).not.toContain(alert.standing.state)
    }
    for (const audience of ['TH', '10', '50']) {
      const told = it.events.filter(({ kind, at, area, announced, announcedNation }) => {
        const rings = ['raised', 'returned', 'released', 'unshelved'].includes(kind)
        return (
          rings &&
          at > now - FLOOD_MS &&
          (audience === 'TH' ? announcedNation : announced && audienceOf(area) === audience)
        )
      })
      expect(told.length).toBeLessThanOrEqual(10)
    }
    // None is held back while a lesser one of the same audience was called to at the same moment.
    for (const audience of ['10', '50']) {
      const ofIt = alerts.filter(({ area }) => audienceOf(area) === audience).toSorted(byRank)
      const newly = new Set(it.events.filter(({ at, announced }) => at === now && announced).map(({ alert }) => alert))
      const firstHeld = ofIt.findIndex(({ standing }) => standing.state === 'suppressed')
      if (firstHeld >= 0)
        expect(ofIt.slice(firstHeld).some(({ id, standing }) => standing.state === 'raised' && newly.has(id))).toBe(
          false,
        )
    }
  }
})
