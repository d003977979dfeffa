import { createContext, onCleanup, useContext } from 'solid-js'
import type { IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Followed } from './followed.ts'
import type { Asked, Subject } from './subject.tsx'

/** Numbers of a subject as a tile asks for them, the one its title names first. */
export type AskedNumbers = { readonly of: readonly IndicatorId[]; readonly asked?: Asked | undefined }

/** A scope of which a panel shows something, and which numbers of whom; none where it shows rows alone. */
export type Clocked = Pick<Followed, 'live' | 'scope'> & {
  readonly numbers?: { readonly subject: Subject; readonly asked: AskedNumbers }
}

/** All that a panel shows at this moment; none around it: nobody asks. */
export const ClockedContext = createContext<Set<Clocked>>()

/** Says, for as long as it is drawn, what a part of a panel shows, so that the panel can show its clocks. */
export function useClocked(shown: Clocked | undefined): void {
  const panel = useContext(ClockedContext)
  if (!panel || !shown) return
  panel.add(shown)
  onCleanup(() => panel.delete(shown))
}
