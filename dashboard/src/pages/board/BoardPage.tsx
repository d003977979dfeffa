import { useSearchParams } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { BoardSubject } from '../../cases/BoardSubject.tsx'
import type { SignedIn } from '../../session/account.ts'
import { RequireSession } from '../../session/RequireSession.tsx'
import { BoardScreen } from './BoardScreen.tsx'

/** Where an account of the whole nation begins. */
const CAPITAL = '10'
const PROVINCE = /^\d{2}$/

/** `/board`: the open cases of the account's area; `?province=` another of its provinces. */
export default function BoardPage(): JSX.Element {
  return <RequireSession may="board.read">{(session) => <ProvinceBoard session={session()} />}</RequireSession>
}

function ProvinceBoard(props: { session: SignedIn }): JSX.Element {
  const [query] = useSearchParams<{ province?: string }>()
  const province = createMemo(() => {
    if (query.province && PROVINCE.test(query.province)) return query.province
    const [first] = props.session.areas
    return first === undefined || first === NATION ? CAPITAL : first.slice(0, 2)
  })
  return (
    <Show when={province()} keyed>
      {(code) => (
        <BoardSubject province={code}>
          <BoardScreen session={props.session} province={code} />
        </BoardSubject>
      )}
    </Show>
  )
}
