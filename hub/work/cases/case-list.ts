import type { z } from 'zod'
import { type CaseCursor, type CaseFilter, countCases, type ListedCase, listCases } from '../../../db/queries/cases.ts'
import type { casesAnswer, casesQuery } from '../../contract/api/cases.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { LIVE_NEED_STATES } from '../../contract/vocabulary/needs.ts'
import { readCursor, writeCursor } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'
import { caseView } from './case.ts'
import { rowsBehindMetric } from './rows-behind-metric.ts'

/** hub/contract/vocabulary/urgency.ts has fewer. */
const RANK_MAX = 10

/** What a list of cases is asked for; `metric` and `day` open the list behind a number. */
export type CaseListQuery = Omit<z.output<typeof casesQuery>, 'order' | 'cursor' | 'limit'>

/** @throws ApiError 400 when the metric is none of cases or needs, or lacks its day. */
export function caseFilter(query: CaseListQuery): CaseFilter {
  const filter: CaseFilter = {
    area: query.area,
    severity: query.severity,
    carePlace: query.carePlace,
    stage: query.stage,
    onBoard: query.board === undefined ? undefined : query.board === 'yes',
    need: query.need && { counted: { kind: query.need, status: LIVE_NEED_STATES } },
  }
  if (query.metric === undefined) return filter
  const found = rowsBehindMetric(query.metric)
  if (found?.table !== 'cases' && found?.table !== 'needs') throw unfitField('query', 'metric', 'metric_unknown')
  if (found.day !== undefined && query.day === undefined) throw unfitField('query', 'day', 'required')
  const countedDays = found.day && query.day ? { column: found.day, last: query.day, length: query.days } : undefined
  if (found.table === 'needs')
    return { ...filter, need: { counted: found.where, countedDays }, asks: { counted: found.where } }
  return { ...filter, counted: found.where, countedDays, asks: ASKED[query.metric.split('.', 1)[0] ?? ''] }
}

/** The needs that a number is about: who waits, waits for a bed; whom nobody has, since the request that nobody has taken. */
const ASKED: Readonly<Record<string, CaseFilter['asks']>> = {
  waiting: { counted: { kind: ['bed'], status: LIVE_NEED_STATES } },
  unclaimed: { counted: { status: ['open'] } },
}

function cursorAfter(last: ListedCase): string {
  return writeCursor([last.rank, last.at_us, last.id])
}

/** @throws ApiError 400 for anything that is not a cursor of this list. */
function readCaseCursor(text: string | undefined): CaseCursor | undefined {
  if (text === undefined) return undefined
  const [rank = -1, at = 0, id = 0] = readCursor(text, 3)
  if (rank < 0 || rank > RANK_MAX) throw unfitField('query', 'cursor', 'cursor_wrong')
  return [rank, at, id]
}

type Listed = z.infer<typeof casesAnswer>['cases'][number]['needs'][number]

/** A page of cases without personal data; how many there are is counted for the first. @throws ApiError 400 */
export async function pageOfCases({ trx }: CommandContext, query: z.output<typeof casesQuery>) {
  const { order, cursor, limit, ...asked } = query
  const filter = caseFilter(asked)
  const after = readCaseCursor(cursor)
  const rows = await listCases(trx, filter, order, after, limit)
  const all = after === undefined ? await countCases(trx, filter) : { total: null, amount: null }
  const last = rows.at(-1)
  const cases = rows.map((row) => ({ ...caseView(row), needs: row.needs as Listed[], amount: row.amount }))
  return { cases, cursor: last && rows.length === limit ? cursorAfter(last) : null, ...all }
}
