import { createMemo, type JSX, Match, Switch } from 'solid-js'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { wallFacility, wallKind } from '../../../hub/contract/vocabulary/walls.ts'
import { fetchDistricts, fetchProvinces } from '../api/areas.ts'
import { type FacilityWall, fetchFacilityWall } from '../api/facilityWall.ts'
import { keepTrying, type Patience } from '../api/keepTrying.ts'
import { createPatient } from '../forms/createPatient.ts'
import { askEarly } from '../live/advice.ts'
import { useSession } from '../live/browser.ts'
import { carriers } from '../live/carriers.ts'
import { unattended } from '../live/unattended.ts'
import { refreshSession, sessionState } from '../session/account.ts'
import { commandScopes } from '../session/commandScopes.ts'
import { part } from '../ui/part.tsx'
import { StillTrying } from '../ui/StillTrying.tsx'
import { followFacility } from './followFacility.ts'
import { AboutSubject, createSubject, homeOf, subjectScope } from './subject.tsx'

/** It has the head of a page, which a wall does without. */
const UnknownProvince = part(async () => ({ default: (await import('./UnknownProvince.tsx')).UnknownProvince }))

type KnownAreas = Omit<Parameters<typeof createSubject>[2], 'facility'>
/** `wall`: of a facility, as it was when it was opened */
type Known = KnownAreas & { readonly wall?: FacilityWall }

/**
 * @param patience is told of each try that fails
 * @returns `null` when there is no such area: only what exists is asked for its districts, and followed
 */
export async function loadKnown(area: string, patience: Pick<Patience, 'failed'> = {}): Promise<Known | null> {
  if (sessionState().kind === 'unknown') askEarly()
  // Who looks decides what is followed beside the area (`also`).
  const [provinces] = await Promise.all([keepTrying(fetchProvinces, patience), knownSession()])
  const isFacility = wallKind(area) === 'facility'
  const wall = isFacility ? await keepTrying(() => fetchFacilityWall(wallFacility(area)), patience) : undefined
  if (wall === null) return null
  const home = homeOf(area, wall?.district)
  if (home === NATION) return { provinces, districts: [], exact: true }
  if (!provinces.some(({ code }) => code === home)) return null
  const districts = await keepTrying(() => fetchDistricts(home), patience)
  const state = sessionState()
  const exact = state.kind === 'in' && state.session.may.includes('province.read')
  if (wall) return { provinces, districts, exact, wall }
  if (area !== home && !districts.some(({ code }) => code === area)) return null
  return { provinces, districts, exact }
}

async function knownSession(): Promise<void> {
  if (sessionState().kind === 'unknown') await refreshSession()
}

type SubjectProviderProps = {
  /** `TH`, a health region, a province, a district or a facility; the provider is made anew for another one */
  area: string
  /** followed beside it, in the same session; asked of the area whose scope it has */
  also?: readonly Scope[] | ((home: string) => readonly Scope[])
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
  // A facility is for those with an account: a screen that is let in later asks anew.
  const asked = createMemo(() => (wallKind(props.area) === 'facility' ? sessionState().kind : props.area))
  const [known, trouble] = createPatient(asked, (_, patience) => loadKnown(props.area, patience))
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
  also: SubjectProviderProps['also']
  rests: boolean | undefined
  reports: boolean | undefined
  known: Known
  children: JSX.Element
}

function LiveSubject(props: LiveSubjectProps): JSX.Element {
  const { wall, ...areas } = props.known
  const home = homeOf(props.area, wall?.district)
  const own = subjectScope(home, props.known.exact)
  const also = typeof props.also === 'function' ? props.also(home) : (props.also ?? [])
  const session = useSession([own, ...also, ...commandScopes(home)], {
    carriers,
    unattended,
    rests: props.rests ?? false,
    ...(props.reports === undefined ? {} : { reports: () => props.reports === true }),
  })
  const facility = wall && followFacility(wall, () => session.store.rows(own, 'beds'))
  return (
    <AboutSubject value={createSubject(session.store, props.area, { ...areas, facility })}>
      {props.children}
    </AboutSubject>
  )
}
