import { type Accessor, createMemo, createResource } from 'solid-js'
import { type Past, pastOf } from '../../../../../hub/contract/live/past.ts'
import { ask } from '../../../api/http.ts'
import { createMarkTurn } from '../../../panels/markTurn.ts'
import type { Subject } from '../../../panels/subject.tsx'

/** How the subject stood yesterday at this hour: the operation's day, and when, ms since 1970. */
export type Yesterday = Past

/** `null`: nobody has marked that hour. `undefined`: it is not known yet, or `error` says why not. */
export type YesterdayState = {
  readonly mark: Accessor<Yesterday | null | undefined>
  readonly error: Accessor<unknown>
  again(): void
}

export function createYesterday({ area, cells, operation }: Subject): YesterdayState {
  const turn = createMarkTurn(operation)
  const [answer, { refetch }] = createResource(turn, () => ask('GET /api/yesterday', { query: { area } }))
  return {
    mark: createMemo(() => {
      if (answer.error) return undefined
      const found = answer.latest
      return found === undefined ? undefined : found.mark && pastOf(found.mark, cells)
    }),
    error: () => answer.error,
    again: () => void refetch(),
  }
}
