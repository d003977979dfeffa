import { describe, expect, test } from 'vitest'
import type { Session } from '../api/session.ts'
import type { SessionState } from './account.ts'
import { duty, wallPath } from './screen.ts'

const session = { signedIn: true, facility: null, may: [], oidc: null, half: null, factorFrom: null, areas: ['50'] }
const account = { id: 'a', key: 'k', name: 'War room', label: 'War room', drill: false }
const signedIn = (role: Session['role'], areas: string[]): SessionState => ({
  kind: 'in',
  session: { ...session, account, role, areas },
})
const out: SessionState = { kind: 'out', session: { ...session, account: null, role: null }, expired: true }

test.each([
  ['TH', '/wall'],
  [undefined, '/wall'],
  ['50', '/wall/50'],
  ['5001', '/wall/50'],
])('a screen of %s shows %s', (area, path) => {
  expect(wallPath(area)).toBe(path)
})

describe('duty', () => {
  test('a screen stays where its area is shown, and goes where it is not', () => {
    expect(duty(signedIn('screen', ['50']), '/wall/50', true)).toBeNull()
    expect(duty(signedIn('screen', ['TH']), '/wall/50', true)).toBe('/wall')
    expect(duty(signedIn('screen', ['50']), '/wall', false)).toBe('/wall/50')
  })

  test('a screen that was switched off shows a code', () => {
    expect(duty(out, '/wall', true)).toBe('/screen')
  })

  test('a person who looks at a wall, and a hub that does not answer, change nothing', () => {
    expect(duty(out, '/wall', false)).toBeNull()
    expect(duty(signedIn('governor', ['50']), '/wall/51', false)).toBeNull()
    expect(duty({ kind: 'failed', error: null }, '/wall', true)).toBeNull()
    expect(duty({ kind: 'unknown' }, '/wall', true)).toBeNull()
  })
})
