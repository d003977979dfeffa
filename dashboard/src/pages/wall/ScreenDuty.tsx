import { createEffect, type JSX } from 'solid-js'
import { byRank } from '../../../../hub/contract/alerts/order.ts'
import type { Scope } from '../../../../hub/contract/live/scopes.ts'
import { provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { isWallPlace } from '../../../../hub/contract/vocabulary/walls.ts'
import { type AlertRow, isAnnounced, isUnanswered } from '../../alerts/alerts.ts'
import { useAlarm } from '../../alerts/useAlarm.ts'
import { ask } from '../../api/http.ts'
import { useSession } from '../../live/browser.ts'
import { noticeExpiry } from '../../session/account.ts'
import type { Scenes } from './createScenes.ts'
import { PIN_MS, type Pin } from './scenes.ts'
import { useAsking } from './useDuty.ts'

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

/** What a screen does whatever it shows, on a link of its own: it asks what to play, and hears the alerts of its area. */
export function ScreenDuty(props: ScreenDutyProps): JSX.Element {
  const { scope, scenes, area } = props
  const live = useSession([scope], { unattended: true, rests: false }).store
  useAlarm(live, scope)
  useAsking(live, () => {
    ask('GET /api/scenes').then((answer) => scenes.send({ kind: 'scenes', scenes: answer.scenes, area }), lost)
  })
  createEffect(() => {
    const { offsetMs } = live.status()
    scenes.clock(offsetMs)
    scenes.send({ kind: 'alerts', alerts: pinsOf(scope, live.rows(scope, 'alert'), offsetMs ?? 0) })
  })
  return null
}

/** What is played goes on as it was; half a minute later it asks again. */
function lost(error: unknown): void {
  if (!noticeExpiry(error)) console.warn(error)
}
