import { rememberAccount, rememberedAccount } from '../offline/account.ts'
import { requestJson } from './http.ts'

export type Session = {
  readonly signedIn: boolean
  /** `label`: organisation and call-sign; `key`: how boards name this account */
  readonly account: {
    readonly id: string
    readonly key: string
    readonly name: string
    readonly label: string
    readonly drill: boolean
  } | null
  readonly role: string | null
  /** area codes */
  readonly areas: readonly string[]
  /** the one facility an account of its staff is bound to */
  readonly facility: number | null
  /** actions the hub would allow somewhere */
  readonly may: readonly string[]
  /** what the button for signing in through an agency is called; `null`: there is none */
  readonly oidc: string | null
}

export function fetchSession(signal?: AbortSignal): Promise<Session> {
  return requestJson<Session>('/api/session', signal ? { signal } : {})
}

/**
 * @param next the person's own password, in place of one that was issued
 * @throws ApiError `wrong_login`, `locked_out`, `password_issued`, …
 */
export function signIn(login: string, password: string, next?: string): Promise<Session> {
  return requestJson<Session>('/api/auth/sign-in', { method: 'POST', body: { login, password, next } })
}

/** Ends the session, and lets this phone forget who may record on it without a network. @throws ApiError */
export async function signOut(): Promise<void> {
  await requestJson<undefined>('/api/session/sign-out', { method: 'POST' })
  const local = () => localStorage
  const recorder = rememberedAccount(local)
  rememberAccount(local, null)
  // What was recorded on this phone goes too, from whichever page somebody signs out.
  if (recorder !== null) await (await import('../offline/store.ts')).wipePhone(recorder.id)
}

/** @returns where the agency's provider takes over. @throws ApiError `oidc_unreachable`, … */
export async function agencySignIn(returnTo: string): Promise<string> {
  const { url } = await requestJson<{ readonly url: string }>('/api/auth/sign-in/oidc', {
    method: 'POST',
    body: { returnTo },
  })
  return url
}
