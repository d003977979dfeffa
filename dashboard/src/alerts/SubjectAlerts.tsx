import { type JSX, Show, Suspense } from 'solid-js'
import { useFollowed } from '../panels/followed.ts'
import { sessionState } from '../session/account.ts'
import { part } from '../ui/part.tsx'
import './AlertStrip.css'
import { alertScopes } from './alerts.ts'

/** With the names of rules and indicators it is as large as a card and a half: the page does not wait for it. */
export const AlertStrip = part(async () => ({ default: (await import('./AlertStrip.tsx')).AlertStrip }))

/** As high as the strip that will stand there. */
export const StripRoom = (): JSX.Element => (
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
