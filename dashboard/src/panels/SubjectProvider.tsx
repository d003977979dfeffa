import { createResource, type JSX, Match, Switch } from 'solid-js'
import { NATION } from '../../../hub/wire/areas.ts'
import type { Scope } from '../../../hub/wire/scopes.ts'
import { fetchDistricts, fetchProvinces } from '../api/areas.ts'
import { keepTrying } from '../api/keepTrying.ts'
import { useSession } from '../live/browser.ts'
import { createSubject, SubjectContext } from './subject.tsx'

type Known = Parameters<typeof createSubject>[2]

async function loadKnown(area: string): Promise<Known> {
  const [provinces, districts] = await Promise.all([
    keepTrying(fetchProvinces),
    area === NATION ? [] : keepTrying(() => fetchDistricts(area)),
  ])
  return { provinces, districts }
}

type SubjectProviderProps = {
  /** `TH` or a province's code; the provider is made anew for another one */
  area: string
  /** followed beside it, in the same session */
  also?: readonly Scope[]
  /** lets go of its link while the page is hidden */
  rests?: boolean
  loading: JSX.Element
  unknown: JSX.Element
  children: JSX.Element
}

/** Opens the live session of an area and gives its panels their subject. */
export function SubjectProvider(props: SubjectProviderProps): JSX.Element {
  const own: Scope = props.area === NATION ? 'nation' : `province:${props.area}`
  const session = useSession([own, ...(props.also ?? [])], { unattended: true, rests: props.rests ?? false })
  const [known] = createResource(() => loadKnown(props.area))
  const isKnown = () =>
    props.area === NATION || known.latest?.provinces.some((province) => province.code === props.area) === true
  return (
    <Switch fallback={props.loading}>
      <Match when={known.latest && !isKnown()}>{props.unknown}</Match>
      <Match when={known.latest}>
        {(areas) => (
          <SubjectContext.Provider value={createSubject(session.store, props.area, areas())}>
            {props.children}
          </SubjectContext.Provider>
        )}
      </Match>
    </Switch>
  )
}
