import { expect, test } from 'vitest'
import { homePath, type Seat, workplacesOf } from './workplaces.ts'

const seat = (role: Seat['role'], areas: Seat['areas'], may: Seat['may'], facility: number | null = null) => ({
  role,
  areas,
  may,
  facility,
})

test('signing in lands on the own work, not on two walls and 77 provinces', () => {
  expect(homePath(seat('facility_staff', ['5001'], ['facility.report'], 12))).toBe('/facility/12')
  expect(homePath(seat('governor', ['50'], ['province.read', 'board.read']))).toBe('/province/50')
  expect(homePath(seat('district_chief', ['5001'], ['province.read']))).toBe('/province/50')
  expect(homePath(seat('administrator', ['TH'], ['accounts.manage']))).toBe('/admin')
  expect(homePath(seat('auditor', ['TH'], ['audit.read']))).toBe('/admin/audit')
  expect(homePath(seat('screen', ['50'], ['situation.read']))).toBe('/wall/50')
  expect(homePath(seat(null, [], ['situation.read']))).toBe('/')
})

test('what the hub does not allow is not offered', () => {
  expect(workplacesOf(seat('responder', ['50'], ['board.read'])).map(({ page }) => page)).toEqual(['board'])
})
