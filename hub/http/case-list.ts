import type { CaseCursor, CaseFilter, ListedCase } from '../../db/queries/cases.ts'
import { behind } from '../cases/behind.ts'
import { LIVE_NEED_STATES } from '../wire/metrics.ts'
import { ApiError } from './api-error.ts'

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
}

function wrong(path: string, message: string): ApiError {
  return new ApiError(400, 'invalid_input', `The request is wrong in: ${path}.`, [{ in: 'query', path, message }])
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
  const found = behind(query.metric)
  if (found?.table === 'needs') {
    return { ...filter, need: { kinds: found.where.kind ?? [], states: found.where.status ?? [] } }
  }
  if (found?.table !== 'cases') throw wrong('metric', 'no metric of cases or needs; doses and tests: GET /api/reports')
  if (found.day !== undefined && query.day === undefined) throw wrong('day', 'this metric is counted by day')
  return {
    ...filter,
    counted: found.where,
    countedDay: found.day && query.day ? { column: found.day, day: query.day } : undefined,
  }
}

export function cursorAfter(last: ListedCase): string {
  return Buffer.from(JSON.stringify([last.rank, last.at_us, last.id])).toString('base64url')
}

/** @throws ApiError 400 for anything that is not a cursor of this API. */
export function readCursor(text: string | undefined): CaseCursor | undefined {
  if (text === undefined) return undefined
  const values = parse(Buffer.from(text, 'base64url').toString())
  if (Array.isArray(values) && values.length === 3 && values.every(Number.isSafeInteger)) {
    const [rank, at, id] = values as [number, number, number]
    if (rank >= 0 && rank <= 10) return [rank, at, id]
  }
  throw wrong('cursor', 'not a cursor of this list; begin without one')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
