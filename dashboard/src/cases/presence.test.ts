import { expect, test } from 'vitest'
import { lookersOf } from './presence.ts'

const row = (caseId: string, label: string) => ({ id: `${caseId}.x`, caseId, account: 'x', label, until: 0 })

test('who else looks at a case: each call-sign once, without oneself and without other cases', () => {
  const rows = [row('7', 'Team B'), row('7', 'Team A'), row('7', 'Team A'), row('7', 'Me'), row('8', 'Team C')]
  expect(lookersOf(rows, 7, 'Me')).toEqual(['Team A', 'Team B'])
  expect(lookersOf(rows, 9, 'Me')).toEqual([])
})
