import { expect, test } from 'vitest'
import { type RowObject, rowObject, rowObjects, rowOf } from './rows.ts'

const presence: RowObject<'presence'> = { id: '7.k', caseId: '7', key: 'k', label: 'Rescue 1', until: 1000 }

test('an object becomes its row, in the order of the wire, and the row its object', () => {
  const shuffled: RowObject<'presence'> = { until: 1000, label: 'Rescue 1', key: 'k', caseId: '7', id: '7.k' }
  expect(rowOf('presence', shuffled)).toEqual(['presence', '7.k', '7', 'k', 'Rescue 1', 1000])
  expect(rowObject(rowOf('presence', shuffled))).toEqual(presence)
})

test('the rows of a kind are found among others', () => {
  const operation = rowOf('operation', { id: '1', day: '2021-11-11', kind: 'live', titleTh: '', titleEn: '' })
  expect(rowObjects([operation, rowOf('presence', presence)], 'presence')).toEqual([presence])
})

test('a row shorter than its table, as an older hub sends it, has nulls at its end', () => {
  expect(rowObject<'presence'>(['presence', '7.k', '7', 'k'])).toEqual({ ...presence, label: null, until: null })
})

test('a missing, a swapped or an unknown value does not compile', () => {
  const { until, ...rest } = presence
  // @ts-expect-error `until` is missing
  rowOf('presence', rest)
  // @ts-expect-error a label is no moment
  rowOf('presence', { ...rest, until: rest.label, label: 'Rescue 1' })
  // @ts-expect-error not a kind of operation
  rowOf('operation', { id: '1', day: '2021-11-11', kind: 'exercise', titleTh: '', titleEn: '' })
  // @ts-expect-error nobody is told of by name
  rowOf('presence', { ...rest, until, name: 'x' })
})
