import { randomBytes } from 'node:crypto'
import { endSessions } from '../../../db/queries/accounts.ts'
import { audit, type Trail } from '../../../db/queries/accounts-audit.ts'
import { approveFor, keepScreenKey, screenOfKey } from '../../../db/queries/accounts-screens.ts'
import { accountOfSession } from '../../../db/queries/accounts-sessions.ts'
import { hashOfSecret } from '../../../db/queries/secret-hash.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Accounts } from './accounts.ts'
import { WALL_CLIENT } from './better-auth.ts'

const KEY_BYTES = 32

/** The key of a screen that has just been signed in; the hub keeps its hash. @param token of its session */
export async function giveScreenKey({ db }: Accounts, token: string): Promise<string> {
  const account = await accountOfSession(db, token)
  if (account === undefined) throw new Error('a screen was signed in, and its session is not there')
  const key = randomBytes(KEY_BYTES).toString('base64url')
  await keepScreenKey(db, account.id, hashOfSecret(key))
  return key
}

/**
 * Signs a screen in by its key, by a code that only this function sees. Its other sessions end: a key that somebody copied shows, for
 * two screens put each other out. @returns the answer of better-auth, with the cookies. @throws ApiError 404
 */
export async function returnScreen({ db, better }: Accounts, key: string, trail: Trail): Promise<Response> {
  const screen = await screenOfKey(db, hashOfSecret(key))
  if (screen === undefined) throw new ApiError('unknown_screen')
  const client = { client_id: WALL_CLIENT }
  const { device_code } = await better.api.deviceCode({ body: client })
  await db.transaction().execute(async (trx) => {
    await endSessions(trx, screen.id)
    await approveFor(trx, device_code, screen.id)
    await audit(trx, {
      ...{ actor: screen.id, role: 'screen', ...trail },
      ...{ action: 'screen.return', resource: `account:${screen.id}`, area: screen.areas[0] ?? null },
    })
  })
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code' as const
  return better.api.deviceToken({ body: { grant_type, device_code, ...client }, asResponse: true })
}
