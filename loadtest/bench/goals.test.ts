import { expect, test } from 'vitest'
import { GOALS, judge, type Round, ratio } from './goals.ts'
import { refusal, type Window } from './saturation.ts'

const busy: Window = { server: 0.99, client: 0.5, serverCore: 1, clientCore: 0.55, stolen: 0 }

const following = { before: 3, after: 4, perSecond: 15 }

test('a window counts only when the server was the bottleneck', () => {
  expect(refusal(busy, following)).toBeUndefined()
  expect(refusal({ ...busy, server: 0.8, serverCore: 0.81 }, following)).toMatch(/not saturated/)
  expect(refusal({ ...busy, server: 0.7 }, following)).toMatch(/not quiet/)
  expect(refusal({ ...busy, stolen: 0.2 }, following)).toMatch(/hypervisor/)
  expect(refusal({ ...busy, serverCore: undefined }, following)).toMatch(/pinned/)
})

test('a busy client is no reason to refuse; one that falls behind is', () => {
  const sweating = { ...busy, client: 0.95, clientCore: 0.99 }
  expect(refusal(sweating, following)).toBeUndefined()
  expect(refusal(sweating, { ...following, before: 2, after: 9 })).toMatch(
    /did not follow: 2 messages behind, then 9; its core was 99 %/,
  )
  expect(refusal(sweating, { ...following, before: 13, after: 13 })).toMatch(/did not follow/)
  expect(refusal(sweating, { before: 40, after: 60, perSecond: 300 })).toBeUndefined()
})

const fine = (perCpuSecond: number): Round => ({ perCpuSecond, refused: undefined })

test('a ratio is paired by round', () => {
  const figure = ratio([fine(90), fine(200)], [fine(100), fine(400)])
  expect(figure).toEqual({ kind: 'value', spread: { median: 0.7, min: 0.5, max: 0.9, rounds: 2 } })
})

test('a ratio of unsaturated rounds is refused, with the reason', () => {
  const idle: Round = { perCpuSecond: 100, refused: 'not saturated: 40 %' }
  expect(ratio([fine(90), fine(90)], [idle, idle])).toEqual({
    kind: 'refused',
    why: 'not saturated: 40 % (2 of 2 rounds)',
  })
  expect(ratio([fine(90), fine(90), fine(90)], [fine(100), idle, fine(100)])).toMatchObject({ kind: 'value' })
  expect(ratio([fine(90), fine(90)], [fine(100), idle])).toMatchObject({ kind: 'refused' })
  expect(ratio(undefined, [fine(1)])).toMatchObject({ kind: 'refused' })
  expect(ratio([undefined, undefined], [fine(1), fine(1)])).toMatchObject({ kind: 'refused' })
})

test('a refused figure is neither met nor missed', () => {
  const goal = GOALS.find(({ key }) => key === 'liveToUws')!
  expect(judge(goal, { kind: 'refused', why: 'x' })).toMatchObject({ value: null, met: null, why: 'x' })
  expect(judge(goal, ratio([fine(98), fine(98)], [fine(100), fine(100)]))).toMatchObject({ value: 0.98, met: true })
  expect(judge(goal, ratio([fine(94), fine(94)], [fine(100), fine(100)]))).toMatchObject({ value: 0.94, met: false })
})

test('a goal that is missed says what limited it, and how the figures lie', () => {
  const goal = GOALS.find(({ key }) => key === 'liveToUws')!
  const missed = ratio([fine(90), fine(94), fine(98)], [fine(100), fine(100), fine(100)])
  expect(judge(goal, missed, () => 'uws takes 5.00 µs').why).toBe(
    'uws takes 5.00 µs; 3 figures from 0.9 to 0.98, the goal among them',
  )
  expect(judge(goal, missed).why).toMatch(/^3 figures/)
  expect(judge(goal, ratio([fine(98), fine(98)], [fine(100), fine(100)]), () => 'x').why).toBeNull()
})
