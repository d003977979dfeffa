import { A, useLocation, useSearchParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { alertScopes } from '../alerts/alerts.ts'
import { SubjectAlerts } from '../alerts/SubjectAlerts.tsx'
import { useWords } from '../i18n/language.tsx'
import { useDesk } from '../pageKit/DeskPage.tsx'
import { provincesOf } from '../pageKit/session.ts'
import { deskWords } from '../pageKit/words.ts'
import { SubjectProvider } from '../panels/SubjectProvider.tsx'
import { sessionState } from '../session/account.ts'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { EmptyState } from '../ui/State.tsx'

/** Where an account of the whole nation begins. */
const CAPITAL = '10'

/** A province of the address, or one's own, with its board, live. `unknown`: said where there is no such province. */
export function ProvinceDesk(props: { unknown: string; children(province: string): JSX.Element }): JSX.Element {
  const session = useDesk()
  const [search] = useSearchParams<{ province?: string }>()
  const [own] = session.areas
  const province = () => search.province ?? (own === undefined || own === NATION ? CAPITAL : own.slice(0, 2))
  const isOwn = (code: string) => session.areas.includes(NATION) || provincesOf(session.areas).includes(code)
  return (
    <Show when={province()} keyed>
      {(code) => (
        <Show when={isOwn(code)} fallback={<Outside />}>
          <SubjectProvider
            area={code}
            also={[`board:${code}`, ...alertScopes(sessionState(), code)]}
            loading={<PageSkeleton />}
            unknown={<EmptyState title={props.unknown} />}
          >
            <SubjectAlerts />
            {props.children(code)}
          </SubjectProvider>
        </Show>
      )}
    </Show>
  )
}

function Outside(): JSX.Element {
  const t = useWords(deskWords)
  const location = useLocation()
  return (
    <EmptyState
      title={t('outside')}
      action={
        <A class="button button-plain" href={location.pathname}>
          {t('own')}
        </A>
      }
    />
  )
}
