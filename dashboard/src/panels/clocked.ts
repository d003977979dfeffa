import { createContext, onCleanup, useContext } from 'solid-js'
import type { Followed } from './followed.ts'

/** What a panel shows of a scope. `reported`: ms since 1970 of its oldest report, `null` when there is none, or it is not known. */
export type Clocked = Pick<Followed, 'live' | 'scope'> & { reported(now: number): number | null }

/** All that a panel shows at this moment; none around it: nobody asks. */
export const ClockedContext = createContext<Set<Clocked>>()

/** Says, for as long as it is drawn, what a part of a panel shows, so that the panel can show its clocks. */
export function useClocked(shown: Clocked | undefined): void {
  const panel = useContext(ClockedContext)
  if (!panel || !shown) return
  panel.add(shown)
  onCleanup(() => panel.delete(shown))
}
