import type { z } from 'zod'
import { type AccountRow, findAccount } from '../../../db/queries/accounts.ts'
import type { SessionRow } from '../../../db/queries/session-standing.ts'
import { actionsOf } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import { grantOf } from '../../authorize/grant-rows.ts'
import type { session } from '../../contract/api/session.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { accountKey } from '../../situation/account-key.ts'
import type { HubContext } from '../env.ts'
import type { Accounts } from './accounts.ts'
import { proofsOf, rulesHold, standingOf } from './standing.ts'

type View = z.infer<typeof session>

/** Who asks, and what they owe. */
export async function showSession(accounts: Accounts, c: HubContext): Promise<View> {
  const access = c.get('access')
  const grant = await access.grant()
  if (grant !== null)
    return whole(accounts, grant, await findAccount(accounts.db, grant.account), await access.session())
  if (access.renewed()) throw new ApiError('session_renewed')
  const owes = access.owes()
  const row = owes === undefined ? null : await access.session()
  return { ...whole(accounts, null, undefined, null), half: owes && row ? { owes, ways: proofsOf(row) } : null }
}

/** Of somebody who has just signed in. */
export function sessionView(
  accounts: Accounts,
  account: AccountRow,
  session: SessionRow | undefined,
  now: number,
): View {
  const standing = session && standingOf(session, now)
  if (session === undefined || standing?.kind !== 'half') {
    return whole(accounts, grantOf(account), account, session ?? null)
  }
  return { ...whole(accounts, null, undefined, null), half: { owes: standing.owes, ways: proofsOf(session) } }
}

function whole(
  { oidcName }: Accounts,
  grant: Grant | null,
  account: AccountRow | undefined,
  session: SessionRow | null,
): View {
  return {
    signedIn: grant !== null,
    account:
      grant === null
        ? null
        : {
            id: grant.account,
            key: accountKey(grant.account),
            name: account?.name ?? '',
            label: grant.label,
            drill: grant.drill,
          },
    role: grant === null || grant.role === 'machine' ? null : grant.role,
    areas: [...(grant?.areas ?? [])],
    facility: grant?.facility ?? null,
    may: [...actionsOf(grant)],
    oidc: oidcName,
    factorFrom:
      session === null || session.factor !== null || !rulesHold(session)
        ? null
        : (session.factorFrom?.toISOString() ?? null),
    half: null,
  }
}
