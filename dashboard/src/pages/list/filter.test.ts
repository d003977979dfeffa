import { expect, it } from 'vitest'
import { readFilter } from './filter.ts'

it('takes the address as it is, and the own area where it names none', () => {
  expect(readFilter({ metric: 'cases', day: '2021-11-11', days: '7' }, '50')).toEqual({
    area: '50',
    metric: 'cases',
    day: '2021-11-11',
    days: '7',
    severity: '',
    carePlace: '',
    order: '',
  })
})

it.each([
  [{ day: 'undefined' }, { day: '' }],
  [{ day: '2021-13-40' }, { day: '' }],
  [{ days: '0' }, { days: '1' }],
  [{ days: '7.5' }, { days: '1' }],
  [{ days: '121' }, { days: '1' }],
  [{ days: 'x' }, { days: '1' }],
])('what somebody mistyped is left out: %j', (search, read) => {
  expect(readFilter(search, '50')).toMatchObject(read)
})
