import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import {
  readRevealBudgets,
  revealOwesProof,
  revealsFull,
  writeRevealBudget,
} from '../../../db/queries/reveal-budgets.ts'
import type { revealBudgetBody } from '../../contract/api/reveal-budgets.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { CommandContext } from '../command/run.ts'

type Revealed = { readonly action: `${string}.reveal`; readonly resource: string; readonly area: string }

/** A row of the audit log, before anybody's data is opened. @throws ApiError 403 when many were opened since who is there was proven, 429 when the account has opened as many as its role may in an hour */
export async function takeReveal({ trx, by, requestId, at }: CommandContext, revealed: Revealed): Promise<void> {
  if (await revealOwesProof(trx, revealed.resource, at)) throw new ApiError('proof_needed')
  const full = await revealsFull(trx, revealed.resource)
  if (full)
    throw new ApiError('reveals_used_up', { until: full.until.getTime() }, { retryAfter: Math.max(1, full.seconds) })
  await audit(trx, { actor: by.account, role: by.role, requestId, ...revealed })
}

export async function listRevealBudgets({ trx }: CommandContext) {
  return { roles: await readRevealBudgets(trx) }
}

/** From now on; what was opened within the hour counts. */
export async function setRevealBudget(context: CommandContext, _id: number, body: z.output<typeof revealBudgetBody>) {
  const { trx, by, requestId } = context
  const { role, perHour } = body
  const before = await writeRevealBudget(trx, body)
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'reveal_budget.set',
    resource: `reveal_budget:${role}`,
    details: { from: before, to: perHour },
  })
  return listRevealBudgets(context)
}
