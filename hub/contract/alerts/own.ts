import type { AlertOwner } from '../vocabulary/alerts.ts'
import { NATION } from '../vocabulary/areas.ts'
import { type AlertRule, ruleProblem, type Watch } from './rules.ts'

/** Whether two rules ask the same of the same kind of area: then a province's stands in place of the nation's. */
export function watchesSame(a: Omit<Watch, 'bound' | 'clearBound'>, b: Omit<Watch, 'bound' | 'clearBound'>): boolean {
  return (
    a.indicator === b.indicator && a.option === b.option && a.areaKind === b.areaKind && a.condition === b.condition
  )
}

/** The provinces whose own rules stand in place of a nation's: those that are on and can be computed. One that is off gives way. */
export function replacedIn(rule: AlertRule, rules: readonly AlertRule[]): ReadonlySet<string> {
  if (rule.area !== NATION) return new Set()
  const own = rules.filter(
    (one) => one.area !== NATION && one.enabled && watchesSame(one, rule) && ruleProblem(one) === null,
  )
  return new Set(own.map(({ area }) => area))
}

export type Owners = readonly { readonly role: string; readonly areas: readonly string[] }[]

/** Whether an account of the role would be called to what rings in an area; of the nation's rules: anywhere. */
export function hasPeople(owners: Owners, role: AlertOwner, area: string): boolean {
  const covers = (own: string) => own === NATION || area === NATION || area.startsWith(own)
  return owners.some((one) => one.role === role && one.areas.some(covers))
}
