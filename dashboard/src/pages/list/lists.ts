import { type Answer, ask } from '../../api/http.ts'
import type { Page } from '../../pageKit/createPages.ts'
import type { ListFilter } from './filter.ts'

/** A case as a list shows it; no personal data is in it. */
export type ListedCase = Answer<'GET /api/cases'>['cases'][number]
/** What a site or district reported of a day. */
export type ListedReport = Answer<'GET /api/reports'>['reports'][number]
export type ListedFacility = Answer<'GET /api/facilities'>['facilities'][number]

/** One page of a list. @throws ApiError */
export type FetchPage<T> = (filter: ListFilter, after: string, limit: number) => Promise<Page<T>>

export const fetchCases: FetchPage<ListedCase> = async (filter, cursor, limit) => {
  const answer = await ask('GET /api/cases', { query: { ...filter, cursor, limit } })
  return { items: answer.cases, next: answer.cursor, total: answer.total, amount: answer.amount }
}

export const fetchReports: FetchPage<ListedReport> = async ({ area, metric, day, days }, before, limit) => {
  const answer = await ask('GET /api/reports', { query: { area, metric, day, days, before, limit } })
  const { reports: items, cursor, total, amount } = answer
  return { items, next: cursor === null ? null : String(cursor), total, amount }
}

/** What is counted in an area without a facility being named. */
export type Unnamed = { readonly id: null; readonly district: string; readonly amount: number }
export type FacilityLine = ListedFacility | Unnamed

/** With what no facility is named for, before those that are: the rows are the whole number. */
export const fetchFacilities: FetchPage<FacilityLine> = async ({ area, metric, day, days }, cursor, limit) => {
  const asked = metric === 'doses.points' ? { kind: 'vaccination', metric: 'doses' } : { metric }
  const answer = await ask('GET /api/facilities', { query: { area, ...asked, day, days, cursor, limit } })
  const { facilities, cursor: next, total, amount, unnamed } = answer
  const rest: Unnamed[] = unnamed === 0 ? [] : [{ id: null, district: area, amount: unnamed }]
  return { items: [...rest, ...facilities], next, total: total === null ? null : total + rest.length, amount }
}
