import { createMemo, type JSX, Show } from 'solid-js'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { useSession } from '../live/browser.ts'
import { createNow } from '../live/createNow.ts'
import { freshness } from '../live/freshness.ts'
import { useSubject } from '../panels/subject.tsx'
import { sessionState } from '../session/account.ts'
import { AlertStrip } from './AlertStrip.tsx'
import { alertScopes } from './alerts.ts'

const LOOK_EVERY_MS = 1_000

/** The strip of the subject's area, on a page that follows its alerts (`alertScopes`) in its own session. */
export function SubjectAlerts(): JSX.Element {
  const { area } = useSubject()
  const [scope] = alertScopes(sessionState(), area)
  return <Show when={scope}>{(of) => <AlertStrip scope={of()} area={area} leads />}</Show>
}

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
  const { store } = useSession([props.scope], { unattended: false, rests: true })
  const now = createNow(LOOK_EVERY_MS)
  const isOld = createMemo(() =>
    ['stale', 'offline'].includes(freshness(store.status(), store.scope(props.scope).loaded, now()).kind),
  )
  return <AlertStrip scope={props.scope} area={props.area} live={store} old={isOld()} leads />
}
