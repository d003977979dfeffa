import { rememberAccount, rememberedAccount } from '../offline/account.ts'
import { forgetFacilities } from '../offline/facility.ts'
import { type Answer, ask } from './http.ts'

export type Session = Answer<'GET /api/session'>

export function fetchSession(signal?: AbortSignal): Promise<Session> {
  return ask('GET /api/session', signal ? { signal } : {})
}

/**
 * @param next the person's own password, in place of one that was issued
 * @throws ApiError `wrong_login`, `locked_out`, `password_issued`, …
 */
export function signIn(login: string, password: string, next?: string): Promise<Session> {
  return ask('POST /api/auth/sign-in', { body: { login, password, next } })
}

/** Ends the session, and lets this phone forget who may record on it without a network. @throws ApiError */
export async function signOut(): Promise<void> {
  await ask('POST /api/session/sign-out')
  const local = () => localStorage
  const recorder = rememberedAccount(local)
  rememberAccount(local, null)
  forgetFacilities(local)
  // What was recorded on this phone goes too, from whichever page somebody signs out.
  if (recorder !== null) await (await import('../offline/store.ts')).wipePhone(recorder.id)
}

/** @returns where the agency's provider takes over. @throws ApiError `oidc_unreachable`, … */
export async function agencySignIn(returnTo: string): Promise<string> {
  return (await ask('POST /api/auth/sign-in/oidc', { body: { returnTo } })).url
}
