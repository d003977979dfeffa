import { type CaseFacts, lockCase, readCase } from '../../../db/queries/cases.ts'
import { caseOfRequest, type HelpRow } from '../../../db/queries/help.ts'
import { publicContext, setContext } from '../../../db/queries/rls.ts'
import type { CommandContext } from '../command/run.ts'

/** Mergers that may overtake one look or command, one after another. */
const MERGES_MAX = 8

type Reading = Pick<CommandContext, 'trx'>

/**
 * The case that a request has become: where merges have led it, also into another district, whose row-level security
 * the transaction then has too. A person asks for help and not for a row; what they say and what they see is of this case.
 */
export function readCaseOf(context: Reading, request: HelpRow): Promise<CaseFacts> {
  return follow(context, request, readCase)
}

/** The same, held against other commands until the transaction ends: one that closes or triages it has come before or comes after. */
export function lockCaseOf(context: Reading, request: HelpRow): Promise<CaseFacts> {
  return follow(context, request, lockCase)
}

async function follow({ trx }: Reading, request: HelpRow, take: typeof readCase): Promise<CaseFacts> {
  for (let merges = 0; merges < MERGES_MAX; merges++) {
    const found = await caseOfRequest(trx, request.id)
    if (found === undefined) break
    await setContext(trx, publicContext(request.district, found.district))
    const facts = await take(trx, found.id)
    if (facts?.merged_into === null) return facts
  }
  throw new Error(`the case of request ${request.id} is gone, or is merged faster than it can be followed`)
}
