import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Grant } from '../../hub/authorize/grant.ts'
import type {
  alertEventsAnswer,
  alertOwnersAnswer,
  alertRulesAnswer,
  backtestAnswer,
} from '../../hub/contract/api/alerts.ts'
import type { callAnswer, callsAnswer } from '../../hub/contract/api/calls.ts'
import type { caseView, complaintAnswer, needView, transferView } from '../../hub/contract/api/cases.ts'
import type { facilitiesAnswer, reportsAnswer } from '../../hub/contract/api/lists.ts'
import type {
  commandAreaAnswer,
  decisionAnswer,
  messageAnswer,
  objectiveAnswer,
} from '../../hub/contract/api/period.ts'
import type { plansAnswer } from '../../hub/contract/api/plans.ts'
import type { resourceEventsAnswer, resourcesAnswer } from '../../hub/contract/api/resources.ts'
import type { roundAnswer, roundsAnswer } from '../../hub/contract/api/rounds.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import type { TextMessage } from '../../hub/senders/sender.ts'
import { startHub, type TestHub } from '../security/hub.ts'
import { passOf, storeSession } from '../security/subjects.ts'
import type { TestDatabase } from './pg.ts'

type Need = z.infer<typeof needView>
/** Every field that some answer has; a test reads those of the answer it got. */
export type ReplyBody = {
  readonly id: number
  readonly event: number
  readonly case: z.infer<typeof caseView>
  readonly alert: z.infer<typeof alertEventsAnswer>['alert']
  readonly rule: z.infer<typeof alertRulesAnswer>['rules'][number]
  readonly owners: z.infer<typeof alertOwnersAnswer>['owners']
  readonly rules: z.infer<typeof alertRulesAnswer>['rules']
  readonly rang: number
  readonly floods: number
  readonly areas: z.infer<typeof backtestAnswer>['areas']
  readonly why: z.infer<typeof backtestAnswer>['why']
  readonly need: Need
  readonly needs: readonly Need[]
  readonly events: readonly {
    readonly id: number
    readonly kind: string
    readonly by: string
    readonly quantity?: number | null
  }[]
  readonly cases: readonly { readonly id: number; readonly severity: string; readonly amount: number }[]
  readonly cursor: string | number | null
  readonly total: number | null
  readonly amount: number | null
  readonly days: z.infer<typeof plansAnswer>['days']
  readonly round: z.infer<typeof roundAnswer>['round']
  readonly rounds: z.infer<typeof roundsAnswer>['rounds']
  readonly call: z.infer<typeof callAnswer>['call']
  readonly calls: z.infer<typeof callsAnswer>['calls']
  readonly phone: string
  readonly note: string | null
  readonly resource: z.infer<typeof resourceEventsAnswer>['resource']
  readonly resources: z.infer<typeof resourcesAnswer>['resources']
  readonly period: z.infer<typeof commandAreaAnswer>['period']
  readonly before: z.infer<typeof commandAreaAnswer>['before']
  readonly objectives: z.infer<typeof commandAreaAnswer>['objectives']
  readonly objective: z.infer<typeof objectiveAnswer>['objective']
  readonly messages: z.infer<typeof commandAreaAnswer>['messages']
  readonly message: z.infer<typeof messageAnswer>['message']
  readonly log: z.infer<typeof commandAreaAnswer>['log']
  readonly entry: z.infer<typeof decisionAnswer>['entry']
  readonly reports: z.infer<typeof reportsAnswer>['reports']
  readonly facilities: z.infer<typeof facilitiesAnswer>['facilities']
  readonly unnamed: number
  readonly steps: readonly string[]
  readonly outcomes: readonly string[]
  readonly supervises: boolean
  readonly transfer: z.infer<typeof transferView>
  readonly levels: readonly Readonly<Record<string, number>>[]
  readonly colleagues: readonly { readonly key: string; readonly label: string; readonly role: string }[]
  readonly likely: readonly { readonly case: number; readonly reason: string }[]
  readonly results: readonly {
    readonly key: string
    readonly status: number
    readonly body: { readonly id: number; readonly case: number | null } | null
    readonly error: { code: string } | null
  }[]
  readonly said: z.infer<typeof complaintAnswer>['said']
  readonly reasonFor: readonly string[]
  readonly code: string
  readonly may: readonly string[]
  readonly merged: readonly unknown[]
  readonly contacts: readonly { readonly case: number; readonly result: string }[]
  readonly error: { readonly code: string; readonly message: string; readonly details: unknown }
}

export type Reply = { readonly status: number; readonly body: ReplyBody; readonly cookies: readonly string[] }

type PostOptions = {
  readonly key?: string
  readonly address?: string
  readonly language?: string
  /** of the request for help that is followed */
  readonly code?: string
  /** of the puzzle that the hub has asked for */
  readonly puzzle?: string | undefined
  /** what a device without an account keeps */
  readonly cookie?: string | undefined
}

/** What the browser that got this answer sends from then on. */
export const deviceOf = ({ cookies }: Reply): string => cookies.map((cookie) => cookie.split(';')[0]).join('; ')

/** Somebody at a screen: every command gets a new idempotency key unless one is given. */
export type Worker = {
  readonly grant: Grant | null
  /** @param code of the request for help that is followed */
  get(path: string, options?: { code?: string; cookie?: string | undefined }): Promise<Reply>
  post(path: string, body?: unknown, options?: PostOptions): Promise<Reply>
}

export type CaseHub = {
  readonly hub: TestHub
  /** text messages that left, in order */
  readonly messages: TextMessage[]
  readonly clock: { at: number; now(): number }
  readonly anyone: Worker
  /** an account of a role, stored with its grant */
  worker(role: Role, areas: readonly string[], label: string, facility?: number): Promise<Worker>
  stop(): Promise<void>
}

/** The hub's HTTP application on a real database, with a clock that the test moves. */
export function startCaseHub(database: TestDatabase, env?: Readonly<Record<string, string>>): CaseHub {
  const clock = {
    at: Date.parse('2021-11-11T03:00:00Z'),
    now: () => clock.at,
  }
  const messages: TextMessage[] = []
  const hub = startHub({
    ...database,
    ...(env && { env }),
    clock,
    sender: { name: 'log', send: async (message) => void messages.push(message) },
    sourceState: () => ({ kind: 'streaming', since: 0, position: 1, heardAt: clock.at, lagBytes: 0, retainedBytes: 0 }),
  })
  hub.authorizer.onSnapshot([{ table: 'operation', row: { id: '1', kind: 'drill' } }])

  async function reply(response: Response): Promise<Reply> {
    const text = await response.text()
    return { status: response.status, body: JSON.parse(text) as ReplyBody, cookies: response.headers.getSetCookie() }
  }

  const workerOf = (grant: Grant | null): Worker => ({
    grant,
    get: async (path, { code, cookie = passOf(grant, clock.at) } = {}) =>
      reply(await hub.fetch('GET', path, { cookie, ...(code && { headers: { 'tracking-code': code } }) })),
    post: async (
      path,
      body = {},
      { key = randomUUID(), address, language, code, puzzle, cookie = passOf(grant, clock.at) } = {},
    ) =>
      reply(
        await hub.fetch('POST', path, {
          body,
          cookie,
          headers: {
            'idempotency-key': key,
            ...(language && { 'accept-language': language }),
            ...(code && { 'tracking-code': code }),
            ...(puzzle && { 'puzzle-solution': puzzle }),
          },
          ...(address && { address }),
        }),
      ),
  })

  return {
    hub,
    messages,
    clock,
    anyone: workerOf(null),
    async worker(role, areas, label, facility) {
      const account = randomUUID()
      await database.pool.query(`insert into accounts (id, name, email, username) values ($1, 'Test', $2, $3)`, [
        account,
        `${account}@test.example`,
        `t-${account.slice(0, 30)}`,
      ])
      await database.pool.query(
        'insert into account_grants (account_id, role, areas, facility_id, label) values ($1, $2, $3, $4, $5)',
        [account, role, areas, facility ?? null, label],
      )
      const grant: Grant = { account, role, areas, facility: facility ?? null, label, version: 1, drill: false }
      await storeSession(database.pool, grant, clock.at)
      return workerOf(grant)
    },
    stop: () => hub.stop(),
  }
}

/** An open case with one need each, straight into the database. @returns ids of the needs, and their cases */
export async function openCases(
  database: TestDatabase,
  count: number,
  { district = '5001', kind = 'bed', severity = 'yellow', at = '2021-11-11T02:00:00Z' } = {},
): Promise<{ case: number; need: number }[]> {
  const { rows } = await database.pool.query<{ case: number; need: number }>(
    `with made as (
       insert into cases (district, place, report_day, severity, source, on_board, reported_at)
       select $1, $1, '2021-11-11', $3, 'volunteer', true, $4::timestamptz from generate_series(1, $5) returning id
     )
     insert into needs (case_id, district, kind, opened_at) select id, $1, $2, $4::timestamptz from made
     returning case_id as case, id as need`,
    [district, kind, severity, at, count],
  )
  return rows
}
