import { type JSX, Match, Switch } from 'solid-js'
import { boardScopesOf } from '../../../hub/contract/live/page-scopes.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { fetchProvinces, type Province } from '../api/areas.ts'
import { keepTrying } from '../api/keepTrying.ts'
import { createPatient } from '../forms/createPatient.ts'
import { type Carriers, useSession } from '../live/browser.ts'
import { type Followed, FollowedContext } from '../panels/followed.ts'
import { UnknownProvince } from '../panels/UnknownProvince.tsx'
import type { SignedIn } from '../session/account.ts'
import { PageSkeleton } from '../ui/Skeleton.tsx'
import { StillTrying } from '../ui/StillTrying.tsx'

type BoardSubjectProps = { session: SignedIn; province: string; carriers: Carriers; children: JSX.Element }

/** The live session of a province's board; its freshness and its exercise mark are those of the board's scope. */
export function BoardSubject(props: BoardSubjectProps): JSX.Element {
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
          <LiveBoard {...props} provinces={all()}>
            {props.children}
          </LiveBoard>
        )}
      </Match>
    </Switch>
  )
}

type LiveBoardProps = BoardSubjectProps & { provinces: readonly Province[] }

function LiveBoard(props: LiveBoardProps): JSX.Element {
  const scope = `board:${props.province}` as const
  const { store } = useSession(boardScopesOf(props.session, props.province), { carriers: props.carriers, rests: true })
  const operation = () => store.rows(scope, 'operation')[0]
  const followed: Followed = {
    live: store,
    home: props.province,
    area: props.province,
    scope,
    province: props.provinces.find(({ code }) => code === props.province),
    provinces: props.provinces,
    operation,
    today: () => operation()?.day,
    loaded: () => store.scope(scope).loaded,
  }
  return <FollowedContext.Provider value={followed}>{props.children}</FollowedContext.Provider>
}
