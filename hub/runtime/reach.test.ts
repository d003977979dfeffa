import { expect, it } from 'vitest'
import { budgetsOf, COUNTRIES, PER_BLOCK_AND_HOUR, PER_COUNTRY_AND_HOUR } from './reach.ts'

const reach = { countries: COUNTRIES, perHour: 100 }

it('at home a message counts for its block of numbers and in all, abroad for its country too', () => {
  expect(budgetsOf('+66812345678', reach)).toEqual([
    { name: 'block', key: '+6681234', max: PER_BLOCK_AND_HOUR },
    { name: 'all', key: 'all', max: 100 },
  ])
  expect(budgetsOf('+959123456789', reach)).toContainEqual({ name: 'country', key: '+95', max: PER_COUNTRY_AND_HOUR })
})

it.each(['+881612345678', '+88216123456', '+979123456789', '+447911123456', '+5312345678'])(
  'no message goes to satellite, premium or far numbers: %s',
  (phone) => {
    expect(budgetsOf(phone, reach)).toBeUndefined()
  },
)
