import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOSE_NEED_REASONS } from '../../contract/vocabulary/needs.ts'
import { LEASE_MS, leaseUntil, shortenedLease, warnAt } from './lease.ts'
import {
  decideNeed,
  type Holder,
  isHeld,
  NEED_EVENTS,
  type Need,
  type NeedActor,
  type NeedEvent,
  type NeedEventType,
} from './need-rules.ts'

const OPEN: Need = { fence: 0, state: { status: 'open', freed: null } }
const LEASE = 900_000
const ann: Holder = { id: 'a', label: 'Rescue 1' }
const bob: Holder = { id: 'b', label: 'Rescue 2' }
const actor = (holder: Holder, fence?: number, supervises = false): NeedActor => ({ ...holder, supervises, fence })

function claimed(by = ann, now = 0): Need {
  const decision = decideNeed(OPEN, { type: 'claim' }, actor(by), LEASE, now)
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.need
}

function code(need: Need, event: NeedEvent, by: NeedActor, now = 1000): string {
  const decision = decideNeed(need, event, by, LEASE, now)
  return decision.ok ? 'ok' : decision.refusal.code
}

describe('a claim', () => {
  it('tells the loser who has it and since when', () => {
    const decision = decideNeed(claimed(ann, 500), { type: 'claim' }, actor(bob), LEASE, 1000)
    expect(decision).toEqual({
      ok: false,
      refusal: {
        code: 'already_claimed',
        details: { holder: 'Rescue 1', since: 500, until: 500 + LEASE, yours: false },
      },
    })
  })

  it('whose lease has run out counts as open, and its late holder is told so', () => {
    const need = claimed()
    expect(code(need, { type: 'heartbeat' }, actor(ann, 1), LEASE)).toBe('lease_expired')
    const decision = decideNeed(need, { type: 'claim' }, actor(bob), LEASE, LEASE)
    expect(decision).toMatchObject({ ok: true, need: { fence: 2 }, lapsed: { holder: ann } })
  })

  it('rejects a late write with an old fence and says who holds it', () => {
    const taken = decideNeed(claimed(), { type: 'claim' }, actor(bob), LEASE, LEASE + 1)
    if (!taken.ok) throw new Error('claimed')
    expect(decideNeed(taken.need, { type: 'fulfil' }, actor(ann, 1), LEASE, LEASE + 2)).toMatchObject({
      refusal: { code: 'stale_fence', details: { holder: 'Rescue 2', since: LEASE + 1 } },
    })
  })

  it('is moved by its holder or a supervisor of the area, and by nobody else', () => {
    for (const type of ['fulfil', 'release', 'transfer'] as const) {
      expect(code(claimed(), { type }, actor(bob, 1))).toBe('not_holder')
      expect(code(claimed(), { type }, actor(bob, undefined, true))).toBe('ok')
      expect(code(claimed(), { type }, actor(ann, 1))).toBe('ok')
    }
    expect(code(claimed(), { type: 'fulfil' }, actor(ann))).toBe('stale_fence')
  })

  it('is handed over only to whom it was offered, who gets a lease and a fence of their own', () => {
    const offered = decideNeed(claimed(), { type: 'offer', to: bob }, actor(ann, 1), LEASE, 100)
    if (!offered.ok) throw new Error('offered')
    expect(code(offered.need, { type: 'accept' }, actor({ id: 'c', label: 'x' }))).toBe('not_offered')
    const accepted = decideNeed(offered.need, { type: 'accept' }, actor(bob), LEASE, 200)
    expect(accepted).toMatchObject({ ok: true, need: { fence: 2, state: { holder: bob, offer: null } } })
    const rejected = decideNeed(offered.need, { type: 'reject' }, actor(bob), LEASE, 200)
    expect(rejected).toMatchObject({ ok: true, need: { fence: 1, state: { holder: ann, offer: null } } })
  })
})

describe('leases', () => {
  it('follow severity and warn before they end', () => {
    expect(leaseUntil(LEASE_MS, 'red', 0)).toBe(15 * 60_000)
    expect(warnAt(LEASE_MS, 'red', LEASE_MS.red)).toBe(12 * 60_000)
    expect(shortenedLease(LEASE_MS, 'red', LEASE_MS.green, 0)).toBe(LEASE_MS.red)
    expect(shortenedLease(LEASE_MS, 'green', 1000, 0)).toBe(1000)
  })
})

const types = Object.keys(NEED_EVENTS) as NeedEventType[]
const people: Holder[] = [ann, bob, { id: 'c', label: 'Rescue 3' }]
const anyEvent: fc.Arbitrary<NeedEvent> = fc
  .tuple(fc.constantFrom(...types), fc.constantFrom(...people), fc.constantFrom(...CLOSE_NEED_REASONS))
  .map(([type, to, reason]) => (type === 'offer' ? { type, to } : type === 'close' ? { type, reason } : { type }))
const anyStep = fc.record({
  event: anyEvent,
  who: fc.constantFrom(...people),
  supervises: fc.boolean(),
  /** what the actor believes: the fence it was last given, an older one, or none */
  belief: fc.constantFrom('right', 'old', 'none'),
  wait: fc.integer({ min: 0, max: LEASE }),
})

describe('any sequence of events', () => {
  it('keeps one holder, a fence that only grows, and a reason for every closing', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        let need = OPEN
        let now = 0
        for (const { event, who, supervises, belief, wait } of steps) {
          now += wait
          const fence = belief === 'right' ? need.fence : belief === 'old' ? need.fence - 1 : undefined
          const decision = decideNeed(need, event, { ...who, supervises, fence }, LEASE, now)
          if (!decision.ok) continue
          const before = decision.lapsed ? ({ status: 'open', freed: 'expired' } as const) : need.state
          const after = decision.need
          expect(NEED_EVENTS[event.type].next[before.status]).toBe(after.state.status)
          expect(after.fence).toBeGreaterThanOrEqual(need.fence)
          if (isHeld(after.state)) {
            const changedHands = !isHeld(before) || before.holder.id !== after.state.holder.id
            if (changedHands) expect(['claim', 'accept']).toContain(event.type)
            expect(after.fence).toBe(need.fence + (event.type === 'claim' || event.type === 'accept' ? 1 : 0))
            if (who.id === after.state.holder.id) expect(after.state.leaseUntil).toBeGreaterThan(now)
          }
          if (isHeld(before) && !['ask', 'accept', 'reject', 'expire'].includes(event.type)) {
            expect(supervises || (before.holder.id === who.id && fence === need.fence)).toBe(true)
          }
          if (after.state.status === 'closed') expect(CLOSE_NEED_REASONS).toContain(after.state.reason)
          if (event.type === 'expire') expect(isHeld(before) && before.leaseUntil <= now).toBe(true)
          need = after
        }
      }),
      { numRuns: 2000 },
    )
  })
})
