import type { RowObject } from '../../../hub/contract/live/rows.ts'
import type { NeedKind } from '../../../hub/contract/vocabulary/needs.ts'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { asciiDigits, foldedText } from '../../../hub/contract/vocabulary/text.ts'
import { compareUrgency, needClass, urgencyClass } from '../../../hub/contract/vocabulary/urgency.ts'

type NeedRow = RowObject<'need'>
type CaseRow = RowObject<'case'>

/**
 * A live need as boards show it. Times: ms since 1970. `holder`, `offeredTo`: organisation and call-sign, which two
 * accounts may share; `holderKey`, `offeredKey` say whose they are.
 */
export type BoardNeed = Omit<NeedRow, 'id' | 'caseId'> & { readonly id: number; readonly caseId: number }

export type BoardCase = Omit<CaseRow, 'id'> & {
  readonly id: number
  readonly needs: readonly BoardNeed[]
  /** when the oldest need that nobody has began to wait; of all needs when somebody has each */
  readonly waitingSince: number
}

export type SeverityTimes = Readonly<Record<Severity, number>>

/** Waiting longer than the lease a claim would have had (hub/work/needs/lease.ts) is late, unless the hub says otherwise (leases.ts). */
export const LATE_MS: SeverityTimes = {
  red: 15 * 60_000,
  yellow: 60 * 60_000,
  unknown: 60 * 60_000,
  green: 240 * 60_000,
}

/** With less than this left of a lease its holder is warned, unless the hub says otherwise (leases.ts): a fifth of it. */
export const WARN_MS: SeverityTimes = {
  red: 3 * 60_000,
  yellow: 12 * 60_000,
  unknown: 12 * 60_000,
  green: 48 * 60_000,
}

function needOf(row: NeedRow): BoardNeed {
  return { ...row, id: Number(row.id), caseId: Number(row.caseId) }
}

type Made = { readonly needs: readonly NeedRow[]; readonly board: BoardCase }

/** Of thousands of cases a delta changes a few: what was made of the same rows before is taken again. */
const made = new WeakMap<CaseRow, Made>()

function caseOf(row: CaseRow, rows: readonly NeedRow[]): BoardCase {
  const known = made.get(row)
  if (known && known.needs.length === rows.length && known.needs.every((need, i) => need === rows[i]))
    return known.board
  const needs = rows.map(needOf).sort((a, b) => needClass(a.kind) - needClass(b.kind) || a.id - b.id)
  const open = needs.filter(({ status }) => status === 'open')
  const waiting = open.length > 0 ? open : needs
  const board: BoardCase = {
    ...row,
    id: Number(row.id),
    needs,
    waitingSince: waiting.length > 0 ? Math.min(...waiting.map(({ openedAt }) => openedAt)) : row.reportedAt,
  }
  made.set(row, { needs: rows, board })
  return board
}

const NO_NEEDS: readonly NeedRow[] = []

/** The rows of a board as cases, in the order `urgent`. */
export function boardCases(cases: readonly CaseRow[], needs: readonly NeedRow[]): readonly BoardCase[] {
  const byCase = new Map<number, NeedRow[]>()
  for (const row of needs) {
    const id = Number(row.caseId)
    const known = byCase.get(id)
    if (known) known.push(row)
    else byCase.set(id, [row])
  }
  return cases.map((row) => caseOf(row, byCase.get(Number(row.id)) ?? NO_NEEDS)).sort(ORDERS.urgent)
}

/**
 * `urgent`: what was escalated, then severity with the 608 group, then who has waited longest · `waiting`: who has
 * waited longest · `severity`: without what was escalated before the rest · `distance`: the nearest.
 */
export const SORTS = ['urgent', 'waiting', 'severity', 'distance'] as const
export type Sort = (typeof SORTS)[number]

type Order = (a: BoardCase, b: BoardCase) => number
const escalated = ({ escalatedAt }: BoardCase) => (escalatedAt === null ? 1 : 0)
const severityOnly = ({ severity }: BoardCase) => urgencyClass({ severity, risk608: false })
const ORDERS: Readonly<Record<Exclude<Sort, 'distance'>, Order>> = {
  urgent: (a, b) => escalated(a) - escalated(b) || compareUrgency(a, b),
  waiting: (a, b) => a.waitingSince - b.waitingSince,
  severity: (a, b) => severityOnly(a) - severityOnly(b) || a.waitingSince - b.waitingSince,
}

/**
 * @param cases as `boardCases` gives them
 * @param metresTo how far a place is; `undefined` where nobody knows, which comes last. Without it, `distance` is `urgent`
 */
export function sortCases(
  cases: readonly BoardCase[],
  sort: Sort,
  metresTo?: (place: string) => number | undefined,
): readonly BoardCase[] {
  if (sort === 'urgent') return cases
  if (sort !== 'distance') return cases.toSorted(ORDERS[sort])
  if (metresTo === undefined) return cases
  const far = new Map(cases.map((one) => [one.id, metresTo(one.place) ?? Number.POSITIVE_INFINITY]))
  return cases.toSorted((a, b) => {
    const [from, to] = [far.get(a.id)!, far.get(b.id)!]
    return from === to ? 0 : from - to
  })
}

/** @param leaseMs as the hub is configured */
export function isLate({ severity, needs, waitingSince }: BoardCase, now: number, leaseMs: SeverityTimes): boolean {
  return needs.some(({ status }) => status === 'open') && now - waitingSince > leaseMs[severity]
}

/** Whether the person has added something since anybody reached them. */
export function hasNewWord({ heardAt, contactedAt }: Pick<BoardCase, 'heardAt' | 'contactedAt'>): boolean {
  return heardAt !== null && (contactedAt === null || contactedAt < heardAt)
}

/** It came in a flood, and nobody has confirmed it, begun on it or triaged it: it stands in a lane of its own. */
export function isUnverified({ unverified, stage, needs }: BoardCase): boolean {
  return unverified && stage === 'reported' && needs.every(({ status }) => status === 'open')
}

/** `unverified`: the lane of those; the others show none of them, unless they are searched for. */
export const SHOWS = ['all', 'open', 'mine', 'late', 'unverified'] as const
export type Show = (typeof SHOWS)[number]

export type BoardFilter = {
  readonly show: Show
  readonly severity: Severity | null
  readonly need: NeedKind | null
  /** part of an area's name, or a case's number */
  readonly text: string
  /** a district of 4 digits or a sub-district of 6 */
  readonly area: string | null
}

export const NO_FILTER: BoardFilter = { show: 'all', severity: null, need: null, text: '', area: null }

export type BoardView = {
  readonly now: number
  readonly leaseMs: SeverityTimes
  /** the account's own key, as `holderKey` shows it */
  readonly me: string
  /** area codes the account works in */
  readonly areas: readonly string[]
  /** the names under which a case's place is found, as `foldedText` gives them */
  placeText(place: string): string
}

/** @param place a district, or better a sub-district */
export function inAreas(areas: readonly string[], place: string): boolean {
  return areas.some((area) => area === 'TH' || place.startsWith(area))
}

function isShown(one: BoardCase, show: Show, { me, now, leaseMs }: BoardView): boolean {
  if (show === 'open') return one.needs.some(({ status }) => status === 'open')
  if (show === 'mine') return one.needs.some(({ holderKey, offeredKey }) => holderKey === me || offeredKey === me)
  return show === 'all' || show === 'unverified' || isLate(one, now, leaseMs)
}

export function filterCases(cases: readonly BoardCase[], filter: BoardFilter, view: BoardView): readonly BoardCase[] {
  const text = foldedText(asciiDigits(filter.text)).replace(/^#/, '')
  return cases.filter(
    (one) =>
      inAreas(view.areas, one.place) &&
      (filter.show === 'unverified' ? isUnverified(one) : text !== '' || !isUnverified(one)) &&
      (filter.area === null || one.place.startsWith(filter.area)) &&
      isShown(one, filter.show, view) &&
      (filter.severity === null || one.severity === filter.severity) &&
      (filter.need === null || one.needs.some(({ kind }) => kind === filter.need)) &&
      (text === '' || String(one.id).startsWith(text) || view.placeText(one.place).includes(text)),
  )
}
