import type { z } from 'zod'
import { stockOfFacility, writeStanding } from '../../../db/queries/standing.ts'
import type { stockBody } from '../../contract/api/reports.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { NAMED_VACCINES } from '../../contract/vocabulary/doses.ts'
import { doubtsOfStock } from '../../contract/vocabulary/plausible.ts'
import { demandPlausible } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { countedAt, openFacility, reportingFacility } from './reporting-facility.ts'

export async function readStock(context: Pick<CommandContext, 'trx' | 'by'>, id: number) {
  await openFacility(context, id, 'stock.report')
  const items = await stockOfFacility(context.trx, id)
  return {
    facility: id,
    items: items.map(({ item, on_hand, per_day, reported_at, late }) => ({
      item,
      onHand: on_hand,
      perDay: per_day,
      daysLeft: per_day === 0 ? null : on_hand / per_day,
      reportedAt: reported_at.getTime(),
      late,
    })),
  }
}

/** What a site has and uses in a day, item by item. An older count than what stands is refused, and nothing of it is kept. */
export async function reportStock(context: CommandContext, id: number, input: z.output<typeof stockBody>) {
  const { trx, by, at, now } = context
  const facility = await reportingFacility(context, id, 'stock.report')
  const sourceAt = countedAt(input.sourceAt, now)
  const before = new Map((await stockOfFacility(trx, id)).map((row) => [row.item, row]))
  const isKind = (item: string) => NAMED_VACCINES.some((kind) => kind === item)
  const byKind = [...before.keys(), ...input.items.map(({ item }) => item)].some(isKind)
  if (byKind && input.items.some(({ item }) => item === 'vaccine')) throw new ApiError('vaccine_by_kind', {})
  demandPlausible(
    input.items.flatMap(({ item, onHand, perDay }, i) => {
      const stood = before.get(item)
      return [
        ...doubtsOfStock(`items.${i}.onHand`, onHand, stood?.on_hand),
        ...doubtsOfStock(`items.${i}.perDay`, perDay, stood?.per_day),
      ]
    }),
    input,
  )
  const newer = await writeStanding(
    trx,
    'stock',
    { facility, sourceAt, actor: by.account, now: at, key: `${by.owner}:${context.key}` },
    input.items.map(({ item, onHand, perDay }) => ({ part: item, counts: { on_hand: onHand, per_day: perDay } })),
  )
  if (newer.length > 0) {
    const items = newer.map(({ part, standing }) => ({ item: part, standing: standing.getTime() }))
    throw new ApiError('older_report', items)
  }
  return readStock(context, id)
}
