import { expect, test } from 'vitest'
import { correctionOf, EMPTY } from './correction.ts'

test('a correction holds what was filled in alone, so that nothing is emptied by leaving it out', () => {
  expect(correctionOf(EMPTY)).toBeUndefined()
  expect(correctionOf({ ...EMPTY, name: '  ', address: ' house 8 ' })).toEqual({ address: 'house 8' })
  expect(correctionOf({ ...EMPTY, phone: '081 234 5678', text: 'We moved' })).toEqual({
    phone: '081 234 5678',
    text: 'We moved',
  })
})
