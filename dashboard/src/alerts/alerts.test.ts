import { expect, it } from 'vitest'
import type { Action } from '../../../hub/contract/vocabulary/actions.ts'
import type { SessionState } from '../session/account.ts'
import { type AlertRow, alertScopes, isAnnounced, ringsOf } from './alerts.ts'

const row = (id: string, over: Partial<AlertRow> = {}): AlertRow =>
  ({
    id,
    state: 'raised',
    severity: 'severe',
    sound: true,
    announced: true,
    announcedNation: false,
    ...over,
  }) as AlertRow

const session = (areas: readonly string[], ...may: Action[]) =>
  ({ kind: 'in', session: { areas, may } }) as unknown as SessionState

it('who may hear alerts follows those of the area in one scope; everybody else none', () => {
  expect(alertScopes(session(['5001'], 'alerts.read'), '50')).toEqual(['alerts:50'])
  expect(alertScopes(session(['TH'], 'alerts.read'), 'TH')).toEqual(['alerts'])
  expect(alertScopes(session(['TH'], 'alerts.read'), '50')).toEqual(['alerts:50'])
  expect(alertScopes(session(['50'], 'alerts.read'), 'TH')).toEqual([])
  expect(alertScopes(session(['50'], 'alerts.read'), '10')).toEqual([])
  expect(alertScopes(session(['50']), '50')).toEqual([])
  expect(alertScopes({ kind: 'unknown' }, '50')).toEqual([])
})

it('a screen sounds for what its people are called to and nobody has answered, from its severity on, and again when it is escalated', () => {
  const rings = (rows: readonly AlertRow[]) => [...ringsOf('alerts:50', rows, 'severe')]
  expect(rings([row('1'), row('2', { severity: 'extreme' }), row('3', { severity: 'moderate' })])).toEqual(['1', '2'])
  expect(
    rings([row('1', { sound: false }), row('2', { announced: false }), row('3', { state: 'acknowledged' })]),
  ).toEqual([])
  expect(rings([row('1', { state: 'escalated' })])).toEqual(['1 escalated'])
})

it('national command is called to other alerts than a province', () => {
  expect(isAnnounced('alerts', row('1'))).toBe(false)
  expect(isAnnounced('alerts', row('1', { announcedNation: true }))).toBe(true)
  expect(isAnnounced('alerts:50', row('1'))).toBe(true)
})
