import type { TRANSFER_LISTS } from '../../../hub/contract/api/cases.ts'
import type { Route } from '../../../hub/contract/api/routes.ts'
import type { TransferStep } from '../../../hub/contract/vocabulary/transfers.ts'
import { type Answer, ApiError, type AskingBody, ask } from './http.ts'
import { newKey } from './newKey.ts'

export type CaseFile = Answer<'GET /api/cases/{id}'>
/** No personal data: that comes by `revealPerson` alone. */
export type Case = CaseFile['case']
export type Need = CaseFile['needs'][number]
export type Transfer = NonNullable<CaseFile['transfer']>
/** One of a list: with the steps open to this account, and its case where this account may read it. */
export type ListedTransfer = Answer<'GET /api/transfers'>['transfers'][number]
export type EventsPage = Answer<'GET /api/cases/{id}/events'>
export type CaseEvent = EventsPage['events'][number]
/** Personal data. Kept by the page that shows it, and nowhere else. */
export type Person = Answer<'POST /api/cases/{id}/reveal'>
/** What is known of the person of one case. */
export type PersonOfCase = Omit<Person, 'merged'>
/** What the person said of their condition; health data, kept by the page that shows it and nowhere else. */
export type Complaint = Omit<Answer<'POST /api/cases/{id}/complaint'>, 'id'>
export type Likely = Answer<'GET /api/cases/{id}/duplicates'>['likely'][number]

const TRANSFERS_MAX = 200

/** Transfers out of an area, or with `facility` towards it from anywhere: under way, or refused to who still waits; oldest first. */
export async function fetchTransfers(
  area: string,
  facility?: string,
  list: (typeof TRANSFER_LISTS)[number] = 'under_way',
): Promise<readonly ListedTransfer[]> {
  const all: ListedTransfer[] = []
  for (let after: number | null = 0; after !== null; ) {
    const query = { area, facility, list, limit: TRANSFERS_MAX, after }
    const page: Answer<'GET /api/transfers'> = await ask('GET /api/transfers', { query })
    all.push(...page.transfers)
    after = page.cursor
  }
  return all
}

export function fetchCase(id: number): Promise<CaseFile> {
  return ask('GET /api/cases/{id}', { params: { id } })
}

/** What somebody at home is owed, and what of it was done. */
export type CarePlan = Answer<'GET /api/cases/{id}/care'>

export function fetchPlan(id: number): Promise<CarePlan> {
  return ask('GET /api/cases/{id}/care', { params: { id } })
}

const EVENTS_MAX = 50

/** @param after the `cursor` of the page before. @returns the history, newest first; at most 50 events at a time */
export function fetchEvents(id: number, after = 0): Promise<EventsPage> {
  return ask('GET /api/cases/{id}/events', { params: { id }, query: { order: 'newest', limit: EVENTS_MAX, after } })
}

export async function fetchMyNeeds(): Promise<readonly Need[]> {
  return (await ask('GET /api/needs/mine')).needs
}

/** Each call is written into the audit log. */
export function revealPerson(id: number): Promise<Person> {
  return ask('POST /api/cases/{id}/reveal', { params: { id } })
}

/** Cases of the own area by tracking code or phone. Each call is written into the audit log. @throws ApiError */
export async function searchCases(text: string): Promise<readonly Case[]> {
  return (await ask('POST /api/cases/search', { body: { text } })).cases
}

/** Each call is written into the audit log. */
export function fetchComplaint(id: number): Promise<Complaint> {
  return ask('POST /api/cases/{id}/complaint', { params: { id } })
}

const RETRY_AFTER_MS = [400, 1_200]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Carries out a command. When no answer comes, it is sent again with the same key, so that it happens once.
 * @throws ApiError with the refusal, or `unreachable`
 */
export async function command<T>(send: (key: string) => Promise<T>): Promise<T> {
  const key = newKey()
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await send(key)
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'unreachable') throw error
      await pause(wait)
    }
  }
  return send(key)
}

/** The last part of the path of a command on a need. */
export type Move = Route extends infer R ? (R extends `POST /api/needs/{id}/${infer Name}` ? Name : never) : never
/** What any step of a transfer takes. */
export type StepBody = AskingBody<`POST /api/transfers/{id}/${TransferStep}`>
