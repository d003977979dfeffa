import { randomUUID, timingSafeEqual } from 'node:crypto'
import { type HelpRow, insertOneTimeCode, lockOneTimeCode, updateOneTimeCode } from '../../../db/queries/help.ts'
import { readPhone } from '../../../db/queries/people.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Reading } from '../command/run.ts'
import {
  CODE_ATTEMPTS_MAX,
  type CodeCheck,
  isReached,
  leftAfter,
  messagesLeave,
  sentCode,
} from '../help/one-time-code.ts'
import type { CaseWork } from '../services.ts'

/** From the check of the phone until the page has to ask again. */
export const PROOF_MS = 15 * 60_000
/** Numbers that may be typed for one request: five, then an hour's wait. */
const TYPED_MS = 3_600_000

export type Way = 'message' | 'typed' | 'none'

/** How the person of a request shows that its phone is theirs. */
export async function wayOf({ trx }: Pick<Reading, 'trx'>, work: CaseWork, request: HelpRow): Promise<Way> {
  if (request.phone_hash === null) return 'none'
  const phone = await readPhone(trx, request.case_id)
  if (phone === undefined) return 'none'
  return isReached(work, phone) && (await messagesLeave(trx, work)) ? 'message' : 'typed'
}

/** Compares the digits of the newest text message; once right, they stay right until they are too old. A wrong one costs an attempt. */
export async function checkDigits(
  context: Reading,
  work: CaseWork,
  request: HelpRow,
  digits: string,
): Promise<CodeCheck> {
  const { sent, wrong } = await sentCode(context, work, request, digits)
  if (sent === undefined) return wrong
  if (sent.used_at === null) await updateOneTimeCode(context.trx, sent.id, { used_at: context.at })
  return 'right'
}

/** Compares a number that was typed, where no message leaves; counted in PostgreSQL, for all processes. */
export async function checkTyped(
  { trx, at, now }: Reading,
  work: CaseWork,
  request: HelpRow,
  phone: string,
): Promise<CodeCheck> {
  if (request.phone_hash === null) return 'expired'
  const known = await lockOneTimeCode(trx, request.id)
  const counted = known !== undefined && known.expires_at.getTime() > now ? known : undefined
  if (counted && counted.attempts >= CODE_ATTEMPTS_MAX) return 'used_up'
  const attempts = counted?.attempts ?? 0
  const id = counted?.id ?? randomUUID()
  if (!counted) {
    await insertOneTimeCode(trx, {
      id,
      request_id: request.id,
      phone_hash: request.phone_hash,
      // Nothing was sent: no digits are right.
      code_hash: work.keyed('otp', `${id}:typed`),
      sent_at: at,
      expires_at: new Date(now + TYPED_MS),
    })
  }
  if (timingSafeEqual(request.phone_hash, work.keyed('phone', phone))) return 'right'
  await updateOneTimeCode(trx, id, { attempts: attempts + 1 })
  return leftAfter(attempts)
}

const signed = (work: CaseWork, request: HelpRow, until: number): Buffer =>
  work.keyed('my data', `${request.id} ${request.phone_hash?.toString('hex') ?? ''} ${until}`)

export function proofFor(work: CaseWork, request: HelpRow, now: number) {
  const until = now + PROOF_MS
  return { proof: `${until}.${signed(work, request, until).toString('hex')}`, until }
}

/** @throws ApiError 403 when it is not of this request and its phone, or too old */
export function checkProof(work: CaseWork, request: HelpRow, proof: string, now: number): void {
  const [, untilText = '', hex = ''] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(proof) ?? []
  const until = Number(untilText)
  const right = hex !== '' && timingSafeEqual(Buffer.from(hex, 'hex'), signed(work, request, until))
  if (!right || until <= now) throw new ApiError('phone_unproven', { key: 'phone_unproven' })
}
