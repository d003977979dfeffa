import { expect, test } from 'vitest'
import { painted } from '../contract/live/messages.ts'
import { isPainted } from './painted.ts'

const PAINT = ['nation', 100, 40] as const
const MESSAGE = { t: 'painted', e: 'an epoch', p: [PAINT] }

test.each([
  MESSAGE,
  { ...MESSAGE, p: [['province:50', 0, null]] },
  { ...MESSAGE, p: Array.from({ length: 12 }, () => ['nation', Number.MAX_SAFE_INTEGER, 86_400_000]) },
])('[P1] what a wall says is taken without the schema: %j', (message) => {
  expect(isPainted(message)).toBe(true)
  expect(painted.parse(message)).toEqual(message)
})

const ODD = [
  undefined,
  null,
  0,
  -0,
  -1,
  0.5,
  Number.NaN,
  1e300,
  2 ** 60,
  86_400_001,
  '',
  '1',
  'nation',
  'nowhere',
  'x'.repeat(41),
  [],
  {},
  true,
  PAINT,
  [PAINT],
]

test('[P1] nothing is taken without the schema that the schema would refuse', () => {
  const values: unknown[] = [
    ...ODD,
    { ...MESSAGE, x: 1 },
    { t: 'painted', p: [PAINT] },
    { t: 'painted', e: 'e' },
    [MESSAGE],
  ]
  for (const odd of ODD) {
    values.push({ ...MESSAGE, t: odd }, { ...MESSAGE, e: odd }, { ...MESSAGE, p: odd }, { ...MESSAGE, p: [odd] })
    for (const at of [0, 1, 2]) values.push({ ...MESSAGE, p: [PAINT, PAINT.map((part, i) => (i === at ? odd : part))] })
    values.push({ ...MESSAGE, p: [[...PAINT, odd]] }, { ...MESSAGE, p: Array.from({ length: 13 }, () => PAINT) })
  }
  const wrong = values.filter((value) => isPainted(value) && !painted.safeParse(value).success)
  expect(wrong).toEqual([])
  expect(values.filter((value) => painted.safeParse(value).success && !isPainted(value))).toEqual([])
})
