import type { z } from 'zod'
import { readOwners } from '../../../db/queries/alert-rules.ts'
import type { alertOwnersQuery } from '../../contract/api/alerts.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import type { CommandContext } from '../command/run.ts'

/** The roles that have people who cover an area or a part of it. */
export async function showOwners({ trx }: CommandContext, _: number, { area }: z.output<typeof alertOwnersQuery>) {
  const touches = (own: string) => own === NATION || area === NATION || area.startsWith(own) || own.startsWith(area)
  const owners = (await readOwners(trx)).map(({ role, areas }) => ({ role, areas: areas.filter(touches) }))
  return { owners: owners.filter(({ areas }) => areas.length > 0) }
}
