import { sql } from 'kysely'
import { readCase } from '../../../db/queries/cases.ts'
import { demand } from '../../authorize/demand.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { areaOf } from './case-area.ts'

/** How long a look lasts unless it is repeated; a page that is open repeats it every 20 s. */
export const PRESENCE_SECONDS = 45

async function demandLook({ trx, by }: CommandContext, id: number): Promise<void> {
  const found = await readCase(trx, id)
  if (found === undefined) throw notFound('case', id)
  demand(by.grant, 'presence.share', { area: areaOf(found) })
}

/** Whoever has the board of the province sees who looks at the case, for a while. */
export async function lookAt(context: CommandContext, id: number) {
  await demandLook(context, id)
  const { trx, by } = context
  await sql`select jitasa_look_at(${id}, ${by.account}, ${by.label}, ${PRESENCE_SECONDS})`.execute(trx)
  return { forSeconds: PRESENCE_SECONDS }
}

export async function lookAway(context: CommandContext, id: number) {
  await demandLook(context, id)
  await sql`select jitasa_look_away(${id}, ${context.by.account})`.execute(context.trx)
  return { forSeconds: 0 }
}
