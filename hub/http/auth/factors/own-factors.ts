import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Transaction } from 'kysely'
import { type AccountRow, findAccount } from '../../../../db/queries/accounts.ts'
import { audit } from '../../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase } from '../../../../db/queries/accounts-tables.ts'
import {
  confirmTotp,
  deleteAllFactors,
  deleteFactor,
  factorsOf,
  insertPasskey,
  insertPendingTotp,
  lockFactors,
  pendingTotp,
  replaceRecoveryCodes,
} from '../../../../db/queries/factors.ts'
import {
  endOtherSessions,
  type SessionRow,
  setChallenge,
  takeChallenge,
} from '../../../../db/queries/session-standing.ts'
import { hashSession } from '../../../authorize/pass.ts'
import { ApiError } from '../../../contract/refusals/api-error.ts'
import { FACTORS_MAX, type FactorKind } from '../../../contract/vocabulary/factors.ts'
import type { Accounts } from '../accounts.ts'
import { isTaken } from '../administration.ts'
import { demandsFactor, proofsOf, rulesHold } from '../standing.ts'
import { countGuess } from './attempts.ts'
import { addedPasskey, CHALLENGE_MS, hasPasskeys, optionsToAdd } from './passkeys.ts'
import type { ProofContext } from './prove.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery.ts'
import { goOn } from './renew.ts'
import { newTotpSecret, openTotp, sealTotp, stepOfCode, totpForApp } from './totp.ts'

type Trx = Transaction<AccountsDatabase>

const loginOf = (account: AccountRow): string => account.email ?? account.username ?? account.id

async function accountOf({ db }: Accounts, { account }: SessionRow): Promise<AccountRow> {
  const found = await findAccount(db, account)
  if (found === undefined) throw new ApiError('unauthenticated')
  return found
}

async function demandRoom({ db }: Accounts, { account }: SessionRow): Promise<void> {
  if ((await factorsOf(db, account)).length >= FACTORS_MAX) throw new ApiError('factors_many', { max: FACTORS_MAX })
}

/** An authenticator app, which counts once a code of it was given. What is returned is told this once. */
export async function startTotp(accounts: Accounts, session: SessionRow, name: string, { now, trail }: ProofContext) {
  const account = await accountOf(accounts, session)
  await demandRoom(accounts, session)
  const totp = newTotpSecret()
  const sealed = sealTotp(accounts.secret, account.id, totp)
  await accounts.db.transaction().execute(async (trx) => {
    await lockFactors(trx, account.id)
    await insertPendingTotp(trx, { account: account.id, name, secret: sealed, now })
    await note(trx, session, trail, 'factor.start', { kind: 'totp' })
  })
  return totpForApp(totp, loginOf(account))
}

/** @returns recovery codes, with the first factor, and the token of the session from now on. @throws ApiError 400 for a wrong code, 404 when none waits for one */
export async function finishTotp(accounts: Accounts, session: SessionRow, code: string, context: ProofContext) {
  const { db, secret } = accounts
  const pending = await pendingTotp(db, session.account)
  if (pending?.secret == null) throw new ApiError('unknown_factor')
  const right = await countGuess(accounts, session.account, context)
  const totp = openTotp(secret, session.account, pending.secret)
  const step = await stepOfCode(totp, code, context.now.getTime())
  if (step === undefined) throw new ApiError('wrong_factor_code')
  await right()
  return db.transaction().execute(async (trx) => {
    await lockFactors(trx, session.account)
    if (!(await confirmTotp(trx, pending.id, step, context.now))) throw new ApiError('unknown_factor')
    return added(trx, session, 'totp', context)
  })
}

export async function startPasskey(accounts: Accounts, session: SessionRow, now: Date) {
  const { db, publicUrl } = accounts
  if (!hasPasskeys(publicUrl)) throw new ApiError('no_passkeys')
  const account = await accountOf(accounts, session)
  await demandRoom(accounts, session)
  const { id, name } = account
  const options = await optionsToAdd(publicUrl, { id, name, login: loginOf(account) }, await factorsOf(db, id))
  await setChallenge(db, session.id, options.challenge, new Date(now.getTime() + CHALLENGE_MS))
  return options
}

/** @returns as `finishTotp` */
export async function finishPasskey(
  accounts: Accounts,
  session: SessionRow,
  { name, response }: { readonly name: string; readonly response: RegistrationResponseJSON },
  context: ProofContext,
) {
  const { db, publicUrl } = accounts
  await demandRoom(accounts, session)
  const challenge = await takeChallenge(db, session.id, context.now)
  if (challenge === undefined) throw new ApiError('wrong_passkey')
  const passkey = await addedPasskey(publicUrl, challenge, response)
  try {
    return await db.transaction().execute(async (trx) => {
      await lockFactors(trx, session.account)
      await insertPasskey(trx, { ...passkey, account: session.account, name, now: context.now })
      return added(trx, session, 'passkey', context)
    })
  } catch (error) {
    throw isTaken(error) ? new ApiError('passkey_taken') : error
  }
}

/** With the first factor come recovery codes, and whoever came in without it elsewhere is out. `token`: as of `prove` */
async function added(trx: Trx, session: SessionRow, kind: FactorKind, { now, trail }: ProofContext) {
  const { account } = session
  const isFirst = (await factorsOf(trx, account)).length === 1
  const token = await goOn(trx, session, kind, now)
  await note(trx, session, trail, 'factor.add', { kind, renewed: hashSession(token) })
  if (isFirst) await endOtherSessions(trx, account, session.id)
  return { token, recoveryCodes: isFirst ? await makeRecoveryCodes(trx, account, now) : null }
}

async function makeRecoveryCodes(trx: Trx, account: string, now: Date): Promise<string[]> {
  const codes = newRecoveryCodes()
  const hashes = codes.map((code) => hashRecoveryCode(account, code))
  await replaceRecoveryCodes(trx, account, hashes, now)
  return codes
}

/** New recovery codes in place of those there were. @throws ApiError 404 without a factor that they could stand in for */
export function renewRecoveryCodes({ db }: Accounts, session: SessionRow, { now, trail }: ProofContext) {
  return db.transaction().execute(async (trx) => {
    await lockFactors(trx, session.account)
    if ((await factorsOf(trx, session.account)).length === 0) throw new ApiError('unknown_factor')
    await note(trx, session, trail, 'factor.new_recovery_codes')
    return { recoveryCodes: await makeRecoveryCodes(trx, session.account, now) }
  })
}

/** Every other session ends: whoever has the lost phone is out. @throws ApiError 404, or 409 for the last of a role that needs one */
export async function removeFactor({ db }: Accounts, session: SessionRow, id: string, { now, trail }: ProofContext) {
  const { account } = session
  await db.transaction().execute(async (trx) => {
    await lockFactors(trx, account)
    const kind = await deleteFactor(trx, account, id)
    if (kind === undefined) throw new ApiError('unknown_factor')
    const isLast = (await factorsOf(trx, account)).length === 0
    if (isLast && demandsFactor(session, now.getTime())) throw new ApiError('last_factor')
    if (isLast) await deleteAllFactors(trx, account)
    await endOtherSessions(trx, account, session.id)
    await note(trx, session, trail, 'factor.remove', { kind })
  })
}

export async function listFactors({ db, publicUrl }: Accounts, session: SessionRow) {
  const factors = await factorsOf(db, session.account)
  return {
    factors: factors.map(({ id, kind, name, created_at, used_at }) => ({
      id,
      kind,
      name,
      createdAt: created_at.toISOString(),
      usedAt: used_at?.toISOString() ?? null,
    })),
    ways: proofsOf(session),
    recoveryCodes: session.recoveryCodes,
    passkeys: hasPasskeys(publicUrl),
    demandedFrom: session.factorFrom?.toISOString() ?? null,
    holds: rulesHold(session),
  }
}

async function note(
  trx: Trx,
  { account, role }: SessionRow,
  trail: ProofContext['trail'],
  action: string,
  details: Readonly<Record<string, string>> = {},
): Promise<void> {
  await audit(trx, { actor: account, role, action, resource: `account:${account}`, ...trail, details })
}
