import { describe, expect, test } from 'vitest'
import { demandsFactor, isProven, proofsOf, standingOf } from './standing.ts'

const NOW = Date.parse('2026-11-30T07:00:00Z')
const ago = (minutes: number) => new Date(NOW - minutes * 60_000)
const session = {
  drill: false,
  createdAt: ago(0),
  usedAt: ago(0),
  provenAt: ago(0),
  factor: null,
  kinds: [],
  operation: 'live',
  factorFrom: null,
  idleMinutes: 60,
  lifeHours: 12,
  inDrill: false,
} as const
type Facts = Parameters<typeof standingOf>[0]
const standing = (facts: Partial<Facts>) => standingOf({ ...session, ...facts }, NOW)

describe('a session', () => {
  test.each<[string, Partial<Facts>, ReturnType<typeof standingOf>]>([
    ['of a role that needs no factor is whole', {}, { kind: 'whole' }],
    ['of a role that needs one leads to setting it up', { factorFrom: ago(1) }, { kind: 'half', owes: 'set_up' }],
    ['is whole until the date of grace', { factorFrom: ago(-1) }, { kind: 'whole' }],
    ['of an account with a factor has to show it, needed or not', { kinds: ['totp'] }, { kind: 'half', owes: 'prove' }],
    ['that has shown it is whole', { kinds: ['totp'], factor: 'totp', factorFrom: ago(1) }, { kind: 'whole' }],
    ['whose provider asked for it is whole', { factor: 'agency', factorFrom: ago(1) }, { kind: 'whole' }],
    ['in an exercise owes none', { factorFrom: ago(1), operation: 'drill' }, { kind: 'whole' }],
    [
      'in an exercise that practises it does',
      { factorFrom: ago(1), operation: 'drill', inDrill: true },
      { kind: 'half', owes: 'set_up' },
    ],
    [
      'in an exercise shows the factor that the account has',
      { kinds: ['passkey'], operation: 'drill' },
      { kind: 'half', owes: 'prove' },
    ],
    [
      'that has owed it for half an hour is over',
      { kinds: ['totp'], provenAt: ago(30) },
      { kind: 'over', why: 'factor_owed' },
    ],
    [
      'from before the date of grace is over then',
      { factorFrom: ago(1), provenAt: ago(40) },
      { kind: 'over', why: 'factor_owed' },
    ],
    ['used 59 minutes ago goes on', { usedAt: ago(59), createdAt: ago(59) }, { kind: 'whole' }],
    ['used an hour ago is over', { usedAt: ago(60), createdAt: ago(60) }, { kind: 'over', why: 'idle' }],
    ['of twelve hours is over, used or not', { createdAt: ago(720), factor: 'totp' }, { kind: 'over', why: 'life' }],
    [
      'of a screen never is',
      { idleMinutes: null, lifeHours: null, createdAt: ago(500_000), usedAt: ago(500_000) },
      { kind: 'whole' },
    ],
    [
      'of a drill’s own account never is',
      { drill: true, createdAt: ago(5_000), usedAt: ago(5_000) },
      { kind: 'whole' },
    ],
  ])('%s', (_, facts, wanted) => expect(standing(facts)).toEqual(wanted))
})

test('a factor is demanded from its date on, to the millisecond', () => {
  const rule = { operation: 'live', inDrill: false, factorFrom: ago(0) } as const
  expect([demandsFactor(rule, NOW - 1), demandsFactor(rule, NOW)]).toEqual([false, true])
})

test('the password proves somebody only where there is no factor', () => {
  const account = { kinds: [], recoveryCodes: 0, hasPassword: true } as const
  expect(proofsOf(account)).toEqual(['password'])
  expect(proofsOf({ ...account, hasPassword: false })).toEqual([])
  expect(proofsOf({ ...account, kinds: ['totp'] })).toEqual(['totp'])
  expect(proofsOf({ ...account, kinds: ['totp', 'passkey'], recoveryCodes: 3 })).toEqual([
    'passkey',
    'totp',
    'recovery',
  ])
})

test('a proof lasts for its minutes; an exercise asks for none', () => {
  const proof = { operation: 'live', inDrill: false, provenAt: ago(10), proofMinutes: 10 } as const
  expect([isProven(proof, NOW - 1), isProven(proof, NOW)]).toEqual([true, false])
  expect(isProven({ ...proof, operation: 'drill' }, NOW)).toBe(true)
  expect(isProven({ ...proof, operation: 'drill', inDrill: true }, NOW)).toBe(false)
})
