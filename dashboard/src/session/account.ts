import { createSignal } from 'solid-js'
import { forgetFirstAnswers } from '../api/firstAnswers.ts'
import { ApiError } from '../api/http.ts'
import { fetchSession, type Session, signOut } from '../api/session.ts'
import { forgetNoteDrafts } from '../cases/noteDraft.ts'
import { rememberedAccount } from '../offline/account.ts'

export type SignedIn = Session & { readonly account: NonNullable<Session['account']> }

export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'out'; readonly session: Session; readonly expired: boolean }
  | { readonly kind: 'in'; readonly session: SignedIn }

const [state, setState] = createSignal<SessionState>({ kind: 'unknown' })

/** Who is at this screen; one answer for all pages of the tab. */
export const sessionState = state

export function rememberSession(session: Session): void {
  const { account } = session
  const wasIn = state().kind === 'in'
  setState(
    account === null ? { kind: 'out', session, expired: wasIn } : { kind: 'in', session: { ...session, account } },
  )
}

/** Asks the hub. An answer that does not come changes nothing for who was signed in already: the network may be away. */
export async function refreshSession(): Promise<void> {
  try {
    rememberSession(await fetchSession())
  } catch (error) {
    if (state().kind !== 'in') setState({ kind: 'failed', error })
  }
}

/** Records that are not sent and forms that are not saved, of who records on this device. */
export async function keptForLater(): Promise<number> {
  const recorder = rememberedAccount(() => localStorage)
  return recorder === null ? 0 : (await import('../offline/store.ts')).countKept(recorder.id)
}

/** @throws ApiError */
export async function leave(): Promise<void> {
  await signOut()
  forgetFirstAnswers()
  forgetNoteDrafts()
  setState({ kind: 'unknown' })
}

/** @returns whether the error means that the session is over; the guard then leads to the sign-in page. */
export function noticeExpiry(error: unknown): boolean {
  if (!(error instanceof ApiError) || (error.status !== 401 && error.code !== 'factor_owed')) return false
  void refreshSession()
  return true
}
