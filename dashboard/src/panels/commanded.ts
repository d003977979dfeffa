import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import type { Audience } from '../../../hub/contract/vocabulary/period.ts'

/** Where a message is read. */
export type Reader = {
  /** a wall, a board, or another page */
  readonly place: 'screens' | 'boards' | 'pages'
  /** the area that the page is about */
  readonly area: string
  readonly role: string | null
  /** of the account; none of nobody */
  readonly areas: readonly string[]
}

/**
 * Whether what is said in `said` concerns the reader: the page's area and the nation, and, but for a wall, the areas that hold
 * one of the account's own or lie in it.
 */
function concerns({ place, area, areas }: Reader, said: string): boolean {
  if (said === NATION || said === area) return true
  return place !== 'screens' && areas.some((own) => own.startsWith(said) || said.startsWith(own))
}

function isFor({ place, role }: Reader, audience: Audience): boolean {
  return audience === 'everyone' || audience === place || audience === role
}

/** What stands now, urgent first, then the newest. @param now ms since 1970 */
export function messagesFor(
  reader: Reader,
  messages: readonly RowObject<'message'>[],
  now: number,
): readonly RowObject<'message'>[] {
  return messages
    .filter(({ area, audience, until }) => now < until && concerns(reader, area) && isFor(reader, audience))
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || b.sentAt - a.sentAt)
}

/** The objectives of the page's area, what is due first comes first. */
export function objectivesFor(
  area: string,
  objectives: readonly RowObject<'objective'>[],
): readonly RowObject<'objective'>[] {
  return objectives
    .filter((one) => one.area === area && one.kind === 'objective')
    .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || Number(a.id) - Number(b.id))
}
