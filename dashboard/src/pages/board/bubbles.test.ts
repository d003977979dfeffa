import { expect, it } from 'vitest'
import { pressedBubble } from './bubbles.ts'

const town = [
  { code: '5001', x: 100, y: 100, radius: 19 },
  { code: '5019', x: 112, y: 108, radius: 6 },
]

it('a press between circles that overlap means the one whose edge is nearest', () => {
  expect(pressedBubble(town, 90, 95)).toBe('5001')
  expect(pressedBubble(town, 128, 118)).toBe('5019')
})

it('a press beside a circle means it within a finger, and nothing further away', () => {
  expect(pressedBubble(town, 100, 66)).toBe('5001')
  expect(pressedBubble(town, 100, 40)).toBeUndefined()
  expect(pressedBubble([], 1, 1)).toBeUndefined()
})
