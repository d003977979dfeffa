import { describe, expect, test } from 'vitest'
import { ApiError } from '../api/http.ts'
import { afterFailure, dueReports, nextReportIn, type QueuedReport, waitingNow } from './reports.ts'

const NOW = 1_000_000
const moment = { now: NOW, random: 0.5 }
const report = (key: string, madeAt: number, state = waitingNow(NOW)): QueuedReport => ({
  key,
  account: 'a',
  route: 'POST /api/facilities/{id}/stock',
  facility: '1',
  body: {},
  title: 'Stock',
  madeAt,
  state,
})

test('the oldest is sent first, and one that waits for its time is not due', () => {
  const later = report('c', 1, { kind: 'waiting', tries: 2, notBefore: NOW + 500, why: 'busy' })
  const all = [report('b', 20), report('a', 10), later]
  expect(dueReports(all, NOW).map(({ key }) => key)).toEqual(['a', 'b'])
  expect(nextReportIn([later], NOW)).toBe(500)
  expect(nextReportIn([], NOW)).toBeUndefined()
})

describe('a report that was not taken', () => {
  const failing = (error: unknown, details?: unknown) => afterFailure(report('a', 10), error, details, moment)

  test('without an answer waits longer each time, and the others with it', () => {
    const first = failing(new ApiError(0, 'unreachable', 'none'))
    expect(first.isOver).toBe(true)
    const { state } = first.report
    expect(state).toMatchObject({ kind: 'waiting', tries: 2, why: 'unreachable' })
    expect(state.kind === 'waiting' && state.notBefore).toBeGreaterThan(NOW)
  })

  test('of a facility that was closed meanwhile is kept, with what the hub says, and holds up no other', () => {
    const { report: kept, isOver } = failing(new ApiError(409, 'facility_closed', 'It was closed at 14:02.'))
    expect(isOver).toBe(false)
    expect(kept.state).toMatchObject({
      kind: 'refused',
      refusal: { code: 'facility_closed', message: 'It was closed at 14:02.' },
    })
  })

  test('of a session that has ended waits for its account', () => {
    const { report: kept, isOver } = failing(new ApiError(401, 'unauthenticated', 'Sign in first.'))
    expect([isOver, kept.state.kind === 'waiting' && kept.state.why]).toEqual([true, 'signed_out'])
  })
})
