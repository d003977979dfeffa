import { type Accessor, createMemo, createResource } from 'solid-js'
import { type Past, pastOf } from '../../../../../hub/contract/live/past.ts'
import { ask } from '../../../api/http.ts'
import { createHubNow } from '../../../live/hubClock.ts'
import type { Subject } from '../../../panels/subject.tsx'

/** A mark of a real day moves each half hour; a drill's day takes minutes. */
const LOOK_EVERY_MS = { live: 300_000, played: 20_000 }

/** How the subject stood yesterday at this hour: the operation's day, and when, ms since 1970. */
export type Yesterday = Past

/** `null`: nobody has marked that hour. `undefined`: it is not known yet, or `error` says why not. */
export type YesterdayState = {
  readonly mark: Accessor<Yesterday | null | undefined>
  readonly error: Accessor<unknown>
}

export function createYesterday({ area, cells, operation }: Subject): YesterdayState {
  const now = createHubNow(LOOK_EVERY_MS.played)
  /** Nothing is asked for a page in a pocket. */
  const turn = createMemo((before: number | undefined) => {
    const at = now()
    const kind = operation()?.kind
    if (kind === undefined || document.visibilityState === 'hidden') return before
    return Math.floor(at / LOOK_EVERY_MS[kind === 'live' ? 'live' : 'played'])
  })
  const [answer] = createResource(turn, () => ask('GET /api/yesterday', { query: { area } }))
  return {
    mark: createMemo(() => {
      if (answer.error) return undefined
      const found = answer.latest
      return found === undefined ? undefined : found.mark && pastOf(found.mark, cells)
    }),
    error: () => answer.error,
  }
}
