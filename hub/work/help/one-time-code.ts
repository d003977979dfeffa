import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { operationIsDrill, updateCase } from '../../../db/queries/cases.ts'
import {
  codesSent,
  type HelpRow,
  insertOneTimeCode,
  lockOneTimeCode,
  updateHelpRequest,
  updateOneTimeCode,
} from '../../../db/queries/help.ts'
import { takeMessage } from '../../../db/queries/messages.ts'
import { readPhone } from '../../../db/queries/people.ts'
import { message } from '../../contract/refusals/messages.ts'
import type { Language } from '../../contract/vocabulary/languages.ts'
import { budgetsOf } from '../../runtime/reach.ts'
import type { TextMessage } from '../../senders/sender.ts'
import type { CommandContext, Reading } from '../command/run.ts'
import { formRefusal } from '../command/turns.ts'
import { type CaseWork, MESSAGES_PER_PHONE_AND_HOUR } from '../services.ts'
import { lockCaseOf } from './help-case.ts'

export const CODE_MS = 10 * 60_000
export const CODE_ATTEMPTS_MAX = 5
const HOUR_MS = 3_600_000

/**
 * Whether text messages leave this hub. Without a gateway they go to the log, codes in clear: in a drill, where nobody's
 * help hangs on them, and never in a live operation.
 */
export async function messagesLeave(trx: CommandContext['trx'], { sender }: CaseWork): Promise<boolean> {
  return sender !== 'log' || operationIsDrill(trx)
}

export function isReached({ reach }: CaseWork, phone: string): boolean {
  return budgetsOf(phone, reach) !== undefined
}

export type Room = 'room' | 'no_country' | 'spent'

/** Takes one text message to a phone out of the budgets; what is refused is counted, and raises an alarm. */
export async function takeRoom(
  { trx, at }: Pick<CommandContext, 'trx' | 'at'>,
  work: CaseWork,
  phone: string,
): Promise<Room> {
  const budgets = budgetsOf(phone, work.reach)
  if (budgets === undefined) return 'no_country'
  const spent = await takeMessage(trx, budgets, at)
  if (spent === undefined) return 'room'
  work.onSpent(budgets.find(({ key }) => key === spent)!)
  return 'spent'
}

export type CodeSent = 'sent' | 'too_many' | Exclude<Room, 'room'>

/** Makes a one-time code for somebody who has asked for it; not when too many messages went out in the last hour. */
async function sendCode(
  { trx, at, now }: Reading,
  work: CaseWork,
  request: { readonly id: string; readonly language: Language },
  phone: string,
  post: (message: TextMessage) => void,
): Promise<CodeSent> {
  const phoneHash = work.keyed('phone', phone)
  if ((await codesSent(trx, phoneHash, new Date(now - HOUR_MS))) >= MESSAGES_PER_PHONE_AND_HOUR) return 'too_many'
  const room = await takeRoom({ trx, at }, work, phone)
  if (room !== 'room') return room
  const id = randomUUID()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await insertOneTimeCode(trx, {
    id,
    request_id: request.id,
    phone_hash: phoneHash,
    code_hash: work.keyed('otp', `${id}:${code}`),
    sent_at: at,
    expires_at: new Date(now + CODE_MS),
  })
  post({ phone, text: message(request.language, 'sms_code', { code }) })
  return 'sent'
}

export type CodeCheck = 'right' | 'expired' | 'used_up' | { readonly left: number }

type Wrong = Exclude<CodeCheck, 'right'>

/** What is left to try after a wrong one. @param attempts before it */
export function leftAfter(attempts: number): Wrong {
  const left = CODE_ATTEMPTS_MAX - attempts - 1
  return left === 0 ? 'used_up' : { left }
}

/** The newest code that was sent, if this is it; a wrong one costs an attempt, also when the caller then answers with an error. */
export async function sentCode({ trx, now }: Reading, work: CaseWork, request: HelpRow, code: string) {
  const sent = await lockOneTimeCode(trx, request.id)
  if (sent === undefined || sent.expires_at.getTime() <= now) return { wrong: 'expired' as const }
  if (sent.attempts >= CODE_ATTEMPTS_MAX) return { wrong: 'used_up' as const }
  if (timingSafeEqual(sent.code_hash, work.keyed('otp', `${sent.id}:${code}`))) return { sent }
  await updateOneTimeCode(trx, sent.id, { attempts: sent.attempts + 1 })
  return { wrong: leftAfter(sent.attempts) }
}

/** Compares a one-time code: the right one confirms the phone, once. */
export async function checkCode(context: Reading, work: CaseWork, request: HelpRow, code: string): Promise<CodeCheck> {
  const { sent, wrong } = await sentCode(context, work, request, code)
  if (sent === undefined) return wrong
  // Sent twice by a bad line: the same answer.
  if (sent.used_at !== null) return request.phone_verified_at === null ? 'expired' : 'right'
  await updateOneTimeCode(context.trx, sent.id, { used_at: context.at })
  await updateHelpRequest(context.trx, request.id, { phone_verified_at: context.at })
  const { id, unverified } = await lockCaseOf(context, request)
  if (unverified) await updateCase(context.trx, id, { unverified: false }, context.at)
  return 'right'
}

/** @throws ApiError 422 of a code that is not right, as a form says it */
export function demandRight(result: CodeCheck): void {
  if (result === 'expired') throw formRefusal('code_expired')
  if (result === 'used_up') throw formRefusal('code_used_up')
  if (result !== 'right') throw formRefusal('code_wrong', result)
}

/** Sends a one-time code to the phone of a request. @returns whether there is a phone, and whether one was sent. */
export async function resendCode(
  context: Reading,
  work: CaseWork,
  request: HelpRow,
  post: (message: TextMessage) => void,
): Promise<CodeSent | 'no_phone' | 'check_off'> {
  const phone = await readPhone(context.trx, request.case_id)
  if (phone === undefined) return 'no_phone'
  if (!(await messagesLeave(context.trx, work))) return 'check_off'
  return sendCode(context, work, request, phone, post)
}
