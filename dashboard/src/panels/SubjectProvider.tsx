import { type JSX, Match, Switch } from 'solid-js'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { fetchDistricts, fetchProvinces } from '../api/areas.ts'
import { keepTrying, type Patience } from '../api/keepTrying.ts'
import { createPatient } from '../forms/createPatient.ts'
import { useSession } from '../live/browser.ts'
import { refreshSession, sessionState } from '../session/account.ts'
import { commandScopes } from '../session/commandScopes.ts'
import { StillTrying } from '../ui/StillTrying.tsx'
import { createSubject, homeOf, SubjectContext, subjectScope } from './subject.tsx'
import { UnknownProvince } from './UnknownProvince.tsx'

type Known = Parameters<typeof createSubject>[2]

/**
 * @param patience is told of each try that fails
 * @returns `null` when there is no such area: only what exists is asked for its districts, and followed
 */
export async function loadKnown(area: string, patience: Pick<Patience, 'failed'> = {}): Promise<Known | null> {
  // Who looks decides what is followed beside the area (`also`).
  const [provinces] = await Promise.all([keepTrying(fetchProvinces, patience), knownSession()])
  const home = homeOf(area)
  if (home === NATION) return { provinces, districts: [], exact: true }
  if (!provinces.some(({ code }) => code === home)) return null
  const districts = await keepTrying(() => fetchDistricts(home), patience)
  if (area !== home && !districts.some(({ code }) => code === area)) return null
  const state = sessionState()
  return { provinces, districts, exact: state.kind === 'in' && state.session.may.includes('province.read') }
}

async function knownSession(): Promise<void> {
  if (sessionState().kind === 'unknown') await refreshSession()
}

type SubjectProviderProps = {
  /** `TH`, a health region, a province or a district; the provider is made anew for another one */
  area: string
  /** followed beside it, in the same session */
  also?: readonly Scope[]
  /** lets go of its link while the page is hidden */
  rests?: boolean
  /** a wall, which tells the hub what it paints: whether it is shown now */
  reports?: boolean
  loading: JSX.Element
  /** for pages whose address names something else; otherwise it says that there is no such province */
  unknown?: JSX.Element
  children: JSX.Element
}

/** Opens the live session of an area and gives its panels their subject. */
export function SubjectProvider(props: SubjectProviderProps): JSX.Element {
  const [known, trouble] = createPatient(() => props.area, loadKnown)
  // A wall behind the one that is shown has nothing to say.
  const said = () => (props.reports === false ? undefined : trouble())
  return (
    <Switch fallback={<StillTrying error={said()} loading={props.loading} />}>
      <Match when={known() === null}>{props.unknown ?? <UnknownProvince code={props.area} />}</Match>
      <Match when={known()}>
        {(areas) => (
          <LiveSubject area={props.area} also={props.also} rests={props.rests} reports={props.reports} known={areas()}>
            {props.children}
          </LiveSubject>
        )}
      </Match>
    </Switch>
  )
}

type LiveSubjectProps = {
  area: string
  also: readonly Scope[] | undefined
  rests: boolean | undefined
  reports: boolean | undefined
  known: Known
  children: JSX.Element
}

function LiveSubject(props: LiveSubjectProps): JSX.Element {
  const home = homeOf(props.area)
  const own = subjectScope(home, props.known.exact)
  const session = useSession([own, ...(props.also ?? []), ...commandScopes(home)], {
    unattended: true,
    rests: props.rests ?? false,
    ...(props.reports === undefined ? {} : { reports: () => props.reports === true }),
  })
  return (
    <SubjectContext.Provider value={createSubject(session.store, props.area, props.known)}>
      {props.children}
    </SubjectContext.Provider>
  )
}
