import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { z } from 'zod'
import { audit, type Trail } from '../../../../db/queries/accounts-audit.ts'
import { factorsOf, notePasskeyUse, takeRecoveryCode, takeStep } from '../../../../db/queries/factors.ts'
import {
  carryOver,
  noteProof,
  type SessionRow,
  setChallenge,
  takeChallenge,
} from '../../../../db/queries/session-standing.ts'
import type { proofBody } from '../../../contract/api/factors.ts'
import { ApiError } from '../../../contract/refusals/api-error.ts'
import type { Proof, SessionFactor } from '../../../contract/vocabulary/factors.ts'
import type { Accounts } from '../accounts.ts'
import { proofsOf } from '../standing.ts'
import { countGuess } from './attempts.ts'
import { CHALLENGE_MS, hasPasskeys, optionsToShow, shownPasskey } from './passkeys.ts'
import { hashRecoveryCode } from './recovery.ts'
import { openTotp, stepOfCode } from './totp.ts'

export type ProofContext = { readonly now: Date; readonly headers: Headers; readonly trail: Trail }

/** By a code or password. @throws ApiError 400 for a wrong one, 409 where the account proves itself otherwise, 429 after too many */
export async function prove(
  accounts: Accounts,
  session: SessionRow,
  given: z.output<typeof proofBody>,
  context: ProofContext,
): Promise<void> {
  demandWay(session, given.by)
  const right = await countGuess(accounts, session.account, context)
  if (!(await isRight(accounts, session, given, context))) {
    await note(accounts, session, context, 'session.factor_failed', given.by)
    throw new ApiError(given.by === 'password' ? 'wrong_proof_password' : 'wrong_factor_code')
  }
  await right()
  await proven(accounts, session, given.by === 'password' ? null : given.by, context)
}

function demandWay(session: SessionRow, way: Proof): void {
  if (!proofsOf(session).includes(way)) throw new ApiError('no_such_proof')
}

async function isRight(
  accounts: Accounts,
  { account }: SessionRow,
  given: z.output<typeof proofBody>,
  { now, headers }: ProofContext,
): Promise<boolean> {
  const { db, secret, better, passwordChecks } = accounts
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
      const checked = await passwordChecks.run(() =>
        better.api.verifyPassword({ body: { password }, headers, asResponse: true }),
      )
      if (checked === undefined) throw new ApiError('busy', undefined, { retryAfter: 5 })
      return checked.value.ok
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

/** @throws ApiError 400 for a passkey of somebody else, or an answer to something else */
export async function provePasskey(
  accounts: Accounts,
  session: SessionRow,
  response: AuthenticationResponseJSON,
  context: ProofContext,
): Promise<void> {
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
  await proven(accounts, session, 'passkey', context)
}

async function proven(accounts: Accounts, session: SessionRow, factor: SessionFactor | null, context: ProofContext) {
  await noteProof(accounts.db, session.id, factor, context.now)
  await note(accounts, session, context, 'session.proven', factor ?? 'password')
}

async function note(
  { db }: Accounts,
  session: SessionRow,
  { trail }: ProofContext,
  action: string,
  by: Proof | SessionFactor,
) {
  const { account, role } = session
  await audit(db, { actor: account, role, action, resource: `account:${account}`, ...trail, details: { by } })
}

/** A session that was half, and is whole, goes on under a new token. @returns it, and the cookies that say so */
export async function renewSession(
  { better, db }: Accounts,
  session: SessionRow,
  headers: Headers,
): Promise<{ readonly token: string; readonly cookies: readonly string[] }> {
  const response = await better.api.renewSession({ headers, asResponse: true })
  if (!response.ok) throw new ApiError('unauthenticated')
  const { token } = (await response.json()) as { token: string }
  await db.transaction().execute((trx) => carryOver(trx, token, session))
  return { token, cookies: response.headers.getSetCookie() }
}
