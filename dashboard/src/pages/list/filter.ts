import { DAYS_OWN } from '../../../../hub/contract/vocabulary/metrics.ts'

/** What the page is asked for; `''`: not asked for. */
export type ListFilter = {
  readonly area: string
  readonly metric: string
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly days: string
  readonly severity: string
  readonly carePlace: string
  /** of cases: one of ORDERS; `''`: newest first */
  readonly order: string
}

/** How a list of cases may be ordered besides newest first. */
export const ORDERS = ['urgent', 'longest'] as const

type Search = { readonly [K in keyof ListFilter]?: string | undefined }

/** From the address of the page, which anybody may have typed: what is no day is none, what is no length is one day. */
export function readFilter(search: Search, ownArea: string): ListFilter {
  const { area = ownArea, metric = '', day = '', days = '1', severity = '', carePlace = '', order = '' } = search
  const length = Number(days)
  return {
    area,
    metric,
    day: /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : '',
    days: Number.isInteger(length) && length >= 1 && length <= DAYS_OWN ? days : '1',
    severity,
    carePlace,
    order: ORDERS.some((known) => known === order) ? order : '',
  }
}
