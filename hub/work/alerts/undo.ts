import { type AlertAnswer, addAlertEvent, answerAlert, lastAlertEvent } from '../../../db/queries/alerts.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { UNDO_MS } from '../cases/undo-rules.ts'
import type { CommandContext } from '../command/run.ts'
import { lockToAnswer, viewOf } from './alerts.ts'

/**
 * Takes back the last answer of an alert: the actor's own, within half a minute. It stands as before, and only its history
 * says that somebody had answered.
 * @throws ApiError 409 when something has happened since, or it is too late
 */
export async function undoAnswer(context: CommandContext, id: number) {
  const { trx, by, now, at, key } = context
  const row = await lockToAnswer(context, id)
  const event = await lastAlertEvent(trx, id)
  if (!event?.before) throw new ApiError('not_possible', { because: 'something_happened_since' })
  if (event.actor !== by.account) throw new ApiError('not_yours', { event: event.kind })
  if (now - event.at.getTime() > UNDO_MS) throw new ApiError('too_late', { withinMs: UNDO_MS })
  const to = restored(event.before)
  await answerAlert(trx, id, to)
  const undone = { id, value: row.value, state: to.state, shelved_until: to.shelved_until }
  await addAlertEvent(trx, undone, 'undone', { account: by.account, label: by.label, at, key })
  return { alert: viewOf({ ...row, ...to }) }
}

const dated = (moment: Date | string | null) => (moment === null ? null : new Date(moment))

/** JSON keeps a moment as text. */
function restored(before: AlertAnswer): AlertAnswer {
  return {
    ...before,
    due_at: dated(before.due_at),
    held_at: dated(before.held_at),
    shelved_until: dated(before.shelved_until),
    answered_at: dated(before.answered_at),
    ended_at: dated(before.ended_at),
  }
}
