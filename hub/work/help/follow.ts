import { districtOfCode, type HelpRow, requestOfCode } from '../../../db/queries/help.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { readTrackingCode } from '../../contract/vocabulary/tracking-code.ts'
import type { TextMessage } from '../../senders/sender.ts'
import { type CommandContext, type Reading, type Request, runCommand } from '../command/run.ts'
import { formMustWait, formRefusal } from '../command/turns.ts'
import { askerMark, notTheAsker } from './asker.ts'
import { codeHash, type HelpDeps, requester } from './help.ts'
import { statusOf } from './help-follow.ts'
import { checkCode, demandRight, resendCode } from './one-time-code.ts'

/** Until the oldest message of the last hour no longer counts, at most. */
const MESSAGES_WAIT_SECONDS = 3600

/** Whoever has a tracking code, as they typed it, the address they ask from, and the marks of their device's requests. */
export type Follower = { readonly address: string; readonly code: string; readonly marks: readonly string[] }

export type Followed = { readonly hash: Buffer; readonly district: string; readonly marks: readonly string[] }

/** What a code leads to. @throws ApiError 404 or 429 */
export async function follow({ caseWork, db }: HelpDeps, { address, code: typed, marks }: Follower): Promise<Followed> {
  formMustWait(await caseWork.limits.looks.take(address))
  const code = readTrackingCode(typed)
  const hash = code && codeHash(caseWork, code)
  const district = hash && (await districtOfCode(db, hash))
  if (!hash || !district) throw formRefusal('code_unknown')
  return { hash, district, marks }
}

/** The request under a code, in a transaction that sees its district. */
export async function inRequest<T>(
  { db, clock }: HelpDeps,
  { hash, district }: Followed,
  use: (context: Reading, request: HelpRow) => Promise<T>,
): Promise<T> {
  const now = clock.now()
  return withAccount(db, requester(district), async (trx) => {
    const request = await requestOfCode(trx, hash)
    if (request === undefined) throw formRefusal('code_unknown')
    return use({ trx, now, at: new Date(now) }, request)
  })
}

const statusNow = (deps: HelpDeps, followed: Followed) =>
  inRequest(deps, followed, (context, request) => statusOf(context, deps.caseWork, request, followed.marks))

export async function showHelp(deps: HelpDeps, who: Follower) {
  return statusNow(deps, await follow(deps, who))
}

/**
 * @param digits of the text message. @throws ApiError 422 unless they are right
 * @returns the status, and the mark of whoever has the phone in their hand
 */
export async function verifyPhone(deps: HelpDeps, who: Follower, digits: string) {
  const followed = await follow(deps, who)
  const { result, mark } = await inRequest(deps, followed, async (context, request) => ({
    result: await checkCode(context, deps.caseWork, request, digits),
    mark: askerMark(deps.caseWork, request.id),
  }))
  demandRight(result)
  return { mark, status: await statusNow(deps, { ...followed, marks: [...followed.marks, mark] }) }
}

/** Sends a one-time code. @throws ApiError 409 or 429 when none can go */
export async function sendDigits(deps: HelpDeps, who: Follower) {
  const followed = await follow(deps, who)
  const messages: TextMessage[] = []
  const result = await inRequest(deps, followed, (context, request) =>
    resendCode(context, deps.caseWork, request, (text) => messages.push(text)),
  )
  if (result === 'no_phone') throw formRefusal('no_phone')
  if (result === 'no_country') throw formRefusal('phone_country')
  if (result === 'check_off' || result === 'spent') throw formRefusal('phone_check_off')
  if (result === 'too_many') formMustWait(MESSAGES_WAIT_SECONDS)
  for (const text of messages) deps.caseWork.outbox.post(text)
  return statusNow(deps, followed)
}

type Change = (context: CommandContext, request: HelpRow) => Promise<boolean>

/** A command of the person. @throws ApiError 409 when there is nothing left to change */
export async function changeHelp(deps: HelpDeps, who: Follower, requestOf: () => Request, carryOut: Change) {
  return change(deps, await follow(deps, who), requestOf, carryOut)
}

/** As changeHelp, for what the code alone is not enough for. @throws ApiError 403 or 422 unless it is the person who asked */
export async function changeAsAsker(
  deps: HelpDeps,
  who: Follower,
  digits: string | undefined,
  requestOf: () => Request,
  carryOut: Change,
) {
  const followed = await follow(deps, who)
  const refusal = await inRequest(deps, followed, ({ trx }, request) =>
    notTheAsker(trx, deps.caseWork, request, { marks: followed.marks, digits }),
  )
  if (refusal) throw refusal
  return change(deps, followed, requestOf, carryOut)
}

async function change(deps: HelpDeps, followed: Followed, requestOf: () => Request, carryOut: Change) {
  const { body: done } = await runCommand(deps, requester(followed.district), requestOf(), async (context) => {
    const request = await requestOfCode(context.trx, followed.hash)
    return { status: 200, body: request !== undefined && (await carryOut(context, request)) }
  })
  if (!done) throw formRefusal('ended')
  return statusNow(deps, followed)
}
