import { createEffect, type JSX, Show, untrack } from 'solid-js'
import { byRank } from '../../../../hub/contract/alerts/order.ts'
import type { Scope } from '../../../../hub/contract/live/scopes.ts'
import { provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { isWallPlace } from '../../../../hub/contract/vocabulary/walls.ts'
import { type AlertRow, isAnnounced, isUnanswered } from '../../alerts/alerts.ts'
import { useAlarm } from '../../alerts/useAlarm.ts'
import { ask } from '../../api/http.ts'
import { useSession } from '../../live/browser.ts'
import { carriers } from '../../live/carriers.ts'
import { unattended } from '../../live/unattended.ts'
import { noticeExpiry, sessionState } from '../../session/account.ts'
import type { Scenes } from './createScenes.ts'
import { PIN_MS, type Pin } from './scenes.ts'
import { useAsking } from './useDuty.ts'
import { WallOrders } from './WallOrders.tsx'

/** More wait in the line of alerts. */
const PINS_MAX = 20

/** @param offsetMs from the screen's clock to the hub's, by which it was raised */
function pinsOf(scope: Scope, alerts: readonly AlertRow[], offsetMs: number): Pin[] {
  return alerts
    .filter((one) => isUnanswered(one) && isAnnounced(scope, one))
    .toSorted(byRank)
    .slice(0, PINS_MAX)
    .map((alert) => ({
      alert: alert.id,
      place: isWallPlace(alert.area) ? alert.area : provinceOf(alert.area),
      until: (alert.escalatedAt ?? alert.raisedAt) - offsetMs + PIN_MS,
      nameTh: alert.nameTh,
      nameEn: alert.nameEn,
    }))
}

type ScreenDutyProps = { area: string; scope: Scope; scenes: Scenes }

/** What a screen does whatever it shows, on a link of its own: it asks what to play, hears the alerts of its area, and what it is told. */
export function ScreenDuty(props: ScreenDutyProps): JSX.Element {
  const { scope, scenes, area } = props
  const own = ownScope()
  const live = useSession(own === undefined ? [scope] : [scope, own], {
    ...{ carriers, unattended, rests: false },
    reports: () => true,
  }).store
  useAlarm(live, scope)
  useAsking(live, () => {
    ask('GET /api/scenes').then((answer) => scenes.send({ kind: 'scenes', scenes: answer.scenes, area }), lost)
  })
  createEffect(() => {
    const { offsetMs } = live.status()
    scenes.clock(offsetMs)
    scenes.send({ kind: 'alerts', alerts: pinsOf(scope, live.rows(scope, 'alert'), offsetMs ?? 0) })
  })
  return <Show when={own}>{(told) => <WallOrders live={live} scope={told()} scenes={scenes} />}</Show>
}

/** Where a screen hears what it is told, as when the page was opened. */
function ownScope(): Scope | undefined {
  const state = untrack(sessionState)
  return state.kind === 'in' ? `screen:${state.session.account.id}` : undefined
}

/** What is played goes on as it was; half a minute later it asks again. */
function lost(error: unknown): void {
  if (!noticeExpiry(error)) console.warn(error)
}
