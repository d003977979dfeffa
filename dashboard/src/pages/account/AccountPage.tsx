import { Navigate, useLocation, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Match, onMount, Show, Switch } from 'solid-js'
import { FormPage } from '../../forms/FormPage.tsx'
import { useWords } from '../../i18n/language.tsx'
import '../../pageKit/desk.css'
import { refreshSession, sessionState } from '../../session/account.ts'
import { nextPath, signInPath } from '../../session/next.ts'
import { SiteHead } from '../../session/SiteHead.tsx'
import { HOME_PATH } from '../../session/workplaces.ts'
import { PageError } from '../../ui/PageError.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { Factors } from './Factors.tsx'
import { Onward } from './Onward.tsx'
import { Sessions } from './Sessions.tsx'
import './account.css'
import { accountWords } from './words.ts'

/** One's own account: second factors and sessions. Also for whoever has to set a factor up before anything else. */
export default function AccountPage(): JSX.Element {
  const t = useWords(accountWords)
  const location = useLocation()
  const [query] = useSearchParams<{ next?: string }>()
  usePageTitle(() => [t('title')])
  onMount(() => void refreshSession())
  /** came here to set a factor up, and stays until its recovery codes are kept */
  const [owed, setOwed] = createSignal(false)
  const owes = createMemo(() => {
    const state = sessionState()
    const half = state.kind === 'out' ? state.session.half : null
    if (half?.owes === 'set_up') setOwed(true)
    return half?.owes
  })
  const isIn = () => sessionState().kind === 'in'
  const failed = () => {
    const state = sessionState()
    return state.kind === 'failed' ? state : undefined
  }
  return (
    <FormPage languages={['th', 'en']} head={<SiteHead />}>
      <div class="desk">
        <Switch fallback={<PageSkeleton />}>
          <Match when={failed()}>
            {(state) => <PageError error={state().error} retry={() => void refreshSession()} />}
          </Match>
          <Match when={isIn() || owes() === 'set_up'}>
            <header class="desk-head">
              <div>
                <h1>{t('title')}</h1>
                <p>{t('lead')}</p>
              </div>
            </header>
            <Show when={owed()}>
              <Onward done={isIn()} to={nextPath(query.next, HOME_PATH)} />
            </Show>
            <Factors />
            <Show when={isIn()}>
              <Sessions />
            </Show>
          </Match>
          <Match when={sessionState().kind === 'out'}>
            <Navigate href={signInPath(location.pathname + location.search)} />
          </Match>
        </Switch>
      </div>
    </FormPage>
  )
}
