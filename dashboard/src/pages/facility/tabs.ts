import { useSearchParams } from '@solidjs/router'
import type { SignedIn } from '../../session/account.ts'

export const TABS = [
  { tab: 'beds', action: 'facility.report' },
  { tab: 'doses', action: 'vaccination.report' },
  { tab: 'stock', action: 'stock.report' },
  { tab: 'tests', action: 'test.report' },
  { tab: 'rounds', action: 'test.report' },
  { tab: 'plan', action: 'vaccination.plan' },
  { tab: 'resources', action: 'resource.request' },
] as const
export type Tab = (typeof TABS)[number]['tab']
type Tabs = readonly (typeof TABS)[number][]

/** Those whose reports wait on a phone. */
export const KEPT_TABS: Tabs = TABS.filter(({ tab }) => ['beds', 'doses', 'stock', 'tests'].includes(tab))

/** The tab that the address names, of those this account may use. */
export function useTab(session: SignedIn, all: Tabs = TABS) {
  const tabs = all.filter(({ action }) => session.may.includes(action)).map(({ tab }) => tab)
  const [search, setSearch] = useSearchParams<{ tab?: string }>()
  const chosen = (): Tab => tabs.find((tab) => tab === search.tab) ?? tabs[0] ?? 'beds'
  const choose = (tab: Tab): void => setSearch({ tab }, { replace: true })
  return [chosen, choose, tabs] as const
}
