import { expect, test } from 'vitest'
import { personalDataVisible } from './personalDataVisible.ts'

const LEASE_MS = 15 * 60_000
const base = {
  needs: [],
  me: 'me',
  supervises: false,
  keeps: false,
  heldLast: false,
  now: 0,
  heardAt: 0,
  leaseMs: LEASE_MS,
}

test('the holder sees a person until the lease ends, whether or not the link is up', () => {
  const held = { ...base, needs: [{ holderKey: 'me', leaseUntil: LEASE_MS }] }
  expect(personalDataVisible(held)).toBe(true)
  expect(personalDataVisible({ ...held, now: LEASE_MS - 1 })).toBe(true)
  expect(personalDataVisible({ ...held, now: LEASE_MS })).toBe(false)
  expect(personalDataVisible({ ...held, now: LEASE_MS, heardAt: LEASE_MS })).toBe(false)
  expect(personalDataVisible({ ...base, needs: [{ holderKey: 'other', leaseUntil: LEASE_MS }] })).toBe(false)
  expect(personalDataVisible({ ...base, needs: [{ holderKey: 'me', leaseUntil: null }] })).toBe(false)
})

test.each(['supervises', 'heldLast'])('%s: sees while the link is up, and no longer than a lease without it', (why) => {
  const supervisor = { ...base, [why]: true }
  expect(personalDataVisible({ ...supervisor, now: 10 * LEASE_MS, heardAt: 10 * LEASE_MS })).toBe(true)
  expect(personalDataVisible({ ...supervisor, now: LEASE_MS - 1 })).toBe(true)
  expect(personalDataVisible({ ...supervisor, now: LEASE_MS })).toBe(false)
})

test('who looks after somebody at home sees them while the link is up, as long as a claim would have lasted after', () => {
  const keeps = { ...base, keeps: true, heardAt: 1000, now: 1000 }
  expect(personalDataVisible(keeps)).toBe(true)
  expect(personalDataVisible({ ...keeps, now: 1000 + LEASE_MS })).toBe(false)
})
