import type { z } from 'zod'
import { insertRound, listRounds, type RoundRow } from '../../../db/queries/rounds.ts'
import { demand } from '../../authorize/demand.ts'
import type { roundBody, roundsQuery } from '../../contract/api/rounds.ts'
import { idAfter } from '../command/keyset.ts'
import { findPlace } from '../command/place.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { reportDay } from '../record/record.ts'
import { reportTests } from '../reports/reports.ts'

const viewOf = ({ recordedAt, ...round }: RoundRow) => ({
  ...round,
  results: [...round.results],
  recordedAt: recordedAt.getTime(),
})

/** A round of active case finding: its tests are reports of the district and day like others, and counted with them. */
export async function reportRound(context: CommandContext, _: number, input: z.output<typeof roundBody>) {
  const { trx, by, at } = context
  const { acceptImplausible, setting } = input
  const { district, place } = await findPlace(trx, { area: input.area })
  demand(by.grant, 'test.report', { area: district })
  const { day, late } = await reportDay(context, input.day, undefined)
  const id = await insertRound(trx, { district, place, setting, day }, { account: by.account, label: by.label, at })
  for (const result of input.results) {
    // Two rounds of a day may well come to the same.
    const report = { area: district, day, sourceAt: undefined, correction: false, acceptImplausible, acceptSame: true }
    await reportTests(context, { ...report, ...result }, id)
  }
  const [round] = await listRounds(trx, { id })
  if (round === undefined) throw notFound('round', id)
  return { round: viewOf(round), late }
}

export async function pageOfRounds({ trx, by }: CommandContext, _: number, query: z.output<typeof roundsQuery>) {
  const { area, before, limit } = query
  demand(by.grant, 'report.read', { area })
  const rows = await listRounds(trx, { area, before, limit })
  return { rounds: rows.map(viewOf), cursor: idAfter(rows, limit) }
}
