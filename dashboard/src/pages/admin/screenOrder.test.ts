import { expect, test } from 'vitest'
import { inOrderOf, STILL_MS, staleFirst } from './screenOrder.ts'

const NOW = 1_000_000
const link = {
  ...{ since: 1, goneSince: null, behindSince: null, position: 5, paintedAt: 9, scene: 'Thailand', fps: 60 },
  ...{ latencyMs: 90, isOld: false, width: 1920, height: 1080 },
}
const screen = (name: string, other: object) => ({
  ...{ id: name, name, disabled: false, on: true, seenAt: '2021-11-11T01:00:00Z', link },
  ...other,
})

test('screens that stand still or are gone come first, then old pages, then those that are well', () => {
  const screens = [
    screen('well', {}),
    screen('just behind', { link: { ...link, behindSince: NOW - STILL_MS } }),
    screen('still', { link: { ...link, behindSince: NOW - STILL_MS - 1 } }),
    screen('gone', { link: { ...link, goneSince: NOW - 5 } }),
    screen('dark since the hub started', { link: null, on: false }),
    screen('old', { link: { ...link, isOld: true } }),
    screen('never on', { link: null, on: false, seenAt: null }),
    screen('off', { disabled: true }),
  ]
  expect(staleFirst(screens, NOW).map(({ name }) => name)).toEqual([
    ...['dark since the hub started', 'gone', 'still', 'old', 'just behind', 'well', 'never on', 'off'],
  ])
})

test('while somebody is in the list it keeps its order, with what is new of each', () => {
  const screens = [screen('b', { on: false }), screen('a', {})]
  expect(inOrderOf(['a', 'b'], screens)?.map(({ name, on }) => [name, on])).toEqual([
    ['a', true],
    ['b', false],
  ])
  expect(inOrderOf(['a'], screens)).toBeUndefined()
  expect(inOrderOf(['a', 'c'], screens)).toBeUndefined()
})
