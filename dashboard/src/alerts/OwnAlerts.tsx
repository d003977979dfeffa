import { createMemo, type JSX, Show, Suspense } from 'solid-js'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { useSession } from '../live/browser.ts'
import { carriers } from '../live/carriers.ts'
import { createNow } from '../live/createNow.ts'
import { freshness } from '../live/freshness.ts'
import { sessionState } from '../session/account.ts'
import { alertScopes } from './alerts.ts'
import { AlertStrip, StripRoom } from './SubjectAlerts.tsx'

const LOOK_EVERY_MS = 1_000

/** The strip of the account's own area, the first of several, with a live session for nothing else; nothing for who hears none. */
export default function OwnAlerts(): JSX.Element {
  const own = createMemo(() => {
    const state = sessionState()
    const [first] = state.kind === 'in' ? state.session.areas : []
    return first === undefined ? undefined : first === NATION ? NATION : first.slice(0, 2)
  })
  return (
    <Show when={own()} keyed>
      {(area) => <LiveAlerts area={area} />}
    </Show>
  )
}

function LiveAlerts(props: { area: string }): JSX.Element {
  const { area } = props
  const [scope] = alertScopes(sessionState(), area)
  return <Show when={scope}>{(of) => <Followed scope={of()} area={area} />}</Show>
}

function Followed(props: { scope: ReturnType<typeof alertScopes>[number]; area: string }): JSX.Element {
  const { store } = useSession([props.scope], { carriers, rests: true })
  const now = createNow(LOOK_EVERY_MS)
  const isOld = createMemo(() =>
    ['stale', 'offline'].includes(freshness(store.status(), store.scope(props.scope).loaded, now()).kind),
  )
  return (
    <Suspense fallback={<StripRoom />}>
      <AlertStrip scope={props.scope} area={props.area} live={store} old={isOld()} leads />
    </Suspense>
  )
}
