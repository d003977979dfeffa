import type pg from 'pg'
import type { Grant } from '../../hub/authorize/grant.ts'
import { hashSession, passCookieName, passKey, sealPass, sessionCookieName } from '../../hub/authorize/pass.ts'
import { BINDING, SUBJECTS, type Subject } from '../../hub/contract/vocabulary/roles.ts'
import type { World } from '../support/rls-rows.ts'
import { SECRET } from './hub.ts'

const tokenOf = ({ account }: Grant): string => account.replaceAll('-', '')

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`

/** One account per role, bound to its area; `null` for the one without a session. */
export type Stand = { readonly subject: Subject; readonly grant: Grant | null }

function grantOf(subject: Subject, own: World, number: number, area: string): Grant | null {
  if (subject === 'public') return null
  const base = { account: uuid(number), label: `T ${subject}`, facility: null, drill: false }
  if (subject === 'unbound') return { ...base, role: subject, areas: [], version: 0 }
  const binding = BINDING[subject]
  return {
    ...base,
    role: subject,
    areas: binding === 'nation' ? ['TH'] : binding === 'facility' ? [own.district] : [area],
    facility: binding === 'facility' ? own.facility : null,
    version: 1,
  }
}

/** Every subject; whose role is bound to an area, to the province of `own`. */
export function stands(own: World): readonly Stand[] {
  return SUBJECTS.map((subject, i) => ({ subject, grant: grantOf(subject, own, i + 1, own.district.slice(0, 2)) }))
}

const NARROW_FROM = 101

/** The roles that are bound to an area or facility, to the district of `own` alone. */
export function districtStands(own: World): readonly Stand[] {
  return SUBJECTS.flatMap((subject, i) => {
    if (subject === 'public' || subject === 'unbound' || BINDING[subject] === 'nation') return []
    return [{ subject, grant: grantOf(subject, own, NARROW_FROM + i, own.district) }]
  })
}

/** Writes the accounts, grants and sessions, so that what they do has somebody who did it. */
export async function storeStands(pool: pg.Pool, all: readonly Stand[]): Promise<void> {
  for (const { grant } of all) {
    if (grant === null) continue
    const name = `stand-${grant.role.replaceAll('_', '-')}-${Number(grant.account.slice(-4))}`
    await pool.query(`insert into accounts (id, name, email, username) values ($1, $2, $3, $4)`, [
      grant.account,
      `Test ${grant.role}`,
      `${name}@test.example`,
      name,
    ])
    await storeSession(pool, grant, Date.now())
    if (grant.role === 'unbound') continue
    await pool.query(
      `insert into account_grants (account_id, role, areas, facility_id, label) values ($1, $2, $3, $4, $5)`,
      [grant.account, grant.role, grant.areas, grant.facility, grant.label],
    )
  }
}

/** The session that `passOf` is of, begun at `now`: as if the account had signed in a moment ago. */
export async function storeSession(pool: pg.Pool, grant: Grant, now: number): Promise<void> {
  await pool.query(
    `insert into account_sessions (token, account_id, expires_at, created_at, used_at, proven_at)
     values ($1, $2, $3::timestamptz + interval '1 day', $3, $3, $3)
     on conflict (token) do update set used_at = $3, proven_at = $3`,
    [tokenOf(grant), grant.account, new Date(now)],
  )
}

/** The cookies the hub would have given this account a moment ago. */
export function passOf(grant: Grant | null, now: number): string | undefined {
  if (grant === null) return undefined
  const token = tokenOf(grant)
  const pass = sealPass(passKey(SECRET), { grant, session: hashSession(token), issuedAt: now })
  return `${sessionCookieName(false)}=${token}.; ${passCookieName(false)}=${pass}`
}
