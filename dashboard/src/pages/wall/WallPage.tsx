import { useParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { alertScopes } from '../../alerts/alerts.ts'
import { ListLinks } from '../../panels/ListLink.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { sessionState } from '../../session/account.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { WallScreen } from './WallScreen.tsx'

/** `/wall` the nation, `/wall/50` a province. Another area is another session. */
export default function WallPage(): JSX.Element {
  const params = useParams<{ province?: string }>()
  return (
    <Show when={params.province ?? NATION} keyed>
      {(area) => (
        <SubjectProvider area={area} also={alertScopes(sessionState(), area)} reports loading={<PageSkeleton />}>
          <ListLinks>
            <WallScreen />
          </ListLinks>
        </SubjectProvider>
      )}
    </Show>
  )
}
