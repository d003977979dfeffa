import { expect, test } from 'vitest'
import { maySee } from './sight.ts'

const LEASE_MS = 15 * 60_000
const base = { needs: [], me: 'me', supervises: false, heldLast: false, now: 0, heardAt: 0, leaseMs: LEASE_MS }

test('the holder sees a person until the lease ends, whether or not the link is up', () => {
  const held = { ...base, needs: [{ holderKey: 'me', leaseUntil: LEASE_MS }] }
  expect(maySee(held)).toBe(true)
  expect(maySee({ ...held, now: LEASE_MS - 1 })).toBe(true)
  expect(maySee({ ...held, now: LEASE_MS })).toBe(false)
  expect(maySee({ ...held, now: LEASE_MS, heardAt: LEASE_MS })).toBe(false)
  expect(maySee({ ...base, needs: [{ holderKey: 'other', leaseUntil: LEASE_MS }] })).toBe(false)
  expect(maySee({ ...base, needs: [{ holderKey: 'me', leaseUntil: null }] })).toBe(false)
})

test.each(['supervises', 'heldLast'])('%s: sees while the link is up, and no longer than a lease without it', (why) => {
  const supervisor = { ...base, [why]: true }
  expect(maySee({ ...supervisor, now: 10 * LEASE_MS, heardAt: 10 * LEASE_MS })).toBe(true)
  expect(maySee({ ...supervisor, now: LEASE_MS - 1 })).toBe(true)
  expect(maySee({ ...supervisor, now: LEASE_MS })).toBe(false)
})
