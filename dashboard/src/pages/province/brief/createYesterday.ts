import { type Accessor, createMemo, createResource } from 'solid-js'
import { cellKey } from '../../../../../hub/contract/live/apply.ts'
import { columnDay } from '../../../../../hub/contract/vocabulary/metrics.ts'
import { type Answer, ask } from '../../../api/http.ts'
import { createNow } from '../../../live/createNow.ts'
import type { Past, Subject } from '../../../panels/subject.tsx'

/** A mark of a real day moves each half hour; a drill's day takes minutes. */
const LOOK_EVERY_MS = { live: 300_000, played: 20_000 }

type Mark = NonNullable<Answer<'GET /api/yesterday'>['mark']>
/** How the subject stood yesterday at this hour: the operation's day, and when, ms since 1970. */
export type Yesterday = Past & Pick<Mark, 'day' | 'at'>

/** `null`: nobody has marked that hour. `undefined`: it is not known yet, or `error` says why not. */
export type YesterdayState = {
  readonly mark: Accessor<Yesterday | null | undefined>
  readonly error: Accessor<unknown>
}

export function createYesterday({ area, cells, operation }: Subject): YesterdayState {
  const now = createNow(LOOK_EVERY_MS.played)
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

/** The cells of the mark; days before it are over, and stand in the scope as they are now. */
export function pastOf({ day, at, cells, oldest }: Mark, present: Past['cells']): Yesterday {
  const values = new Map<string, number>()
  for (const [column, ...pairs] of cells) {
    for (let i = 0; i < pairs.length; i += 2) {
      values.set(cellKey(String(column), String(pairs[i])), Number(pairs[i + 1]))
    }
  }
  const ages = new Map(oldest.map(({ area, measure, at }) => [cellKey(measure, area), at] as const))
  return {
    day,
    at,
    cells(column, area) {
      const of = columnDay(column)
      return of !== undefined && of < day ? present(column, area) : (values.get(cellKey(column, area)) ?? 0)
    },
    oldest: (area, measure) => ages.get(cellKey(measure, area)) ?? null,
  }
}
