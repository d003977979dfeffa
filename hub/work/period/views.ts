import type { z } from 'zod'
import {
  type LogRow,
  logOf,
  type MessageRow,
  messagesOf,
  type ObjectiveRow,
  objectivesOf,
  type PeriodRow,
  periodsOf,
} from '../../../db/queries/period.ts'
import { demand } from '../../authorize/demand.ts'
import type { periodQuery } from '../../contract/api/period.ts'
import type { CommandContext } from '../command/run.ts'

/** Where no shift runs, what was said and done this long ago still counts. */
const WITHOUT_PERIOD_MS = 24 * 3_600_000

const ms = (at: Date | null) => at?.getTime() ?? null

export function periodView({ handedAccount: _, ...row }: PeriodRow) {
  const { startsAt, endsAt, handedAt, acceptedAt } = row
  return {
    ...row,
    startsAt: startsAt.getTime(),
    endsAt: endsAt.getTime(),
    handedAt: ms(handedAt),
    acceptedAt: ms(acceptedAt),
  }
}

export function objectiveView(row: ObjectiveRow) {
  return { ...row, dueAt: ms(row.dueAt), setAt: row.setAt.getTime(), stateAt: row.stateAt.getTime() }
}

export function messageView(row: MessageRow) {
  return { ...row, sentAt: row.sentAt.getTime(), until: row.until.getTime() }
}

/** The command of an area: its shift, objectives, messages and the log since the shift began. */
export async function commandOfArea(context: CommandContext, _: number, { area }: z.output<typeof periodQuery>) {
  const { trx, by, now } = context
  demand(by.grant, 'command.read', { area })
  const [newest, older] = await periodsOf(trx, area)
  const period = newest?.status === 'ended' ? undefined : newest
  const before = period === undefined ? newest : older
  const since = period?.startsAt ?? new Date(now - WITHOUT_PERIOD_MS)
  const objectives = await objectivesOf(trx, area, since)
  const messages = await messagesOf(trx, area, since)
  const log: readonly LogRow[] = await logOf(trx, area, since)
  return {
    period: period === undefined ? null : periodView(period),
    before: before === undefined ? null : periodView(before),
    objectives: objectives.map(objectiveView),
    messages: messages.map(messageView),
    log: log.map((entry) => ({ ...entry, at: entry.at.getTime() })),
  }
}
