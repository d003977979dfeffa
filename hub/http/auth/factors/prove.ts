import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { z } from 'zod'
import { passwordHashOf } from '../../../../db/queries/accounts.ts'
import { audit, type Trail } from '../../../../db/queries/accounts-audit.ts'
import { factorsOf, notePasskeyUse, takeRecoveryCode, takeStep } from '../../../../db/queries/factors.ts'
import { type SessionRow, setChallenge, takeChallenge } from '../../../../db/queries/session-standing.ts'
import { hashSession } from '../../../authorize/pass.ts'
import type { proofBody } from '../../../contract/api/factors.ts'
import { ApiError } from '../../../contract/refusals/api-error.ts'
import type { Proof, SessionFactor } from '../../../contract/vocabulary/factors.ts'
import type { Accounts } from '../accounts.ts'
import { verifyPassword } from '../passwords.ts'
import { proofsOf } from '../standing.ts'
import { countGuess } from './attempts.ts'
import { CHALLENGE_MS, hasPasskeys, optionsToShow, shownPasskey } from './passkeys.ts'
import { hashRecoveryCode } from './recovery.ts'
import { goOn } from './renew.ts'
import { openTotp, stepOfCode } from './totp.ts'

export type ProofContext = { readonly now: Date; readonly headers: Headers; readonly trail: Trail }

/** By a code or password. @returns the token under which the session goes on. @throws ApiError 400 for a wrong one, 409 where the account proves itself otherwise, 429 after too many */
export async function prove(
  accounts: Accounts,
  session: SessionRow,
  given: z.output<typeof proofBody>,
  context: ProofContext,
): Promise<string> {
  demandWay(session, given.by)
  const right = await countGuess(accounts, session.account, context)
  if (!(await isRight(accounts, session, given, context))) {
    await note(accounts, session, context, 'session.factor_failed', given.by)
    throw new ApiError(given.by === 'password' ? 'wrong_proof_password' : 'wrong_factor_code')
  }
  await right()
  return proven(accounts, session, given.by === 'password' ? null : given.by, context)
}

function demandWay(session: SessionRow, way: Proof): void {
  if (!proofsOf(session).includes(way)) throw new ApiError('no_such_proof')
}

async function isRight(
  accounts: Accounts,
  { account }: SessionRow,
  given: z.output<typeof proofBody>,
  { now }: ProofContext,
): Promise<boolean> {
  const { db, secret, passwordChecks } = accounts
  switch (given.by) {
    case 'totp': {
      for (const { id, secret: kept } of await factorsOf(db, account)) {
        if (kept === null) continue
        const step = await stepOfCode(openTotp(secret, account, kept), given.code, now.getTime())
        if (step !== undefined) return takeStep(db, id, step, now)
      }
      return false
    }
    case 'recovery':
      return takeRecoveryCode(db, account, hashRecoveryCode(account, given.code))
    case 'password': {
      const { password } = given
      const hash = await passwordHashOf(db, account)
      if (hash === undefined) return false
      const checked = await passwordChecks.run(() => verifyPassword({ hash, password }))
      if (checked === undefined) throw new ApiError('busy', undefined, { retryAfter: 5 })
      return checked.value
    }
  }
}

/** What a browser asks a passkey for. @throws ApiError 409 where the account has none, or the address can have none */
export async function askForPasskey({ db, publicUrl }: Accounts, session: SessionRow, now: Date) {
  demandWay(session, 'passkey')
  if (!hasPasskeys(publicUrl)) throw new ApiError('no_passkeys')
  const options = await optionsToShow(publicUrl, await factorsOf(db, session.account))
  await setChallenge(db, session.id, options.challenge, new Date(now.getTime() + CHALLENGE_MS))
  return options
}

/** @returns as `prove`. @throws ApiError 400 for a passkey of somebody else, or an answer to something else */
export async function provePasskey(
  accounts: Accounts,
  session: SessionRow,
  response: AuthenticationResponseJSON,
  context: ProofContext,
): Promise<string> {
  const { db, publicUrl } = accounts
  demandWay(session, 'passkey')
  const challenge = await takeChallenge(db, session.id, context.now)
  try {
    if (challenge === undefined) throw new ApiError('wrong_passkey')
    const has = await factorsOf(db, session.account)
    const { factor, counter } = await shownPasskey(publicUrl, challenge, has, response)
    await notePasskeyUse(db, factor.id, counter, context.now)
  } catch (error) {
    await note(accounts, session, context, 'session.factor_failed', 'passkey')
    throw error
  }
  return proven(accounts, session, 'passkey', context)
}

async function proven(
  accounts: Accounts,
  session: SessionRow,
  factor: SessionFactor | null,
  context: ProofContext,
): Promise<string> {
  const token = await goOn(accounts.db, session, factor, context.now)
  await note(accounts, session, context, 'session.proven', factor ?? 'password', { renewed: hashSession(token) })
  return token
}

async function note(
  { db }: Accounts,
  session: SessionRow,
  { trail }: ProofContext,
  action: string,
  by: Proof | SessionFactor,
  more: Readonly<Record<string, string>> = {},
) {
  const { account, role } = session
  await audit(db, { actor: account, role, action, resource: `account:${account}`, ...trail, details: { by, ...more } })
}

/** What tells the browser of the token under which its session goes on. */
export async function cookiesOf({ better }: Accounts, token: string, headers: Headers): Promise<readonly string[]> {
  const response = await better.api.renewedCookies({ headers, body: { token }, asResponse: true })
  if (!response.ok) throw new ApiError('unauthenticated')
  return response.headers.getSetCookie()
}
