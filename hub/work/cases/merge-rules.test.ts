import { expect, it } from 'vitest'
import type { NeedState } from '../needs/need-rules.ts'
import { decideMerge } from './merge-rules.ts'

const NOW = 1000
const open: NeedState = { status: 'open', freed: null }
const heldBy = (id: string, leaseUntil = NOW + 1): NeedState => {
  return { status: 'claimed', holder: { id, label: id }, claimedAt: 0, leaseUntil, offer: null }
}
const need = (id: number, kind: string, state: NeedState = open) => ({ id, kind, state })
const nurse = { id: 'nurse', supervises: false }

it('moves what the other case has not, and of two needs of a kind keeps the one that somebody has', () => {
  const plan = decideMerge(
    [need(1, 'bed'), need(2, 'food', heldBy('a')), need(3, 'oxygen'), need(4, 'medicine', heldBy('a', NOW))],
    [need(5, 'food'), need(6, 'oxygen', heldBy('b')), need(7, 'medicine')],
    nurse,
    NOW,
  )
  expect(plan).toEqual({ ok: true, move: [1, 2], close: [5, 3, 4] })
})

it('takes a claim from its holder for a supervisor alone, or the holder', () => {
  const both = [[need(1, 'food', heldBy('a'))], [need(2, 'food', heldBy('b'))]] as const
  expect(decideMerge(...both, nurse, NOW)).toMatchObject({
    refusal: { code: 'held_by_others', details: { holder: 'a', need: 'food' } },
  })
  for (const actor of [
    { id: 'a', supervises: false },
    { id: 'chief', supervises: true },
  ])
    expect(decideMerge(...both, actor, NOW)).toEqual({ ok: true, move: [], close: [1] })
})
