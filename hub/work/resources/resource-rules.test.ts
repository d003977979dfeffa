import { describe, expect, it } from 'vitest'
import { decideResource, type Resource, type ResourceMove } from './resource-rules.ts'

const NOW = 1_000_000_000
const HOUR = 3_600_000
const me = { id: 'a', label: 'A 1' }
const claimed = (claimedAt = NOW - HOUR): Resource => ({ status: 'claimed', holder: 'b', label: 'B 2', claimedAt })
const STATES: readonly Resource[] = [
  { status: 'open' },
  claimed(),
  { status: 'delivered', holder: 'b', label: 'B 2', claimedAt: 1, at: 2 },
  { status: 'closed', at: 2, reason: 'duplicate', held: null },
]
const statusAfter = (resource: Resource, move: ResourceMove) => {
  const decision = decideResource(resource, move, me, NOW)
  return decision.ok ? decision.resource.status : decision.refusal
}

describe('a request for resources', () => {
  it.each([
    ['claim', ['claimed', 'already_claimed', 'resource_ended', 'resource_ended']],
    ['release', ['resource_open', 'open', 'resource_ended', 'resource_ended']],
    ['deliver', ['resource_open', 'delivered', 'resource_ended', 'resource_ended']],
  ] as const)('%s, from each state', (type, expected) => {
    const move: ResourceMove = type === 'deliver' ? { type, rest: 0 } : { type }
    expect(STATES.map((state) => statusAfter(state, move))).toEqual(expected)
  })

  it('of which a part was delivered is open again for the rest', () => {
    expect(decideResource(claimed(), { type: 'deliver', rest: 3 }, me, NOW)).toEqual({
      ok: true,
      resource: { status: 'open' },
      event: 'delivered',
    })
  })

  it('is kept by its holder, with a new end', () => {
    const mine = { ...claimed(), holder: 'a' } as Resource
    expect(decideResource(mine, { type: 'claim' }, me, NOW)).toMatchObject({
      event: 'kept',
      resource: { claimedAt: NOW },
    })
  })

  it('close, from each state, with its reason', () => {
    const move = { type: 'close', reason: 'not_needed' } as const
    expect(STATES.map((state) => statusAfter(state, move))).toEqual([
      'closed',
      'closed',
      'resource_ended',
      'resource_ended',
    ])
    expect(decideResource(claimed(), move, me, NOW)).toMatchObject({
      resource: { reason: 'not_needed', held: { holder: 'b' } },
    })
  })

  it('a claim of four hours may be taken over, and not before', () => {
    expect(statusAfter(claimed(NOW - 4 * HOUR + 1), { type: 'claim' })).toBe('already_claimed')
    expect(decideResource(claimed(NOW - 4 * HOUR), { type: 'claim' }, me, NOW)).toEqual({
      ok: true,
      resource: { status: 'claimed', holder: 'a', label: 'A 1', claimedAt: NOW },
      event: 'claimed',
    })
  })
})
