import { isRole } from '../contract/vocabulary/roles.ts'
import type { Change, Snapshot, Transaction, Tuple } from '../situation/change.ts'
import type { Grant } from './grant.ts'

/**
 * The published tables this view is folded from, and their columns. None holds personal data: an account is a random
 * id, a session the first half of a SHA-256. They travel to no client.
 */
export const GRANT_TABLES = {
  account_grants: ['account_id', 'role', 'areas', 'facility_id', 'label', 'version', 'disabled', 'drill'],
  session_revocations: ['session_hash', 'at', 'renewed'],
  operation: ['id', 'kind'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export function isGrantTable(table: string): boolean {
  return Object.hasOwn(GRANT_TABLES, table)
}

/** Whose access a transaction touched. `everyone`: the kind of operation changed, or tables were emptied. */
export type AccessChange = {
  readonly accounts: ReadonlySet<string>
  readonly sessions: ReadonlySet<string>
  readonly everyone: boolean
}

type Entry = { readonly grant: Grant; readonly disabled: boolean }

/** The newest grant of every account, every revoked session, and whether the operation is live: in memory, from the stream. */
export type Grants = {
  /** @returns `undefined` when the view has no row of the account; `null` when it is disabled or its row was deleted. */
  lookup(account: string): Grant | null | undefined
  revoked(sessionHash: string): boolean
  /** when a session went on under another token, ms since 1970; `undefined`: it did not */
  renewedAt(sessionHash: string): number | undefined
  /** drill accounts are void then */
  readonly live: boolean
  reset(rows: Snapshot['rows']): void
  apply(change: Change): void
  /** @returns whose access changed, or `undefined` when nobody's did. */
  onTransaction(tx: Transaction): AccessChange | undefined
}

/** `{50,1001}` as PostgreSQL prints a text[] of codes that need no quoting. */
function codes(text: string | null | undefined): readonly string[] {
  const inside = (text ?? '').replace(/^\{|\}$/g, '')
  return inside === '' ? [] : inside.split(',')
}

/** @param former what was known of the account: an UPDATE may leave out a long value that it leaves as it was */
function entryOf(row: Tuple, former: Grant | undefined): Entry {
  const role = row.role ?? ''
  return {
    grant: {
      account: row.account_id ?? '',
      role: isRole(role) ? role : 'unbound',
      areas: row.areas === undefined ? (former?.areas ?? []) : codes(row.areas),
      facility: row.facility_id == null ? null : Number(row.facility_id),
      label: row.label ?? former?.label ?? '',
      version: Number(row.version),
      drill: row.drill === 't',
    },
    disabled: row.disabled === 't',
  }
}

export function createGrants(): Grants {
  let entries = new Map<string, Entry>()
  let gone = new Set<string>()
  let revocations = new Map<string, number | undefined>()
  let kind: string | null = null

  function put(table: string, row: Tuple): void {
    if (table === 'account_grants') {
      const entry = entryOf(row, entries.get(row.account_id ?? '')?.grant)
      entries.set(entry.grant.account, entry)
      gone.delete(entry.grant.account)
    } else if (table === 'session_revocations') {
      revocations.set(row.session_hash ?? '', row.renewed === 't' ? Date.parse(row.at ?? '') : undefined)
    } else if (table === 'operation') {
      kind = row.kind ?? null
    }
  }

  function remove(table: string, old: Tuple): void {
    if (table === 'account_grants') {
      entries.delete(old.account_id ?? '')
      gone.add(old.account_id ?? '')
    } else if (table === 'session_revocations') {
      revocations.delete(old.session_hash ?? '')
    }
  }

  function apply(change: Change): void {
    if (change.kind === 'truncate') {
      if (change.tables.includes('account_grants')) {
        gone = new Set([...gone, ...entries.keys()])
        entries = new Map()
      }
      if (change.tables.includes('session_revocations')) revocations = new Map()
    } else if (change.kind === 'delete') remove(change.table, change.old)
    else put(change.table, change.row)
  }

  return {
    lookup(account) {
      const entry = entries.get(account)
      if (entry === undefined) return gone.has(account) ? null : undefined
      return entry.disabled ? null : entry.grant
    },
    revoked: (sessionHash) => revocations.has(sessionHash),
    renewedAt: (sessionHash) => revocations.get(sessionHash),
    get live() {
      return kind === 'live'
    },
    reset(rows) {
      const before = new Set([...entries.keys(), ...gone])
      entries = new Map()
      revocations = new Map()
      for (const { table, row } of rows) if (isGrantTable(table)) put(table, row)
      for (const account of entries.keys()) before.delete(account)
      gone = before
    },
    apply,
    onTransaction(tx) {
      const accounts = new Set<string>()
      const sessions = new Set<string>()
      const kindBefore = kind
      let everyone = false
      for (const change of tx.changes) {
        if (change.kind === 'truncate') {
          if (!change.tables.some(isGrantTable)) continue
          everyone = true
        } else {
          if (!isGrantTable(change.table)) continue
          const row = change.kind === 'delete' ? change.old : change.row
          if (change.table === 'account_grants') accounts.add(row.account_id ?? '')
          // A pruned revocation gives nobody anything back: the pass it was for has expired.
          if (change.table === 'session_revocations' && change.kind !== 'delete') sessions.add(row.session_hash ?? '')
        }
        apply(change)
      }
      everyone ||= kind !== kindBefore
      return everyone || accounts.size > 0 || sessions.size > 0 ? { accounts, sessions, everyone } : undefined
    },
  }
}
