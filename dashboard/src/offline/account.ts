import type { Answer } from '../api/http.ts'

/** Who records on this phone, as far as a page without a network must know it. */
export type PhoneAccount = {
  readonly id: string
  /** organisation and call-sign */
  readonly label: string
  readonly areas: readonly string[]
  readonly may: readonly string[]
}

const KEY = 'jitasa.record.account'

export function accountOf(session: Answer<'GET /api/session'>): PhoneAccount | null {
  const { account, areas, may } = session
  return account === null ? null : { id: account.id, label: account.label || account.name, areas, may }
}

/** @returns who was signed in when the hub was last heard; `null` after signing out */
export function rememberedAccount(storage: () => Storage): PhoneAccount | null {
  try {
    return JSON.parse(storage().getItem(KEY) ?? 'null') as PhoneAccount | null
  } catch {
    return null
  }
}

/** @returns whether the phone will know it without a network */
export function rememberAccount(storage: () => Storage, account: PhoneAccount | null): boolean {
  try {
    if (account === null) storage().removeItem(KEY)
    else storage().setItem(KEY, JSON.stringify(account))
    return true
  } catch {
    return false
  }
}
