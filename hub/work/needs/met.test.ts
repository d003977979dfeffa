import { expect, it } from 'vitest'
import { NEED_KINDS } from '../../contract/vocabulary/needs.ts'
import { CARE_PLACES } from '../../contract/vocabulary/severity.ts'
import { isMetBy } from './met.ts'

const metIn = (...place: Parameters<typeof isMetBy> extends [unknown, ...infer P] ? P : never) =>
  NEED_KINDS.filter((kind) => isMetBy(kind, ...place))

it('oxygen ends in a bed that has it, and not in one that has none', () => {
  expect(metIn('hospital', '2.1')).toEqual(['bed', 'oxygen', 'medicine', 'food', 'transport'])
  expect(metIn('field', '1')).toEqual(['bed', 'medicine', 'food', 'transport'])
  expect(metIn('ci', null)).toEqual(['bed', 'medicine', 'food', 'transport'])
})

it('home isolation ends the wait for a place, and brings neither food nor oxygen', () => {
  expect(metIn('hi', null)).toEqual(['bed'])
})

it('nothing is met where nobody is cared for, a test and a funeral nowhere', () => {
  for (const place of ['unknown', 'waiting', 'discharged'] as const) expect(metIn(place, '3')).toEqual([])
  for (const place of CARE_PLACES) expect(metIn(place, '3')).not.toContain('funeral')
})
