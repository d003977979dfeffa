import { expect, it } from 'vitest'
import { makeRoom, type Toast } from './Toast.tsx'

const of = (id: number, tone: Toast['tone']): Toast => ({ id, tone, text: String(id) })
const ids = (all: readonly Toast[]) => all.map(({ id }) => id)

it('a fourth message takes the place of the oldest that would end by itself, not of an alarm', () => {
  expect(ids(makeRoom([of(1, 'alarm'), of(2, 'good'), of(3, 'alarm'), of(4, 'plain')]))).toEqual([1, 3, 4])
  expect(ids(makeRoom([of(1, 'alarm'), of(2, 'alarm'), of(3, 'alarm'), of(4, 'plain')]))).toEqual([2, 3, 4])
  expect(ids(makeRoom([of(1, 'good'), of(2, 'good')]))).toEqual([1, 2])
})
