import { A, Navigate, useLocation } from '@solidjs/router'
import { createMemo, type JSX, Match, onMount, Switch } from 'solid-js'
import type { Action } from '../../../hub/contract/vocabulary/actions.ts'
import { ApiError } from '../api/http.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { ErrorState } from '../ui/State.tsx'
import { refreshSession, type SignedIn, sessionState } from './account.ts'
import { signInPath } from './next.ts'
import { sessionWords } from './words.ts'

type RequireSessionProps = {
  /** actions of the authorisation table, one of which opens the page */
  may: Action | readonly Action[]
  /** whom the page may be shown to while the hub cannot be reached: its work waits, and is sent by who is signed in then */
  kept?: (() => SignedIn | undefined) | undefined
  children: (session: () => SignedIn) => JSX.Element
}

/** Shows its children to those who are signed in and may; sends the others to the sign-in page and back. */
export function RequireSession(props: RequireSessionProps): JSX.Element {
  const t = useWords(sessionWords)
  const common = useWords(commonWords)
  const location = useLocation()
  onMount(() => void refreshSession())
  const kept = createMemo(() => {
    const state = sessionState()
    const isAway = state.kind === 'failed' && state.error instanceof ApiError && state.error.status === 0
    return isAway ? props.kept?.() : undefined
  })
  const signedIn = () => {
    const state = sessionState()
    return state.kind === 'in' ? state.session : kept()
  }
  const failed = () => {
    const state = sessionState()
    return state.kind === 'failed' && kept() === undefined ? state : undefined
  }
  const out = () => {
    const state = sessionState()
    return state.kind === 'out' ? state : undefined
  }
  const shutOut = () => {
    const session = signedIn()
    return session !== undefined && ![props.may].flat().some((action) => session.may.includes(action))
  }
  return (
    <Switch fallback={<PageSkeleton />}>
      <Match when={failed()}>
        {(state) => <PageError error={state().error} retry={() => void refreshSession()} />}
      </Match>
      <Match when={out()}>
        {(state) => (
          <Navigate href={signInPath(location.pathname + location.search, state().expired ? 'expired' : undefined)} />
        )}
      </Match>
      <Match when={shutOut()}>
        <ErrorState
          page
          title={t('notAllowed')}
          text={t('notAllowedText', t(`role.${roleOf(signedIn())}`))}
          action={
            <A class="button button-plain" href="/">
              {common('home')}
            </A>
          }
        />
      </Match>
      <Match when={signedIn()}>{(session) => props.children(session)}</Match>
    </Switch>
  )
}

type RoleWord = keyof typeof sessionWords.en.role

export function roleOf(session: SignedIn | undefined): RoleWord {
  const role = session?.role ?? 'unbound'
  return role in sessionWords.en.role ? (role as RoleWord) : 'unbound'
}
