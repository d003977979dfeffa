import { type Accessor, createMemo } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { createHubNow } from '../live/hubClock.ts'

/** A mark of a real day moves each half hour; a drill's day takes minutes. */
const LOOK_EVERY_MS = { live: 300_000, played: 20_000 }

/** Another number as often as marks of the day (GET /api/yesterday, GET /api/shift-start) are worth asking for; never in a pocket. */
export function createMarkTurn(
  operation: () => Pick<RowObject<'operation'>, 'kind'> | undefined,
): Accessor<number | undefined> {
  const now = createHubNow(LOOK_EVERY_MS.played)
  return createMemo((before: number | undefined) => {
    const at = now()
    const kind = operation()?.kind
    if (kind === undefined || document.visibilityState === 'hidden') return before
    return Math.floor(at / LOOK_EVERY_MS[kind === 'live' ? 'live' : 'played'])
  })
}
