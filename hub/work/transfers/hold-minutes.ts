import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { readHoldMinutes, writeHoldMinutes } from '../../../db/queries/hold-minutes.ts'
import type { holdMinutesBody } from '../../contract/api/hold-minutes.ts'
import type { CommandContext } from '../command/run.ts'

export async function listHoldMinutes({ trx }: CommandContext) {
  return { kinds: await readHoldMinutes(trx) }
}

/** How long facilities of a kind hold a bed from now on; what is held keeps its end. */
export async function setHoldMinutes(
  context: CommandContext,
  _id: number,
  { kind, minutes }: z.output<typeof holdMinutesBody>,
) {
  const { trx, by, requestId } = context
  const before = await writeHoldMinutes(trx, { kind, minutes })
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'hold_minutes.set',
    resource: `hold_minutes:${kind}`,
    details: { before, minutes },
  })
  return listHoldMinutes(context)
}
