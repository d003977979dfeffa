import { createMemo, type JSX, Show, Suspense } from 'solid-js'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { useSession } from '../live/browser.ts'
import { createNow } from '../live/createNow.ts'
import { freshness } from '../live/freshness.ts'
import { useFollowed } from '../panels/followed.ts'
import { sessionState } from '../session/account.ts'
import { part } from '../ui/part.tsx'
import './AlertStrip.css'
import { alertScopes } from './alerts.ts'

const LOOK_EVERY_MS = 1_000

/** With the names of rules and indicators it is as large as a card and a half: the page does not wait for it. */
const AlertStrip = part(async () => ({ default: (await import('./AlertStrip.tsx')).AlertStrip }))

/** As high as the strip that will stand there. */
const StripRoom = (): JSX.Element => (
  <section class="alert-strip" data-unanswered="0" aria-hidden="true">
    <p />
  </section>
)

/** The strip of the subject's area, on a page that follows its alerts (`alertScopes`) in its own session. */
export function SubjectAlerts(): JSX.Element {
  const { area } = useFollowed()
  const [scope] = alertScopes(sessionState(), area)
  return (
    <Show when={scope}>
      {(of) => (
        <Suspense fallback={<StripRoom />}>
          <AlertStrip scope={of()} area={area} leads />
        </Suspense>
      )}
    </Show>
  )
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
  return (
    <Suspense fallback={<StripRoom />}>
      <AlertStrip scope={props.scope} area={props.area} live={store} old={isOld()} leads />
    </Suspense>
  )
}
