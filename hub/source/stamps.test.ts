import { expect, test } from 'vitest'
import { changedStamps } from './stamps.ts'

const before = new Map([
  ['the publication', '16400 740'],
  ['table beds', '16401 740 16401 i p'],
])

test('the same marks: nothing has changed', () => {
  expect(changedStamps(before, new Map(before))).toEqual([])
})

test('what moved, went and came is named', () => {
  const now = new Map([
    ['the publication', '16400 755'],
    ['policy other of cases', '16500 755'],
  ])
  expect(changedStamps(before, now)).toEqual(['the publication', 'table beds', 'policy other of cases'])
})
