import { ALERT_SEVERITIES, type AlertSeverity } from '../vocabulary/alerts.ts'
import { NATION, provinceOf } from '../vocabulary/areas.ts'

/** What decides the place of an alert in a list; a row of the wire fits. `raisedAt`: ms since 1970. */
export type Ranked = {
  readonly rule: number
  readonly area: string
  readonly severity: AlertSeverity
  readonly raisedAt: number
}

const weight = ({ severity }: Ranked): number => ALERT_SEVERITIES.indexOf(severity)

/** The worst first, of equals the oldest, then by rule and area: the order of every list, and of who is announced first. */
export function byRank(a: Ranked, b: Ranked): number {
  return (
    weight(b) - weight(a) ||
    a.raisedAt - b.raisedAt ||
    a.rule - b.rule ||
    (a.area < b.area ? -1 : Number(a.area > b.area))
  )
}

/** Where an alert's people are: the nation for those of the nation, its province for all others. */
export function audienceOf(area: string): string {
  return area === NATION ? NATION : provinceOf(area)
}

export type AlertGroup<A extends Ranked> = {
  readonly rule: number
  readonly audience: string
  readonly alerts: readonly A[]
}

/** Alerts by rule and province, as a flood is read: each group ranked, the groups by their first. */
export function groupsOf<A extends Ranked>(alerts: readonly A[]): readonly AlertGroup<A>[] {
  const groups = new Map<string, A[]>()
  for (const alert of alerts.toSorted(byRank)) {
    const key = `${alert.rule} ${audienceOf(alert.area)}`
    const group = groups.get(key)
    if (group) group.push(alert)
    else groups.set(key, [alert])
  }
  return [...groups.values()].map((group) => ({
    rule: group[0]!.rule,
    audience: audienceOf(group[0]!.area),
    alerts: group,
  }))
}
