import type { z } from 'zod'
import { listVulnerable } from '../../../db/queries/vulnerable.ts'
import type { vulnerableQuery } from '../../contract/api/record.ts'
import { idAfter } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'

/** A page of the register of an area, without names. */
export async function pageOfVulnerable(
  { trx }: CommandContext,
  { area, after, limit }: z.output<typeof vulnerableQuery>,
) {
  const rows = await listVulnerable(trx, area, after, limit)
  const people = rows.map(({ recorded_label, recorded_at, ...row }) => ({
    ...row,
    recordedBy: recorded_label,
    recordedAt: recorded_at.getTime(),
  }))
  return { people, cursor: idAfter(rows, limit) }
}
