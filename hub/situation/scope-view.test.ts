import { expect, it } from 'vitest'
import type { Row } from '../contract/live/rows.ts'
import { ScopeView, TOMBSTONES_MAX } from './scope-view.ts'

const row = (id: number): Row => ['presence', String(id), '7', 'key', 'label', 0]

/** A view to which `count` rows came at 10, of which one left at each position from 100. */
function emptied(count: number): ScopeView {
  const view = new ScopeView('board:50', false)
  for (let i = 0; i < count; i++) view.setRow(`presence/${i}`, row(i), 10)
  for (let i = 0; i < count; i++) view.removeRow(`presence/${i}`, 100 + i)
  return view
}

it('[S4] names the rows that left after a position, and forgets one that came back', () => {
  const view = emptied(3)
  expect(view.since(100, 200)).toMatchObject({ from: 100, r: [], x: ['presence/1', 'presence/2'] })
  view.setRow('presence/1', row(1), 150)
  expect(view.since(100, 200)).toMatchObject({ from: 100, r: [row(1)], x: ['presence/2'] })
  expect(view.since(150, 200)).toMatchObject({ from: 150, r: [], x: [] })
})

it('[S4] gives the snapshot behind the horizon: the newest removal that is forgotten', () => {
  const view = emptied(TOMBSTONES_MAX + 5)
  expect(view.horizon).toBe(104)
  expect(view.since(103, 99_999)).toMatchObject({ from: 0, x: [] })
  const held = view.since(104, 99_999)
  expect(held.from).toBe(104)
  expect(held.x).toHaveLength(TOMBSTONES_MAX)
})
