import type { CaseCursor, CaseFilter, ListedCase } from '../../../db/queries/cases.ts'
import { LIVE_NEED_STATES } from '../../contract/vocabulary/needs.ts'
import { readCursor, writeCursor, wrongQuery } from '../command/keyset.ts'
import { rowsBehindMetric } from './rows-behind-metric.ts'

/** hub/contract/vocabulary/urgency.ts has fewer. */
const RANK_MAX = 10

/** What a list of cases is asked for; `metric` and `day` open the list behind a number. */
export type CaseListQuery = {
  readonly area: string
  readonly severity?: readonly string[] | undefined
  readonly carePlace?: readonly string[] | undefined
  readonly stage?: readonly string[] | undefined
  readonly need?: readonly string[] | undefined
  readonly board?: 'yes' | 'no' | undefined
  readonly metric?: string | undefined
  readonly day?: string | undefined
  readonly days: number
}

/** @throws ApiError 400 when the metric is none of cases or needs, or lacks its day. */
export function caseFilter(query: CaseListQuery): CaseFilter {
  const filter: CaseFilter = {
    area: query.area,
    severity: query.severity,
    carePlace: query.carePlace,
    stage: query.stage,
    onBoard: query.board === undefined ? undefined : query.board === 'yes',
    need: query.need === undefined ? undefined : { kinds: query.need, states: LIVE_NEED_STATES },
  }
  if (query.metric === undefined) return filter
  const found = rowsBehindMetric(query.metric)
  if (found?.table === 'needs') {
    return { ...filter, need: { kinds: found.where.kind ?? [], states: found.where.status ?? [] } }
  }
  if (found?.table !== 'cases')
    throw wrongQuery('metric', 'no metric of cases or needs; doses and tests: GET /api/reports')
  if (found.day !== undefined && query.day === undefined) throw wrongQuery('day', 'this metric is counted by day')
  return {
    ...filter,
    counted: found.where,
    countedDays: found.day && query.day ? { column: found.day, last: query.day, length: query.days } : undefined,
  }
}

export function cursorAfter(last: ListedCase): string {
  return writeCursor([last.rank, last.at_us, last.id])
}

/** @throws ApiError 400 for anything that is not a cursor of this list. */
export function readCaseCursor(text: string | undefined): CaseCursor | undefined {
  if (text === undefined) return undefined
  const [rank = -1, at = 0, id = 0] = readCursor(text, 3)
  if (rank < 0 || rank > RANK_MAX) throw wrongQuery('cursor', 'not a cursor of this list; begin without one')
  return [rank, at, id]
}
