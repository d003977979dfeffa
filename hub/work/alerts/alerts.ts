import type { z } from 'zod'
import {
  type AlertAnswer,
  type AlertRow,
  addAlertEvent,
  alertEvents,
  answerAlert,
  answeringTimes,
  listAlerts,
  lockAlert,
  readAlert,
} from '../../../db/queries/alerts.ts'
import { type Answer, decideAnswer, HISTORY, type Standing } from '../../alerts/machine.ts'
import { demand } from '../../authorize/demand.ts'
import type { alertsQuery, alertView, answersQuery } from '../../contract/api/alerts.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { mayAnswer } from '../../contract/vocabulary/alerts.ts'
import { accountKey } from '../../situation/account-key.ts'
import { idAfter } from '../command/keyset.ts'
import { demandImpersonal, notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'

type View = z.output<typeof alertView>
const DAY_MS = 86_400_000

const ms = (date: Date | null): number | null => date?.getTime() ?? null

export function viewOf(row: AlertRow): View {
  const { id, area, indicator, option, condition, bound, value, severity, state, owner, announced } = row
  return {
    ...{ id, area, indicator, option, condition, bound, value, severity, state, owner, announced },
    rule: row.rule_id,
    facility:
      row.facility_id === null
        ? null
        : { id: row.facility_id, nameTh: row.facility_th ?? '', nameEn: row.facility_en ?? '' },
    nameTh: row.name_th,
    nameEn: row.name_en,
    escalateTo: row.escalate_to,
    raisedAt: row.raised_at.getTime(),
    dueAt: ms(row.due_at),
    holder: row.holder_label,
    holderKey: row.held_by === null ? null : accountKey(row.held_by),
    heldAt: ms(row.held_at),
    shelvedUntil: ms(row.shelved_until),
    escalatedAt: ms(row.escalated_at),
    answeredAt: ms(row.answered_at),
    clearedAt: ms(row.cleared_at),
    endedAt: ms(row.ended_at),
  }
}

export function standingOf(row: AlertRow): Standing {
  const held = { by: row.held_by ?? '', label: row.holder_label ?? '', at: row.held_at?.getTime() ?? 0 }
  switch (row.state) {
    case 'raised':
      return { state: row.state, dueAt: row.due_at?.getTime() ?? 0 }
    case 'acknowledged':
      return { state: row.state, held }
    case 'shelved':
      return { state: row.state, held, until: row.shelved_until?.getTime() ?? 0 }
    default:
      return { state: row.state }
  }
}

/** The columns of a standing that somebody has brought about; who answers what is over ends it, and holds nothing. */
function answered(row: AlertRow, standing: Standing, at: Date): AlertAnswer {
  const held = 'held' in standing ? standing.held : null
  return {
    state: standing.state,
    due_at: 'dueAt' in standing ? new Date(standing.dueAt) : null,
    held_by: held?.by ?? null,
    holder_label: held?.label ?? null,
    held_at: held ? new Date(held.at) : null,
    shelved_until: 'until' in standing ? new Date(standing.until) : null,
    answered_at: row.answered_at ?? at,
    ended_at: standing.state === 'cleared' ? at : null,
  }
}

/**
 * Acknowledges, takes over, shelves or unshelves an alert.
 * @throws ApiError 403 of an alert that is for another role, 409 when another has it or it is over, 422 when the comment names a phone
 */
export async function answer(context: CommandContext, id: number, move: Answer, comment?: string) {
  const { trx, by, now, at, key } = context
  demandImpersonal(comment)
  const row = await lockToAnswer(context, id)
  const actor = { id: by.account ?? '', label: by.label }
  const decision = decideAnswer(standingOf(row), move, actor, { now, ackMinutes: row.ack_minutes })
  if (!decision.ok) {
    if (decision.refusal !== 'alert_held') throw new ApiError(decision.refusal)
    const { by: holder, label, at: since } = decision.held
    throw new ApiError('alert_held', { holder: label, since, yours: holder === by.account })
  }
  const to = answered(row, decision.standing, at)
  await answerAlert(trx, id, to)
  const kind = HISTORY[move.type]
  if (kind) {
    const event = { id, value: row.value, state: to.state, shelved_until: to.shelved_until }
    const who = { account: by.account, label: by.label, at, key }
    await addAlertEvent(trx, event, kind, who, { comment, before: row })
  }
  return { alert: viewOf({ ...row, ...to }) }
}

/** The alert, locked, for an account that may answer it. @throws ApiError 404 or 403 */
export async function lockToAnswer({ trx, by }: CommandContext, id: number): Promise<AlertRow> {
  const seen = await readAlert(trx, id)
  if (seen === undefined) throw notFound('alert', id)
  demand(by.grant, 'alert.ack', { area: seen.area })
  if (!mayAnswer(by.role, seen.owner)) throw new ApiError('alert_of_others')
  const row = await lockAlert(trx, id)
  if (row === undefined) throw notFound('alert', id)
  return row
}

/** An alert with its history. */
export async function showAlert({ trx, by }: CommandContext, id: number) {
  const row = await readAlert(trx, id)
  if (row === undefined) throw notFound('alert', id)
  demand(by.grant, 'alerts.read', { area: row.area })
  const events = await alertEvents(trx, id)
  return {
    alert: viewOf(row),
    events: events.map((event) => ({ ...event, at: event.at.getTime(), shelvedUntil: ms(event.shelvedUntil) })),
  }
}

/** Alerts of an area and what lies in it, newest first. */
export async function pageOfAlerts({ trx }: CommandContext, _: number, query: z.output<typeof alertsQuery>) {
  const { area, state, rule = null, before = null, limit } = query
  const rows = await listAlerts(trx, { area, state, rule, before, limit })
  return { alerts: rows.map(viewOf), cursor: idAfter(rows, limit) }
}

export async function answers({ trx, at, now }: CommandContext, _: number, query: z.output<typeof answersQuery>) {
  const { area, days } = query
  return { owners: await answeringTimes(trx, { area, since: new Date(now - days * DAY_MS), now: at }) }
}
