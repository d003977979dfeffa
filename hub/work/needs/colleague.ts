import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { findAccount } from '../../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { accountOfKey, findColleagues } from '../../../db/queries/colleagues.ts'
import { type NeedWithCase, readNeedWithCase } from '../../../db/queries/needs.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import { grantOf } from '../../authorize/grant-rows.ts'
import { reachOf } from '../../authorize/table.ts'
import type { colleaguesQuery } from '../../contract/api/colleagues.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { ROLES } from '../../contract/vocabulary/roles.ts'
import { areaOf } from '../cases/case-area.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { holds } from './need.ts'
import type { Holder } from './need-rules.ts'

const CLAIMERS = ROLES.filter((role) => reachOf(role, 'case.claim') !== 'deny')

type Accounts = Kysely<AccountsDatabase>
type Reading = Pick<CommandContext, 'trx' | 'by'>

async function needOf({ trx }: Reading, id: number): Promise<NeedWithCase> {
  const need = await readNeedWithCase(trx, id)
  if (need === undefined) throw notFound('need', id)
  return need
}

/** Who could take a need over. @throws ApiError for whoever may not hand it over */
export async function colleaguesFor(
  context: Reading & Pick<CommandContext, 'now'>,
  accounts: Accounts,
  id: number,
  { text, limit }: z.output<typeof colleaguesQuery>,
) {
  const { grant, account } = context.by
  const need = await needOf(context, id)
  const holder = holds(need, account, context.now) ? account : null
  demand(grant, 'case.handover', { area: areaOf(need), holder })
  const found = await findColleagues(accounts, {
    district: need.district,
    roles: CLAIMERS,
    except: need.claimed_by,
    text: text ?? null,
    limit: limit + 1,
  })
  return { colleagues: found.slice(0, limit), more: found.length > limit }
}

/** The colleague a need is offered to: they must be able to take it, and boards show only their call-sign. */
export async function colleagueOf(context: Reading, accounts: Accounts, id: number, key: string): Promise<Holder> {
  const need = await needOf(context, id)
  const account = await accountOfKey(accounts, key)
  const found = account === undefined ? undefined : await findAccount(accounts, account)
  const other = found === undefined || found.disabled ? null : grantOf(found)
  const fit = can(other, 'case.claim', { area: areaOf(need) }).allowed
  if (other === null || other.account === need.claimed_by || !fit) throw wrongField('to', 'account_unknown')
  return { id: other.account, label: other.label }
}
