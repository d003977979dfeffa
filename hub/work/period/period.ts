import type { z } from 'zod'
import {
  addLogEntry,
  endPeriod,
  handOver,
  insertMessage,
  insertObjective,
  insertPeriod,
  lockMessage,
  lockObjective,
  lockPeriod,
  logEntry,
  type MessageRow,
  type NewLogEntry,
  type ObjectiveRow,
  type PeriodRow,
  periodsOf,
  setObjectiveState,
  takeBack,
  withdrawMessage,
} from '../../../db/queries/period.ts'
import { readArea } from '../../../db/queries/places.ts'
import { demand } from '../../authorize/demand.ts'
import type {
  acceptPeriodBody,
  decisionBody,
  handOverBody,
  messageBody,
  objectiveBody,
  objectiveStateBody,
  startPeriodBody,
} from '../../contract/api/period.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { SHIFT_HOURS_MAX } from '../../contract/vocabulary/period.ts'
import { demandImpersonal, notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { messageView, objectiveView, periodView } from './views.ts'

const HOUR_MS = 3_600_000

const author = ({ by, at, key }: CommandContext) => ({ account: by.account, label: by.label, at, key })

/** @throws ApiError 403 of an area where the account does not command, 422 of one that is none */
async function demandCommand({ trx, by }: CommandContext, area: string): Promise<void> {
  demand(by.grant, 'command.set', { area })
  if ((await readArea(trx, area)) === undefined) throw wrongField('area', 'area_unknown')
}

/** @throws ApiError 422 of a time that has passed, or lies too far ahead to be meant */
function ahead(time: string, now: number): Date {
  const at = Date.parse(time)
  if (at <= now || at > now + SHIFT_HOURS_MAX * HOUR_MS) throw new ApiError('time_ahead', { hours: SHIFT_HOURS_MAX })
  return new Date(at)
}

const log = (context: CommandContext, entry: NewLogEntry) => addLogEntry(context.trx, entry, author(context))

async function begin(context: CommandContext, area: string, title: string, endsAt: Date): Promise<PeriodRow> {
  const begun = await insertPeriod(context.trx, { area, title, endsAt }, author(context))
  if (begun !== undefined) return begun
  const [running] = await periodsOf(context.trx, area)
  throw new ApiError('period_running', { by: running?.startedBy, since: running?.startsAt.getTime() })
}

/** @throws ApiError 409 while a shift of the area runs: it is handed over */
export async function startPeriod(context: CommandContext, _: number, input: z.output<typeof startPeriodBody>) {
  const { area, title } = input
  await demandCommand(context, area)
  demandImpersonal(title)
  const period = await begin(context, area, title, ahead(input.endsAt, context.now))
  await log(context, { area, kind: 'started', text: title, subject: period.id })
  return { period: periodView(period) }
}

async function locked(context: CommandContext, id: number, status: PeriodRow['status']): Promise<PeriodRow> {
  const period = await lockPeriod(context.trx, id)
  if (period === undefined) throw notFound('period', id)
  demand(context.by.grant, 'command.set', { area: period.area })
  if (period.status !== status) throw new ApiError('period_state')
  return period
}

async function reread(context: CommandContext, id: number) {
  const period = await lockPeriod(context.trx, id)
  if (period === undefined) throw notFound('period', id)
  return { period: periodView(period) }
}

export async function handOverPeriod(context: CommandContext, id: number, input: z.output<typeof handOverBody>) {
  demandImpersonal(input.summary)
  const { area } = await locked(context, id, 'running')
  await handOver(context.trx, id, input.summary, author(context))
  await log(context, { area, kind: 'handed_over', text: input.summary, subject: id })
  return reread(context, id)
}

export async function takePeriodBack(context: CommandContext, id: number) {
  const { area, title } = await locked(context, id, 'handed_over')
  await takeBack(context.trx, id)
  await log(context, { area, kind: 'taken_back', text: title, subject: id })
  return reread(context, id)
}

/** Ends a shift and begins the next, under another account's name. @returns the next */
export async function acceptPeriod(context: CommandContext, id: number, input: z.output<typeof acceptPeriodBody>) {
  const { by, now, trx } = context
  demandImpersonal(input.title)
  const { area, handedAccount } = await locked(context, id, 'handed_over')
  if (handedAccount === by.account) throw new ApiError('own_handover')
  const endsAt = ahead(input.endsAt, now)
  await endPeriod(trx, id, author(context))
  const next = await begin(context, area, input.title, endsAt)
  await log(context, { area, kind: 'accepted', text: input.title, subject: id })
  return { period: periodView(next) }
}

/** @throws ApiError 422 of a task whose objective is none of the area */
export async function addObjective(context: CommandContext, _: number, input: z.output<typeof objectiveBody>) {
  const { area, kind, objective = null, title, role = null, owner = null, dueAt } = input
  await demandCommand(context, area)
  demandImpersonal(title, owner ?? undefined)
  const served = objective === null ? undefined : await lockObjective(context.trx, objective)
  if (objective !== null && (served?.kind !== 'objective' || served.area !== area)) {
    throw wrongField('objective', 'choice')
  }
  const due = dueAt === undefined ? null : new Date(dueAt)
  const added = await insertObjective(
    context.trx,
    { area, kind, objective, title, role, owner, dueAt: due },
    author(context),
  )
  await log(context, { area, kind: 'objective', text: title, subject: added.id })
  return { objective: objectiveView(added) }
}

/** Any state may follow any: what was done by mistake is opened again, and the log says both. */
export async function moveObjective(context: CommandContext, id: number, input: z.output<typeof objectiveStateBody>) {
  const { trx, by, at } = context
  const objective: ObjectiveRow | undefined = await lockObjective(trx, id)
  if (objective === undefined) throw notFound('objective', id)
  demand(by.grant, 'command.set', { area: objective.area })
  const { area, title, state } = objective
  if (state === input.state) return { objective: objectiveView(objective) }
  const moved = await setObjectiveState(trx, id, input.state, at)
  await log(context, { area, kind: 'objective_state', text: title, subject: id, state: input.state })
  return { objective: objectiveView(moved) }
}

/** @throws ApiError 422 when what it corrects is no decision of the area */
export async function decide(context: CommandContext, _: number, input: z.output<typeof decisionBody>) {
  const { area, text, corrects } = input
  await demandCommand(context, area)
  demandImpersonal(text)
  if (corrects !== undefined) {
    const entry = await logEntry(context.trx, corrects)
    const isDecision = entry?.kind === 'decision' || entry?.kind === 'correction'
    if (!isDecision || entry.area !== area) throw wrongField('corrects', 'choice')
  }
  const kind = corrects === undefined ? 'decision' : 'correction'
  const added = await log(context, { area, kind, text, ...(corrects !== undefined && { corrects }) })
  return { entry: { ...added, at: added.at.getTime() } }
}

export async function sendMessage(context: CommandContext, _: number, input: z.output<typeof messageBody>) {
  const { area, audience, urgent, text } = input
  await demandCommand(context, area)
  demandImpersonal(text)
  const until = ahead(input.until, context.now)
  const message = await insertMessage(context.trx, { area, audience, urgent, text, until }, author(context))
  await log(context, { area, kind: 'message', text, subject: message.id })
  return { message: messageView(message) }
}

/** @throws ApiError 409 of a message that stands no longer */
export async function withdraw(context: CommandContext, id: number) {
  const message: MessageRow | undefined = await lockMessage(context.trx, id)
  if (message === undefined) throw notFound('message', id)
  const { area, text, state } = message
  demand(context.by.grant, 'command.set', { area })
  if (state !== 'live') throw new ApiError('message_ended')
  const withdrawn = await withdrawMessage(context.trx, id)
  await log(context, { area, kind: 'withdrawn', text, subject: id })
  return { message: messageView(withdrawn) }
}
