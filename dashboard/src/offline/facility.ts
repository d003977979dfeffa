import type { RowObject } from '../../../hub/contract/live/rows.ts'
import type { Answer } from '../api/http.ts'

/** What a report's form shows of a facility: counts, nothing of a person. `at`: ms since 1970, when it was known */
export type KeptFacility = {
  readonly at: number
  /** the operation's day, `YYYY-MM-DD` */
  readonly day: string
  readonly facility: RowObject<'facility'>
  readonly beds: readonly RowObject<'beds'>[]
  readonly units: readonly RowObject<'unit'>[]
  readonly stock: readonly RowObject<'stock'>[]
}
type Session = Answer<'GET /api/session'>
type Reporter = Session & { readonly account: NonNullable<Session['account']> }
type Kept = { readonly session: Reporter; readonly facilities: readonly KeptFacility[] }

const KEY = 'jitasa.facilities'
/** The last that were looked at: somebody who reports for a whole province has fifty. */
const FACILITIES_MAX = 10

function read(storage: () => Storage): Kept | null {
  try {
    return JSON.parse(storage().getItem(KEY) ?? 'null') as Kept | null
  } catch {
    // What another version has written, or a browser that keeps nothing, is nothing that is known.
    return null
  }
}

/** Keeps what is known of a facility, for this account. @returns whether this phone will know it without a network */
export function keepFacility(storage: () => Storage, session: Reporter, kept: KeptFacility): boolean {
  const before = read(storage)
  const others = before?.session.account.id === session.account.id ? before.facilities : []
  const facilities = [kept, ...others.filter(({ facility }) => facility.id !== kept.facility.id)]
  // A call-sign, and not the person's name.
  const account = { ...session.account, name: session.account.label }
  const all: Kept = { session: { ...session, account }, facilities: facilities.slice(0, FACILITIES_MAX) }
  try {
    storage().setItem(KEY, JSON.stringify(all))
    return true
  } catch {
    return false
  }
}

/** @returns who reported last on this phone, and what was known of the facility then; `null`: nothing */
export function keptFacility(storage: () => Storage, id: string): (KeptFacility & { session: Reporter }) | null {
  const kept = read(storage)
  const found = kept?.facilities.find(({ facility }) => facility.id === id)
  return kept && found ? { ...found, session: kept.session } : null
}

export function forgetFacilities(storage: () => Storage): void {
  try {
    storage().removeItem(KEY)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
