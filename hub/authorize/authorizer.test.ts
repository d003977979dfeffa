import { expect, test } from 'vitest'
import type { Change, Transaction, Tuple } from '../situation/change.ts'
import { createAuthorizer } from './authorizer.ts'
import type { Grant } from './grant.ts'
import { hashSession, OPENED_MAX, openPass, PASS_MS, PASS_RENEW_MS, passKey, passOpener, sealPass } from './pass.ts'

const ME = '00000000-0000-4000-8000-000000000001'
const SECRET = 'a secret for the tests of the pass, long enough'
const NOW = 1_636_600_000_000
const key = passKey(SECRET)
const grant: Grant = {
  account: ME,
  role: 'governor',
  areas: ['50', '5101'],
  facility: null,
  label: 'Governor 50',
  version: 3,
  drill: false,
}
const session = hashSession('token')
const cookie = (over: Partial<Grant> = {}, issuedAt = NOW) =>
  `other=1; jitasa.session_token=token.signature; jitasa.pass=${sealPass(key, { grant: { ...grant, ...over }, session, issuedAt })}`
const row = (over: Tuple = {}): Tuple => ({
  account_id: ME,
  role: 'governor',
  areas: '{50,5101}',
  facility_id: null,
  label: 'Governor 50',
  version: '3',
  disabled: 'f',
  drill: 'f',
  ...over,
})
const tx = (...changes: Change[]): Transaction => ({ position: 1, at: NOW, changes })

function started(...rows: { table: string; row: Tuple }[]) {
  const authorizer = createAuthorizer({ secret: SECRET, secure: false })
  authorizer.onSnapshot([{ table: 'operation', row: { id: '1', kind: 'drill' } }, ...rows])
  return authorizer
}
const withMe = (over: Tuple = {}) => started({ table: 'account_grants', row: row(over) })

test('a sealed pass opens to what it was sealed from', () => {
  const pass = { grant, session, issuedAt: NOW }
  expect(openPass(key, sealPass(key, pass), NOW)).toEqual(pass)
})

test('a pass that was opened before opens again, as long as it is believed, and no other by it', () => {
  const open = passOpener(key)
  const text = sealPass(key, { grant, session, issuedAt: NOW })
  const first = open(text, NOW)
  expect(first).toEqual({ grant, session, issuedAt: NOW })
  expect(open(text, NOW + PASS_MS - 1)).toBe(first)
  expect(open(text, NOW + PASS_MS)).toBeUndefined()
  expect(open(text, NOW - PASS_RENEW_MS - 1)).toBeUndefined()
  expect(open(`${text}A`, NOW)).toBeUndefined()
  expect(open(text.slice(0, -1), NOW)).toBeUndefined()
})

test('no more passes are remembered than there may be sockets', () => {
  const open = passOpener(key)
  const sealed = (i: number): string => sealPass(key, { grant, session, issuedAt: NOW + i })
  const first = open(sealed(0), NOW)
  for (let i = 1; i < OPENED_MAX; i++) open(sealed(i), NOW + i)
  expect(open(sealed(0), NOW)).toBe(first)
  open(sealed(OPENED_MAX), NOW + OPENED_MAX)
  expect(open(sealed(0), NOW)).not.toBe(first)
})

test('no pass opens that was changed, cut, sealed by another key, or is too old', () => {
  const text = sealPass(key, { grant, session, issuedAt: NOW })
  for (let at = 0; at < text.length; at++) {
    const other = text[at] === 'A' ? 'B' : 'A'
    const changed = text.slice(0, at) + other + text.slice(at + 1)
    // base64url has spare bits in its last character; the text itself is compared, so even those count.
    expect(openPass(key, changed, NOW), `at ${at}`).toBeUndefined()
    expect(openPass(key, text.slice(0, at), NOW), `cut at ${at}`).toBeUndefined()
  }
  expect(openPass(passKey('another'), text, NOW)).toBeUndefined()
  expect(openPass(key, text, NOW + PASS_MS - 1)).toBeDefined()
  expect(openPass(key, text, NOW + PASS_MS)).toBeUndefined()
})

test('without a cookie: anonymous; before the first snapshot nobody is believed', () => {
  expect(withMe().identify(undefined, NOW)).toEqual({ kind: 'anonymous' })
  expect(createAuthorizer({ secret: SECRET, secure: false }).identify(cookie(), NOW)).toEqual({ kind: 'unknown' })
})

test('a pass without its session’s cookie is nobody’s, and beside another session’s only the database can say', () => {
  const authorizer = withMe()
  const alone = cookie().replace('jitasa.session_token=token.signature; ', '')
  expect(authorizer.identify(cookie(), NOW).kind).toBe('known')
  expect(authorizer.identify(alone, NOW)).toEqual({ kind: 'anonymous' })
  expect(authorizer.identify(cookie().replace('token.signature', 'another.signature'), NOW)).toEqual({
    kind: 'unknown',
  })
})

test('the stream’s grant replaces an older pass, and a pass newer than the stream replaces its grant', () => {
  expect(withMe({ version: '4', role: 'auditor', areas: '{TH}' }).identify(cookie(), NOW)).toMatchObject({
    grant: { role: 'auditor', areas: ['TH'] },
  })
  expect(withMe({ version: '2', role: 'auditor' }).identify(cookie(), NOW)).toMatchObject({
    grant: { role: 'governor' },
  })
  expect(started().identify(cookie(), NOW)).toMatchObject({ grant: { role: 'governor', areas: ['50', '5101'] } })
})

test('a disabled or deleted account, a revoked session: no longer known, and the socket’s owner is told', () => {
  const disabled = withMe()
  const change = disabled.onTransaction(
    tx({ kind: 'update', table: 'account_grants', row: row({ version: '4', disabled: 't' }), old: null }),
  )
  expect([...(change?.accounts ?? [])]).toEqual([ME])
  expect(disabled.identify(cookie(), NOW)).toEqual({ kind: 'unknown' })

  const deleted = withMe()
  deleted.onTransaction(tx({ kind: 'delete', table: 'account_grants', old: { account_id: ME } }))
  expect(deleted.identify(cookie(), NOW)).toEqual({ kind: 'unknown' })
  deleted.onSnapshot([])
  expect(deleted.identify(cookie(), NOW), 'and stays so over a new snapshot').toEqual({ kind: 'unknown' })

  const revoked = withMe()
  const ended = revoked.onTransaction(
    tx({ kind: 'insert', table: 'session_revocations', row: { session_hash: session, at: '2021-11-11 00:00:00+00' } }),
  )
  expect([...(ended?.sessions ?? [])]).toEqual([session])
  expect(revoked.current({ grant, session, issuedAt: NOW })).toBeNull()
  expect(revoked.current({ grant, session: hashSession('another'), issuedAt: NOW })).not.toBeNull()
  expect([revoked.identify(cookie(), NOW), revoked.renewed({ grant, session, issuedAt: NOW })]).toEqual([
    { kind: 'unknown' },
    false,
  ])
})

test('a change that leaves out what it leaves as it was takes no area away', () => {
  const authorizer = withMe({ areas: '{50,5101}' })
  const { areas: _, ...rest } = row({ version: '4' })
  authorizer.onTransaction(tx({ kind: 'update', table: 'account_grants', row: rest, old: null }))
  expect(authorizer.identify(cookie(), NOW)).toMatchObject({ grant: { version: 4, areas: ['50', '5101'] } })
})

test('a drill account is void as soon as the operation is live', () => {
  const authorizer = withMe({ drill: 't' })
  expect(authorizer.identify(cookie({ drill: true }), NOW).kind).toBe('known')
  const change = authorizer.onTransaction(
    tx({ kind: 'update', table: 'operation', row: { id: '1', kind: 'live' }, old: null }),
  )
  expect(change?.everyone).toBe(true)
  expect(authorizer.identify(cookie({ drill: true }), NOW).kind).toBe('unknown')
})

test('transactions that touch nobody’s access say nothing', () => {
  const authorizer = withMe()
  expect(authorizer.onTransaction(tx({ kind: 'insert', table: 'cases', row: { id: '1' } }))).toBeUndefined()
  expect(
    authorizer.onTransaction(tx({ kind: 'delete', table: 'session_revocations', old: { session_hash: session } })),
  ).toBeUndefined()
})

test('a pass asks for renewal after an hour', () => {
  expect(withMe().identify(cookie(), NOW + PASS_RENEW_MS - 1)).toMatchObject({ renew: false })
  expect(withMe().identify(cookie(), NOW + PASS_RENEW_MS)).toMatchObject({ renew: true })
})
