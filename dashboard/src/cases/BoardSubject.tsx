import { type JSX, Match, Switch } from 'solid-js'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { alertScopes } from '../alerts/alerts.ts'
import { fetchProvinces, type Province } from '../api/areas.ts'
import { keepTrying } from '../api/keepTrying.ts'
import { createPatient } from '../forms/createPatient.ts'
import { useSession } from '../live/browser.ts'
import { createSubject, type Subject, SubjectContext } from '../panels/subject.tsx'
import { UnknownProvince } from '../panels/UnknownProvince.tsx'
import { sessionState } from '../session/account.ts'
import { commandScopes } from '../session/commandScopes.ts'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { StillTrying } from '../ui/StillTrying.tsx'

/** The live session of a province's board; its freshness and its exercise mark are those of the board's scope. */
export function BoardSubject(props: { province: string; children: JSX.Element }): JSX.Element {
  const [provinces, trouble] = createPatient(
    () => NATION,
    (_, patience) => keepTrying(fetchProvinces, patience),
  )
  const isKnown = () => provinces()?.some(({ code }) => code === props.province)
  return (
    <Switch fallback={<StillTrying error={trouble()} loading={<PageSkeleton />} />}>
      <Match when={provinces() && !isKnown()}>
        <UnknownProvince code={props.province} />
      </Match>
      <Match when={provinces()}>
        {(all) => (
          <LiveBoard province={props.province} provinces={all()}>
            {props.children}
          </LiveBoard>
        )}
      </Match>
    </Switch>
  )
}

type LiveBoardProps = { province: string; provinces: readonly Province[]; children: JSX.Element }

function LiveBoard(props: LiveBoardProps): JSX.Element {
  const scope = `board:${props.province}` as const
  const { store } = useSession(
    [scope, ...commandScopes(props.province), ...alertScopes(sessionState(), props.province)],
    { unattended: false, rests: true },
  )
  const operation = () => store.rows(scope, 'operation')[0]
  const subject: Subject = {
    ...createSubject(store, props.province, { provinces: props.provinces, districts: [], exact: true }),
    scope,
    operation,
    today: () => operation()?.day,
    loaded: () => store.scope(scope).loaded,
  }
  return <SubjectContext.Provider value={subject}>{props.children}</SubjectContext.Provider>
}
