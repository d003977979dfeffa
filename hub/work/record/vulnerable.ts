import type { z } from 'zod'
import { readVulnerablePerson } from '../../../db/queries/people.ts'
import {
  countVulnerable,
  insertVulnerableCall,
  listVulnerable,
  lockVulnerable,
  updateVulnerable,
} from '../../../db/queries/vulnerable.ts'
import { demand } from '../../authorize/demand.ts'
import type { vulnerableCallBody, vulnerableQuery } from '../../contract/api/record.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { takeReveal } from '../audit/reveals.ts'
import { personView } from '../cases/reveal.ts'
import { bangkokDay } from '../command/days.ts'
import { idAfter } from '../command/keyset.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'

/** A page of the register of an area, without names. */
export async function pageOfVulnerable(
  { trx, now }: CommandContext,
  { area, show, after, limit }: z.output<typeof vulnerableQuery>,
) {
  const today = bangkokDay(now)
  const rows = await listVulnerable(trx, { area, show, today }, after, limit)
  const people = rows.map(({ recorded_label, recorded_at, contacted_at, next_call, ...row }) => ({
    ...row,
    recordedBy: recorded_label,
    recordedAt: recorded_at.getTime(),
    contactedAt: msOf(contacted_at),
    nextCall: next_call,
  }))
  const counts = after === 0 ? await countVulnerable(trx, area, today) : null
  return { people, cursor: idAfter(rows, limit), counts }
}

async function openEntry({ trx, by }: CommandContext, id: number, action: Action) {
  const entry = await lockVulnerable(trx, id)
  if (entry === undefined) throw notFound('entry', id)
  demand(by.grant, action, { area: entry.place })
  return entry
}

/**
 * A call or a visit to somebody of the register: what came of it, how many doses they have had, when to call again. Only one
 * that reached them is a contact; the next call is as it was said last. @throws ApiError 422 of a next call in the past
 */
export async function callVulnerable(context: CommandContext, id: number, input: z.output<typeof vulnerableCallBody>) {
  const { trx, by, at, now } = context
  const entry = await openEntry(context, id, 'vulnerable.record')
  const { channel, result, doses, nextCall = null } = input
  if (nextCall !== null && nextCall < bangkokDay(now)) throw wrongField('nextCall', 'day_past')
  if (doses !== undefined && entry.doses !== null && doses < entry.doses && !input.acceptFewer) {
    throw wrongField('doses', 'doses_fewer', { doses: entry.doses })
  }
  await insertVulnerableCall(trx, {
    vulnerable_id: id,
    at,
    channel,
    result,
    doses: doses ?? null,
    next_call: nextCall,
    actor: by.account,
    actor_label: by.label,
  })
  await updateVulnerable(trx, id, {
    next_call: nextCall,
    ...(result === 'reached' ? { contacted_at: at } : {}),
    ...(doses === undefined ? {} : { doses }),
  })
  return { id }
}

/** Name, phones, place and notes of an entry: for whoever records in its area, and each time a row in the audit log. */
export async function revealVulnerable(context: CommandContext, id: number) {
  const entry = await openEntry(context, id, 'vulnerable.reveal')
  await takeReveal(context, { action: 'vulnerable.reveal', resource: `vulnerable:${id}`, area: entry.place })
  return { id, ...personView(await readVulnerablePerson(context.trx, id)) }
}
