import { type Accessor, createResource, type JSX, Show } from 'solid-js'
import { fetchProvinces, type Province } from '../api/areas.ts'
import { keepTrying } from '../api/keepTrying.ts'
import { useSession } from '../live/browser.ts'
import { createSubject, type Subject, SubjectContext } from '../panels/subject.tsx'
import { PageSkeleton } from '../ui/Skeleton.tsx'

/** The live session of a province's board; its freshness and its exercise mark are those of the board's scope. */
export function BoardSubject(props: { province: string; children: JSX.Element }): JSX.Element {
  const scope = `board:${props.province}` as const
  const { store } = useSession([scope], { unattended: false, rests: true })
  const [provinces] = createResource(() => keepTrying(fetchProvinces))
  const subjectOf = (all: Accessor<readonly Province[]>): Subject => {
    const operation = () => store.rows(scope, 'operation')[0]
    return {
      ...createSubject(store, props.province, { provinces: all(), districts: [] }),
      scope,
      operation,
      today: () => {
        const row = operation()
        return row && String(row.day)
      },
      loaded: () => store.scope(scope).loaded,
    }
  }
  return (
    <Show when={provinces.latest} fallback={<PageSkeleton />}>
      {(all) => <SubjectContext.Provider value={subjectOf(all)}>{props.children}</SubjectContext.Provider>}
    </Show>
  )
}
