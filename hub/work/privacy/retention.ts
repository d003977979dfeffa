import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { readRetention, retentionRuns, writeRetention } from '../../../db/queries/retention.ts'
import { readAnnouncements } from '../../../db/queries/retention-announced.ts'
import type { retentionBody } from '../../contract/api/privacy.ts'
import { PROCESSING } from '../../contract/privacy/processing.ts'
import { ANNOUNCED_DAYS, RETENTION } from '../../contract/privacy/retention.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'

const RUNS_SHOWN = 50

/** The rules, what each is about to take, what each has taken, and the record of processing (PDPA s. 39). */
export async function listRetention({ trx }: CommandContext) {
  const rules = (await readRetention(trx)).map(({ nextFrom, countedAt, ...row }) => {
    const { days, least, most } = RETENTION[row.rule]
    return { ...row, default: days, least, most, nextFrom: msOf(nextFrom), countedAt: msOf(countedAt) }
  })
  const runs = (await retentionRuns(trx, RUNS_SHOWN)).map(({ ranAt, ...run }) => ({ ...run, ranAt: ranAt.getTime() }))
  const processing = PROCESSING.map(({ tables, basis, roles, ...one }) => ({
    ...one,
    tables: [...tables],
    basis: [...basis],
    roles: [...roles],
  }))
  return { rules, runs, processing }
}

/** What was announced and goes by the rules as they hold now. */
export async function listAnnounced({ trx, at }: CommandContext) {
  const announced = await readAnnouncements(trx, at)
  return { announced: announced.map(({ announcedAt, ...one }) => ({ ...one, announcedAt: announcedAt.getTime() })) }
}

/**
 * Sets how long something is kept. Longer holds at once; shorter in a week, for what it takes is announced before.
 * @throws ApiError 422 beyond what the texts promise
 */
export async function setRetention(
  context: CommandContext,
  _id: number,
  { rule, days }: z.output<typeof retentionBody>,
) {
  const { trx, by, requestId, now } = context
  const { least, most } = RETENTION[rule]
  if (days < least || days > most) throw new ApiError('retention_bounds', { least, most })
  const standing = (await readRetention(trx)).find((row) => row.rule === rule)
  const shorter = standing !== undefined && days < standing.days
  const from = shorter ? new Date(now + ANNOUNCED_DAYS * 86_400_000) : null
  const before = await writeRetention(trx, { rule, days, from })
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'retention.set',
    resource: `retention:${rule}`,
    details: { from: before, to: days, holdsFrom: from?.toISOString() ?? null },
  })
  return listRetention(context)
}
