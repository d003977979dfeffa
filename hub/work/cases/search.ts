import { audit } from '../../../db/queries/accounts-audit.ts'
import { type CaseFacts, readCase } from '../../../db/queries/cases.ts'
import { caseOfRequest, requestIdOfCode } from '../../../db/queries/help.ts'
import { casesOfPhone } from '../../../db/queries/people.ts'
import type { SearchInput } from '../../contract/api/search.ts'
import type { CommandContext } from '../command/run.ts'
import { codeHash } from '../help/help.ts'
import type { CaseWork } from '../services.ts'
import { caseView } from './case.ts'

/** Cases of one phone, newest first; a family shares one. */
const FOUND_MAX = 20

/**
 * Cases of the own area by what a caller can say: the tracking code, or the phone. That a number has a case is personal
 * data, so each search is a row in the audit log, with what was found and without the number.
 */
export async function searchCases(context: CommandContext, work: CaseWork, input: SearchInput) {
  const { trx, by, requestId } = context
  const found = input.by === 'code' ? await byCode(context, work, input.code) : await byPhone(context, input.phone)
  await audit(trx, {
    actor: by.account,
    role: by.role,
    action: 'case.search',
    resource: `search:${input.by}`,
    requestId,
    details: { found: found.map(({ id }) => String(id)) },
  })
  return { cases: found.map(caseView) }
}

async function byCode({ trx }: CommandContext, work: CaseWork, code: string): Promise<CaseFacts[]> {
  const request = await requestIdOfCode(trx, codeHash(work, code))
  const became = request === undefined ? undefined : await caseOfRequest(trx, request)
  const facts = became === undefined ? undefined : await readCase(trx, became.id)
  return facts === undefined ? [] : [facts]
}

async function byPhone({ trx }: CommandContext, phone: string): Promise<CaseFacts[]> {
  const ids = await casesOfPhone(trx, phone, FOUND_MAX)
  const found: CaseFacts[] = []
  for (const id of ids) {
    const facts = await readCase(trx, id)
    if (facts !== undefined) found.push(facts)
  }
  return found
}
