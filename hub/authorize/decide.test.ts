import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACTIONS } from '../contract/vocabulary/actions.ts'
import { ROLES, type Role, SUBJECTS } from '../contract/vocabulary/roles.ts'
import { actionsOf, authorizeScope, can, covers, mayEver } from './decide.ts'
import type { Grant } from './grant.ts'
import { reachOf } from './table.ts'

const ME = '00000000-0000-4000-8000-000000000001'
const grant = (role: Role | 'unbound', areas: readonly string[] = ['50'], facility: number | null = null): Grant => ({
  account: ME,
  role,
  areas,
  facility,
  label: 'T 1',
  version: 1,
  drill: false,
})

test('a province covers its districts and sub-districts, and no other province', () => {
  expect(covers(['50'], '5001')).toBe(true)
  expect(covers(['50'], '500112')).toBe(true)
  expect(covers(['5001'], '50')).toBe(false)
  expect(covers(['50'], '51')).toBe(false)
  expect(covers(['50'], 'TH')).toBe(false)
  expect(covers(['TH'], '5001')).toBe(true)
})

test('only the holder and their supervisor in the area may reveal a case', () => {
  const held = { area: '5001', holder: ME }
  const others = { area: '5001', holder: 'someone else' }
  expect(can(grant('responder'), 'case.reveal', held).allowed).toBe(true)
  expect(can(grant('responder'), 'case.reveal', others).allowed).toBe(false)
  expect(can(grant('responder'), 'case.reveal', { area: '5101', holder: ME }).allowed).toBe(false)
  expect(can(grant('district_chief', ['5001']), 'case.reveal', others).allowed).toBe(true)
  expect(can(grant('district_chief', ['5002']), 'case.reveal', others).allowed).toBe(false)
  for (const role of ['national', 'screen', 'administrator', 'auditor'] as const) {
    expect(can(grant(role, ['TH']), 'case.reveal', held).allowed, role).toBe(false)
  }
})

test('facility staff report for their own facility only', () => {
  const staff = grant('facility_staff', ['5001'], 7)
  expect(can(staff, 'facility.report', { area: '5001', facility: 7 }).allowed).toBe(true)
  expect(can(staff, 'facility.report', { area: '5001', facility: 8 }).allowed).toBe(false)
  expect(can(grant('facility_staff', ['5001'], null), 'facility.report', { area: '5001' }).allowed).toBe(false)
})

test('a board is open to those who work in its province, presence too', () => {
  expect(authorizeScope(grant('responder', ['5001']), 'board:50').allowed).toBe(true)
  expect(authorizeScope(grant('responder', ['5001']), 'board:51').allowed).toBe(false)
  expect(authorizeScope(grant('responder', ['5001']), 'presence:12', '5002').allowed).toBe(true)
  expect(authorizeScope(grant('responder', ['5001']), 'presence:12').allowed).toBe(false)
  expect(authorizeScope(null, 'board:50')).toMatchObject({ allowed: false, code: 'unauthenticated' })
  expect(authorizeScope(null, 'province:50')).toMatchObject({ allowed: false, code: 'unauthenticated' })
  expect(authorizeScope(null, 'public:50').allowed).toBe(true)
})

test('a person whom nobody has bound to a role may do what anybody may, and keep their own account safe', () => {
  const open = ACTIONS.filter((action) => mayEver(null, action).allowed)
  expect(actionsOf(grant('unbound', []))).toEqual([...open, 'session.own', 'factors.own'])
})

test('nobody without an account may do more than read aggregates and ask for help', () => {
  expect(actionsOf(null)).toEqual(['situation.read', 'help.request', 'help.follow'])
})

test('somebody may do everything that is in the table', () => {
  for (const action of ACTIONS)
    expect(
      SUBJECTS.some((subject) => reachOf(subject, action) !== 'deny'),
      action,
    ).toBe(true)
})

test('a resource of which nothing is known is nobody’s own', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ROLES), fc.constantFrom(...ACTIONS), (role, action) => {
      expect(can(grant(role, ['TH'], 1), action, {}).allowed).toBe(reachOf(role, action) === 'everywhere')
    }),
  )
})

test('what is allowed in an area is allowed in no other province, unless everywhere', () => {
  const province = fc.integer({ min: 10, max: 96 }).map(String)
  fc.assert(
    fc.property(
      fc.constantFrom(...ROLES),
      fc.constantFrom(...ACTIONS),
      province,
      province,
      (role, action, own, foreign) => {
        fc.pre(own !== foreign)
        const decision = can(grant(role, [own], 7), action, { area: `${foreign}01`, facility: 8, holder: null })
        expect(decision.allowed).toBe(reachOf(role, action) === 'everywhere')
      },
    ),
  )
})
