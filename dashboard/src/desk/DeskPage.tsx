import { A, useLocation } from '@solidjs/router'
import { createContext, createResource, type JSX, Match, Show, Switch, useContext } from 'solid-js'
import { FormPage } from '../forms/FormPage.tsx'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { signInPath } from '../session/next.ts'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/State.tsx'
import './desk.css'
import { problemOf } from './problem.ts'
import { type DeskSession, fetchDeskSession } from './session.ts'
import { deskWords, isRoleName } from './words.ts'

const DeskContext = createContext<DeskSession>()

/** Who is at the desk; only below a DeskPage that let them in. */
export function useDesk(): DeskSession {
  const session = useContext(DeskContext)
  if (!session) throw new Error('useDesk needs a DeskPage above it')
  return session
}

type DeskPageProps = {
  /** one of these actions opens the page */
  may: readonly string[]
  /** narrow for a form, wide for tables */
  wide?: boolean
  children: JSX.Element
}

/** A light page for people with an account: asks who they are, and says what to do when they may not be here. */
export function DeskPage(props: DeskPageProps): JSX.Element {
  const t = useWords(deskWords)
  const common = useWords(commonWords)
  const { language } = useLanguage()
  const place = useLocation()
  const [session, { refetch }] = createResource(() =>
    fetchDeskSession().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  )
  const known = () => {
    const answer = session.latest
    return answer && 'value' in answer ? answer.value : undefined
  }
  const failed = () => {
    const answer = session.latest
    return answer && 'error' in answer ? problemOf(answer.error, language()) : undefined
  }
  const allowed = () => {
    const who = known()
    return who && props.may.some((action) => who.may.includes(action)) ? who : undefined
  }
  const roleName = () => {
    const role = known()?.role ?? ''
    return isRoleName(role) ? t(`role.${role}`) : t('unbound')
  }
  const signInHref = () => signInPath(place.pathname + place.search)
  return (
    <FormPage languages={['th', 'en']} aside={<Who session={known()} role={roleName()} signInHref={signInHref()} />}>
      <div class="desk" classList={{ 'desk-wide': props.wide ?? false }}>
        <Switch fallback={<PageSkeleton />}>
          <Match when={failed()}>
            {(problem) => <ErrorState text={problem().text} retry={() => void refetch()} />}
          </Match>
          <Match when={allowed()}>
            {(who) => <DeskContext.Provider value={who()}>{props.children}</DeskContext.Provider>}
          </Match>
          <Match when={known()?.signedIn}>
            <EmptyState
              title={t('notAllowed')}
              text={t('notAllowedText', roleName())}
              action={
                <A class="button button-plain" href="/">
                  {common('home')}
                </A>
              }
            />
          </Match>
          <Match when={known()}>
            <EmptyState
              title={t('signInFirst')}
              text={t('signInText')}
              action={
                <A class="button button-primary" href={signInHref()}>
                  {t('signIn')}
                </A>
              }
            />
          </Match>
        </Switch>
      </div>
    </FormPage>
  )
}

function Who(props: { session: DeskSession | undefined; role: string; signInHref: string }): JSX.Element {
  const t = useWords(deskWords)
  const common = useWords(commonWords)
  return (
    <nav class="desk-who">
      <A href="/">{common('home')}</A>
      <Show when={props.session?.account} fallback={<A href={props.signInHref}>{t('signIn')}</A>}>
        {(account) => (
          <span class="desk-account" title={props.role}>
            {account().label || account().name}
          </span>
        )}
      </Show>
    </nav>
  )
}
