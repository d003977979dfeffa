import { alertScopesOf } from '../../../hub/contract/live/page-scopes.ts'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { type Scope, scopeArea } from '../../../hub/contract/live/scopes.ts'
import { ALERT_SEVERITIES, type AlertSeverity, UNANSWERED_STATES } from '../../../hub/contract/vocabulary/alerts.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import type { SessionState } from '../session/account.ts'

export type AlertRow = RowObject<'alert'>

/** The alerts of an area, for who may hear them; none for others: a wall without an account is silent. */
export function alertScopes(state: SessionState, area: string): readonly Scope[] {
  return state.kind === 'in' ? alertScopesOf(state.session, area) : []
}

export function isUnanswered({ state }: Pick<AlertRow, 'state'>): boolean {
  return UNANSWERED_STATES.some((each) => each === state)
}

/** Whether the people of a scope were called to it; of those that a flood holds back they were not. */
export function isAnnounced(scope: Scope, { announced, announcedNation }: AlertRow): boolean {
  return scopeArea(scope) === NATION ? announcedNation : announced
}

/** At least as grave as `least`. */
export function atLeast(least: AlertSeverity, severity: AlertSeverity): boolean {
  return ALERT_SEVERITIES.indexOf(severity) >= ALERT_SEVERITIES.indexOf(least)
}

/** What a screen that sounds has to sound for: new calls, and those that were escalated. Keys that stay the same are no news. */
export function ringsOf(scope: Scope, rows: readonly AlertRow[], least: AlertSeverity): ReadonlySet<string> {
  return new Set(
    rows
      .filter((one) => one.sound && isUnanswered(one) && isAnnounced(scope, one) && atLeast(least, one.severity))
      .map(({ id, state }) => (state === 'escalated' ? `${id} escalated` : id)),
  )
}
