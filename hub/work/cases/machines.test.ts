import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BED_LEVELS, BED_STATES } from '../../contract/vocabulary/beds.ts'
import { OUTCOMES } from '../../contract/vocabulary/outcomes.ts'
import { RISKS_608, SYMPTOMS } from '../../contract/vocabulary/people.ts'
import { CARE_PLACES, SEVERITIES } from '../../contract/vocabulary/severity.ts'
import type { Stage } from '../../contract/vocabulary/stages.ts'
import type { TransferStatus } from '../../contract/vocabulary/transfers.ts'
import { compareUrgency, type Urgency } from '../../contract/vocabulary/urgency.ts'
import { BED_EVENTS, type BedCounts, bedSumError, moveBed } from '../beds/bed-rules.ts'
import { holdsBed, openSteps, TRANSFER_EVENTS, TRANSFER_NEXT } from '../transfers/transfer-rules.ts'
import { decidePlace, NEEDS_BED } from './care-place.ts'
import { decideOutcome, NO_DAY, OUTCOME_NEXT } from './outcome.ts'
import { decideTriage, suggestSeverity } from './severity.ts'
import { hasEnded, STAGE_EVENTS, STAGE_NEXT } from './stage.ts'
import { decideUndo, UNDO_MS } from './undo-rules.ts'

const anySeverity = fc.constantFrom(...SEVERITIES)
const anyPlace = fc.constantFrom(...CARE_PLACES)

describe('triage', () => {
  it('suggests what docs/DOMAIN.md says', () => {
    const suggest = (symptoms: (typeof SYMPTOMS)[number][], risks: (typeof RISKS_608)[number][] = [], spo2?: number) =>
      suggestSeverity({ symptoms, risks, spo2 })
    expect(suggest([])).toBe('unknown')
    expect(suggest(['none'])).toBe('green')
    expect(suggest(['fever', 'cough'])).toBe('green')
    expect(suggest(['cough'], ['age60'])).toBe('yellow')
    expect(suggest(['breathless_on_exertion'])).toBe('yellow')
    expect(suggest(['drowsy'])).toBe('red')
    expect(suggest(['cough'], [], 91)).toBe('red')
    expect(suggest([], [], 97)).toBe('green')
  })

  it('never gets milder by a further symptom or risk', () => {
    const order = ['unknown', 'green', 'yellow', 'red']
    fc.assert(
      fc.property(
        fc.subarray([...SYMPTOMS]),
        fc.subarray([...RISKS_608]),
        fc.constantFrom(...SYMPTOMS),
        (symptoms, risks, more) => {
          const before = suggestSeverity({ symptoms, risks })
          const after = suggestSeverity({ symptoms: [...symptoms, more], risks })
          expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before))
        },
      ),
    )
  })
})

describe('red cannot stay in home isolation without a named override', () => {
  it('whatever the order of triage and placing', () => {
    const step = fc.oneof(
      fc.record({ to: anySeverity, override: fc.option(fc.constant('ER 1')) }),
      fc.record({ place: anyPlace, override: fc.option(fc.constant('ER 1')), bed: fc.boolean() }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let current: { severity: (typeof SEVERITIES)[number]; carePlace: (typeof CARE_PLACES)[number] } = {
          severity: 'unknown',
          carePlace: 'unknown',
        }
        let override: string | null = null
        for (const step of steps) {
          const decision =
            'to' in step
              ? decideTriage(current, step.to, step.override)
              : decidePlace(current, step.place, step.override, step.bed)
          if (!decision.ok) continue
          if ('place' in step && NEEDS_BED[step.place]) expect(step.bed).toBe(true)
          override = decision.override
          current = { ...current, ...decision }
          if (current.severity === 'red' && current.carePlace === 'hi') expect(override).toBe('ER 1')
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a transfer', () => {
  it('offers each side its own steps, and nobody any when it has ended', () => {
    const nobody = { across: false, places: false, agrees: false, receives: false, there: false }
    const origin = { ...nobody, places: true }
    const hospital = { ...nobody, receives: true, there: true }
    const both = { ...nobody, places: true, agrees: true, receives: true }
    expect(openSteps('requested', origin)).toEqual(['approve', 'redirect', 'refuse', 'cancel', 'died'])
    expect(openSteps('approved', origin)).toEqual(['refuse', 'cancel', 'died'])
    expect(openSteps('approved', hospital)).toEqual(['accept', 'reject', 'died-at-destination'])
    expect(openSteps('approved', both)).toEqual(['accept', 'refuse', 'cancel', 'died'])
    expect(openSteps('en_route', hospital)).toEqual(['arrive', 'died-at-destination'])
    for (const status of ['rejected', 'arrived', 'cancelled', 'died'] as const) {
      expect(openSteps(status, both)).toEqual([])
    }
  })

  it('into another province is agreed to there, and refused by either', () => {
    const nobody = { across: true, places: false, agrees: false, receives: false, there: false }
    const origin = { ...nobody, places: true }
    const receiver = { ...nobody, agrees: true, receives: true }
    expect(openSteps('requested', origin)).toEqual(['redirect', 'refuse', 'cancel', 'died'])
    expect(openSteps('requested', receiver)).toEqual(['agree', 'decline'])
    expect(openSteps('approved', receiver)).toEqual(['accept', 'decline'])
    expect(openSteps('accepted', receiver)).toEqual(['extend'])
    expect(openSteps('requested', { ...origin, ...receiver, places: true })).toEqual([
      'agree',
      'redirect',
      'refuse',
      'cancel',
      'died',
    ])
  })

  it('holds exactly one bed while it must, and gives it back or fills it when it ends', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TRANSFER_EVENTS), { maxLength: 40 }), (events) => {
        let status: TransferStatus = 'requested'
        let counts: BedCounts = { staffed: 1, available: 1, held: 0, occupied: 0, cleaning: 0, blocked: 0 }
        for (const event of events) {
          const step: (typeof TRANSFER_NEXT)[TransferStatus][typeof event] = TRANSFER_NEXT[status][event]
          if (step === null) continue
          if (step.bed) {
            const moved = moveBed(counts, step.bed)
            if (moved === undefined) throw new Error(`no bed for ${event} in ${status}`)
            counts = moved
          }
          status = step.to
          expect(counts.held).toBe(holdsBed(status) ? 1 : 0)
          expect(counts.occupied).toBe(status === 'arrived' ? 1 : 0)
          expect(bedSumError(counts)).toBe(0)
        }
        if (TRANSFER_EVENTS.every((event) => TRANSFER_NEXT[status][event] === null)) expect(counts.held).toBe(0)
      }),
    )
  })
})

describe('beds', () => {
  it('move one at a time and keep their sum', () => {
    const count = fc.nat(20)
    const anyCounts = fc
      .record({ available: count, held: count, occupied: count, cleaning: count, blocked: count })
      .map((c) => ({ ...c, staffed: c.available + c.held + c.occupied + c.cleaning + c.blocked }))
    fc.assert(
      fc.property(anyCounts, fc.array(fc.constantFrom(...BED_EVENTS)), (start, events) => {
        let counts: BedCounts = start
        for (const event of events) counts = moveBed(counts, event) ?? counts
        expect(bedSumError(counts)).toBe(0)
        for (const state of BED_STATES) expect(counts[state]).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(BED_LEVELS).toContain('2.1')
  })
})

describe('a stage', () => {
  it('ends only by closing, by being a duplicate or invalid, and opens again only by name', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STAGE_EVENTS), { maxLength: 30 }), (events) => {
        let stage: Stage = 'reported'
        for (const event of events) {
          const next: Stage | null = STAGE_NEXT[stage][event]
          if (next === null) continue
          if (hasEnded(next) && !hasEnded(stage)) {
            expect(['close', 'mark_duplicate', 'invalidate']).toContain(event)
          }
          if (hasEnded(stage)) expect(['reopen', 'escalate']).toContain(event)
          stage = next
        }
      }),
    )
    for (const stage of Object.keys(STAGE_NEXT) as Stage[]) expect(STAGE_NEXT[stage].escalate).not.toBeNull()
  })
})

describe('an outcome', () => {
  it('has a day exactly when it is recovered or died', () => {
    for (const from of OUTCOMES) {
      for (const to of OUTCOMES) {
        const decision = decideOutcome(from, to, undefined, '2021-11-01', '2021-11-11')
        expect(decision.ok).toBe(OUTCOME_NEXT[from].includes(to))
        if (decision.ok) expect(decision.outcomeDay !== NO_DAY).toBe(to === 'recovered' || to === 'died')
      }
    }
  })

  it('may be a death that was found late, of before the report; further back the sentence names the days', () => {
    const on = (to: 'died' | 'recovered', day: string) => decideOutcome('none', to, day, '2021-11-01', '2021-11-11')
    expect(on('died', '2021-10-31')).toMatchObject({ ok: true, outcomeDay: '2021-10-31' })
    expect(on('died', '2021-09-02').ok).toBe(true)
    expect(on('died', '2021-09-01')).toMatchObject({
      ok: false,
      refusal: {
        code: 'outcome_day',
        details: { outcomeDay: '2021-09-01', notBefore: '2021-09-02', notAfter: '2021-11-11' },
      },
    })
    expect(on('recovered', '2021-10-31')).toMatchObject({
      ok: false,
      refusal: { code: 'outcome_day', details: { notBefore: '2021-11-01' } },
    })
  })

  it('is not in the future', () => {
    expect(decideOutcome('none', 'died', '2021-11-12', '2021-11-01', '2021-11-11').ok).toBe(false)
    expect(decideOutcome('none', 'died', '2021-11-10', '2021-11-01', '2021-11-11').ok).toBe(true)
  })
})

describe('urgency', () => {
  it('orders by severity, then 608, then waiting time, and is a total order', () => {
    const any: fc.Arbitrary<Urgency> = fc.record({
      severity: anySeverity,
      risk608: fc.boolean(),
      waitingSince: fc.nat(1000),
    })
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(Math.sign(compareUrgency(a, b))).toBe(-Math.sign(compareUrgency(b, a)) + 0)
        if (compareUrgency(a, b) <= 0 && compareUrgency(b, c) <= 0) expect(compareUrgency(a, c)).toBeLessThanOrEqual(0)
      }),
    )
    const red = { severity: 'red', risk608: false, waitingSince: 900 } as const
    const old = { severity: 'green', risk608: true, waitingSince: 0 } as const
    expect(compareUrgency(red, old)).toBeLessThan(0)
  })
})

describe('undo', () => {
  const event = { kind: 'need.claimed', actor: 'a', recordedAt: 1000 }
  it('takes back a mis-tap of one’s own within half a minute', () => {
    expect(decideUndo(event, 'a', false, 1000 + UNDO_MS)).toEqual({ ok: true, axis: 'need' })
    expect(decideUndo(event, 'a', false, 1001 + UNDO_MS)).toMatchObject({ refusal: { code: 'too_late' } })
    expect(decideUndo(event, 'b', false, 2000)).toMatchObject({ refusal: { code: 'not_yours' } })
    expect(decideUndo(event, 'a', true, 2000)).toMatchObject({ refusal: { code: 'not_possible' } })
    expect(decideUndo({ ...event, kind: 'case.revealed' }, 'a', false, 2000)).toMatchObject({ ok: false })
  })
})
