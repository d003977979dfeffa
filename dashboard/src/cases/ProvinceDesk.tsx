import { useSearchParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { useDesk } from '../pageKit/DeskPage.tsx'
import { SubjectProvider } from '../panels/SubjectProvider.tsx'
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
  return (
    <Show when={province()} keyed>
      {(code) => (
        <SubjectProvider
          area={code}
          also={[`board:${code}`]}
          loading={<PageSkeleton />}
          unknown={<EmptyState title={props.unknown} />}
        >
          {props.children(code)}
        </SubjectProvider>
      )}
    </Show>
  )
}
