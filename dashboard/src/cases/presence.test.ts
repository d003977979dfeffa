import { expect, test } from 'vitest'
import { lookersOf, namesOf } from './presence.ts'

const row = (caseId: string, label: string, key = label) => ({ id: `${caseId}.${key}`, caseId, key, label, until: 0 })

test('who else looks at a case: each call-sign once, without oneself, whatever the call-sign, and without other cases', () => {
  const rows = [
    row('7', 'Team B'),
    row('7', 'Team A'),
    row('7', 'Team A'),
    row('7', 'Team C', 'me'),
    row('8', 'Team D'),
  ]
  expect(lookersOf(rows, 7, 'me')).toEqual(['Team A', 'Team B'])
  expect(lookersOf(rows, 9, 'me')).toEqual([])
})

test('names are listed as each language lists them', () => {
  expect(namesOf(['Team A'], 'en')).toBe('Team A')
  expect(namesOf(['Team A', 'Team B'], 'en')).toBe('Team A and Team B')
  expect(namesOf(['Team A', 'Team B'], 'th')).toMatch(/Team A\s*และ\s*Team B/)
})
