import { NEED_KINDS } from '../../../hub/contract/vocabulary/needs.ts'
import { SEVERITIES } from '../../../hub/contract/vocabulary/severity.ts'
import { type BoardFilter, NO_FILTER, SHOWS, SORTS, type Sort } from './board.ts'

/** What a board shows and in which order, as its address says it: it survives a reload, and the way to a case and back. */
export type BoardQuery = { readonly filter: BoardFilter; readonly sort: Sort }

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

const AREA = /^\d{4}(\d{2})?$/
const TEXT_MAX = 80
/** The board that was seen last in this tab, for the way back from a case. */
const KEPT = 'jitasa.board'

const isOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((each) => each === value)

/** What an address does not say, or says wrongly, is as on a board that was just opened. */
export function readBoardQuery(params: Params): BoardQuery {
  const { area, q } = params
  return {
    filter: {
      show: isOf(SHOWS, params.show) ?? NO_FILTER.show,
      severity: isOf(SEVERITIES, params.severity) ?? null,
      need: isOf(NEED_KINDS, params.need) ?? null,
      text: typeof q === 'string' ? q.slice(0, TEXT_MAX) : '',
      area: typeof area === 'string' && AREA.test(area) ? area : null,
    },
    sort: isOf(SORTS, params.sort) ?? SORTS[0],
  }
}

/** `undefined` takes a part out of the address. */
export function writeBoardQuery({ filter, sort }: BoardQuery): Record<string, string | undefined> {
  return {
    show: filter.show === NO_FILTER.show ? undefined : filter.show,
    severity: filter.severity ?? undefined,
    need: filter.need ?? undefined,
    q: filter.text === '' ? undefined : filter.text.slice(0, TEXT_MAX),
    area: filter.area ?? undefined,
    sort: sort === SORTS[0] ? undefined : sort,
  }
}

/** @param search of the address, which a router changes later than the query */
export function keepBoard(search: string, query: BoardQuery): void {
  const params = new URLSearchParams(search)
  for (const [name, value] of Object.entries(writeBoardQuery(query))) {
    if (value === undefined) params.delete(name)
    else params.set(name, value)
  }
  sessionStorage.setItem(KEPT, `?${params}`)
}

/** Where "back to the board" leads. */
export function boardHref(): string {
  const search = sessionStorage.getItem(KEPT)
  return search?.startsWith('?') ? `/board${search}` : '/board'
}
