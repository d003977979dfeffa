import { type Accessor, createContext, createMemo, createResource, useContext } from 'solid-js'
import { type Past, pastOf } from '../../../hub/contract/live/past.ts'
import { ask } from '../api/http.ts'
import { sessionState } from '../session/account.ts'
import { commandScopes } from '../session/commandScopes.ts'
import { createMarkTurn } from './markTurn.ts'
import type { Subject } from './subject.tsx'

/** How the subject of a wall stood when the shift began; `undefined`: it is not known. */
export type ShiftStart = Accessor<Past | undefined>

export const ShiftStartContext = createContext<ShiftStart>()
/** How it stood yesterday at this hour. */
export const YesterdayContext = createContext<Accessor<Past | undefined>>()

/** @returns `undefined` on pages that are no walls */
export function useShiftStart(): ShiftStart | undefined {
  return useContext(ShiftStartContext)
}

const mayAsk = (): boolean => {
  const state = sessionState()
  return state.kind === 'in' && state.session.may.includes('province.read')
}

/** Asked now and then; what was known stands until there is an answer. */
export function createWallYesterday({ home, cells, operation }: Subject): Accessor<Past | undefined> {
  const may = mayAsk()
  const turn = createMarkTurn(operation)
  const [answer] = createResource(
    () => (may ? turn() : undefined),
    () => ask('GET /api/yesterday', { query: { area: home } }),
    { initialValue: { mark: null } },
  )
  return createMemo<Past | undefined>((before) => {
    if (answer.error) return before
    return answer.latest.mark ? pastOf(answer.latest.mark, cells) : undefined
  })
}

/** Asked now and then, and as soon as command begins a shift or hands one over; what was known stands until there is an answer. */
export function createShiftStart({ home, live, cells, operation }: Subject): ShiftStart {
  const may = mayAsk()
  const scopes = commandScopes(home)
  const periods = createMemo(() => scopes.flatMap((scope) => live.rows(scope, 'period').map(({ id }) => id)).join())
  const turn = createMarkTurn(operation)
  const asked = createMemo(() => (may && turn() !== undefined ? `${turn()} ${periods()}` : undefined))
  const [answer] = createResource(asked, () => ask('GET /api/shift-start', { query: { area: home } }), {
    initialValue: null,
  })
  return createMemo<Past | undefined>((before) => {
    if (answer.error) return before
    return answer.latest?.mark ? pastOf(answer.latest.mark, cells) : undefined
  })
}
