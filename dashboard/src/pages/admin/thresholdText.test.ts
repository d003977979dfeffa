import { expect, test } from 'vitest'
import { boundText, readBound } from './thresholdText.ts'

test('a share is written in per cent, and comes back as it was', () => {
  expect([0.8, 0.07, 0.29, null].map((bound) => boundText('share', bound))).toEqual(['80', '7', '29', ''])
  expect(['80', ' 7 ', '29', ''].map((text) => readBound('share', text))).toEqual([0.8, 0.07, 0.29, null])
  expect(boundText('per100k', 150)).toBe('150')
  expect(readBound('days', '14.5')).toBe(14.5)
})

test('what is no number is none to send', () => {
  expect(readBound('count', '1,5')).toBeUndefined()
  expect(readBound('count', 'x')).toBeUndefined()
})
