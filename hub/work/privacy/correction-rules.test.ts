import { expect, it } from 'vitest'
import { CORRECTION_ENDS } from '../../contract/vocabulary/corrections.ts'
import { decideCorrection, dueAt, lateBefore, stateOf } from './correction-rules.ts'

const DAY = 86_400_000
const open = { askedAt: 0, closedAt: null, because: null, by: null }
const closed = { ...open, closedAt: DAY, by: 'PHO 50' }

it('each state takes what it may, and the second to close reads who was faster', () => {
  expect(decideCorrection(open, 'close')).toEqual({ ok: true })
  expect(decideCorrection(open, 'reopen')).toMatchObject({ refusal: { code: 'not_possible' } })
  for (const because of [null, ...CORRECTION_ENDS]) {
    const standing = { ...closed, because }
    expect(stateOf(standing)).toBe(because === null ? 'done' : 'refused')
    expect(decideCorrection(standing, 'close')).toMatchObject({
      refusal: { code: 'correction_closed', details: { holder: 'PHO 50', since: DAY } },
    })
    expect(decideCorrection(standing, 'reopen').ok, String(because)).toBe(because !== 'erased')
  }
})

it('is late after the thirtieth day, and not on it', () => {
  expect(dueAt(0)).toBe(30 * DAY)
  expect(0 < lateBefore(30 * DAY)).toBe(false)
  expect(0 < lateBefore(30 * DAY + 1)).toBe(true)
})
