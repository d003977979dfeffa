import { A, useParams } from '@solidjs/router'
import { createResource, type JSX, Match, Show, Switch } from 'solid-js'
import { type CarePlan, type CaseFile, fetchCase, fetchPlan } from '../../api/cases.ts'
import { ApiError } from '../../api/http.ts'
import { BoardSubject } from '../../cases/BoardSubject.tsx'
import { boardHref } from '../../cases/boardQuery.ts'
import { useErrorText } from '../../cases/speech.ts'
import { useWords } from '../../i18n/language.tsx'
import { carriers } from '../../live/carriers.ts'
import { noticeExpiry, type SignedIn } from '../../session/account.ts'
import { RequireSession } from '../../session/RequireSession.tsx'
import { SiteHead } from '../../session/SiteHead.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { CaseScreen } from './CaseScreen.tsx'
import { casePageWords } from './words.ts'

type Fetched = { readonly file: CaseFile; readonly plan: CarePlan } | { readonly error: unknown }

async function load(id: number): Promise<Fetched> {
  try {
    // Together, so that the page does not jump when the second is there.
    const [file, plan] = await Promise.all([fetchCase(id), fetchPlan(id)])
    return { file, plan }
  } catch (error) {
    noticeExpiry(error)
    return { error }
  }
}

/** `/case/:id`: one case, worked on. */
export default function CasePage(): JSX.Element {
  const params = useParams<{ id: string }>()
  return (
    <RequireSession may="case.read">
      {(session) => (
        <Show when={Number(params.id)} keyed fallback={<NoCase error={undefined} />}>
          {(id) => <LoadedCase id={id} session={session()} />}
        </Show>
      )}
    </RequireSession>
  )
}

function LoadedCase(props: { id: number; session: SignedIn }): JSX.Element {
  const [fetched, { refetch }] = createResource(() => props.id, load)
  const there = () => {
    const found = fetched.latest
    return found && 'file' in found ? found : undefined
  }
  const error = () => {
    const found = fetched.latest
    return found && 'error' in found ? found : undefined
  }
  // The province decides the live session; a case does not move to another one.
  const province = () => there()?.file.case.district.slice(0, 2)
  return (
    <Switch fallback={<PageSkeleton />}>
      <Match when={error()}>{(failed) => <NoCase error={failed().error} retry={() => void refetch()} />}</Match>
      <Match when={province()} keyed>
        {(code) => (
          <BoardSubject session={props.session} province={code} carriers={carriers}>
            <Show when={there()}>
              {(found) => (
                <CaseScreen
                  file={found().file}
                  plan={found().plan}
                  session={props.session}
                  reload={() => void refetch()}
                />
              )}
            </Show>
          </BoardSubject>
        )}
      </Match>
    </Switch>
  )
}

function NoCase(props: { error: unknown; retry?(): void }): JSX.Element {
  const t = useWords(casePageWords)
  usePageTitle(() => [t('none')])
  const fault = useErrorText()
  const text = () => (props.error instanceof ApiError ? fault(props.error) : t('gone'))
  return (
    <main class="case-none">
      <SiteHead />
      <ErrorState text={text()} retry={props.retry} />
      <A href={boardHref()}>{t('board')}</A>
    </main>
  )
}
