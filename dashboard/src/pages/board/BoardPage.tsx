import { useSearchParams } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import { boardProvince } from '../../../../hub/contract/live/page-scopes.ts'
import { BoardSubject } from '../../cases/BoardSubject.tsx'
import { lateCarriers } from '../../live/lateCarriers.ts'
import type { SignedIn } from '../../session/account.ts'
import { RequireSession } from '../../session/RequireSession.tsx'
import { BoardScreen } from './BoardScreen.tsx'

/** `/board`: the open cases of the account's area; `?province=` another of its provinces. */
export default function BoardPage(): JSX.Element {
  return <RequireSession may="board.read">{(session) => <ProvinceBoard session={session()} />}</RequireSession>
}

function ProvinceBoard(props: { session: SignedIn }): JSX.Element {
  const [query] = useSearchParams<{ province?: string }>()
  const province = createMemo(() => boardProvince(props.session.areas, query.province))
  return (
    <Show when={province()} keyed>
      {(code) => (
        <BoardSubject session={props.session} province={code} carriers={lateCarriers}>
          <BoardScreen session={props.session} province={code} />
        </BoardSubject>
      )}
    </Show>
  )
}
