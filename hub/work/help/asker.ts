import { timingSafeEqual } from 'node:crypto'
import { type HelpRow, updateHelpRequest } from '../../../db/queries/help.ts'
import { readPhone } from '../../../db/queries/people.ts'
import type { CommandContext } from '../command/run.ts'
import { formRefusal } from '../command/turns.ts'
import type { CaseWork } from '../services.ts'

/** Of the 10,000 endings of a number: with a code alone, one in 2,000 is guessed. */
export const DIGIT_TRIES_MAX = 5
/** Letters of a mark: 132 bits. */
const MARK_LENGTH = 22

type Asked = Pick<HelpRow, 'id' | 'case_id' | 'digit_tries'>

/** What the device keeps that has asked, and that follows from no code: codes are read out, shown and passed on. */
export function askerMark(work: Pick<CaseWork, 'keyed'>, request: string): string {
  return work.keyed('asker', request).toString('base64url').slice(0, MARK_LENGTH)
}

function isAsker(work: Pick<CaseWork, 'keyed'>, request: Asked, marks: readonly string[]): boolean {
  const own = Buffer.from(askerMark(work, request.id))
  return marks.map((mark) => Buffer.from(mark)).some((mark) => mark.length === own.length && timingSafeEqual(mark, own))
}

/** How whoever looks may take the request back. */
export async function takeBackOf(
  trx: CommandContext['trx'],
  work: CaseWork,
  request: Asked,
  marks: readonly string[],
): Promise<'device' | 'digits' | 'staff'> {
  if (isAsker(work, request, marks)) return 'device'
  if (request.digit_tries >= DIGIT_TRIES_MAX) return 'staff'
  return (await readPhone(trx, request.case_id)) === undefined ? 'staff' : 'digits'
}

/**
 * Whether it is the person who asked: by the device's mark, or the last digits of the phone. A wrong try counts, also
 * when the caller then answers with an error. @returns why not
 */
export async function notTheAsker(
  trx: CommandContext['trx'],
  work: CaseWork,
  request: Asked,
  { marks, digits }: { readonly marks: readonly string[]; readonly digits: string | undefined },
) {
  const how = await takeBackOf(trx, work, request, marks)
  if (how === 'device') return undefined
  if (how === 'staff') return formRefusal('asker_unknown')
  if (digits === undefined) return formRefusal('digits_needed')
  if ((await readPhone(trx, request.case_id))?.endsWith(digits)) return undefined
  const tries = request.digit_tries + 1
  await updateHelpRequest(trx, request.id, { digit_tries: tries })
  return tries < DIGIT_TRIES_MAX
    ? formRefusal('digits_wrong', { left: DIGIT_TRIES_MAX - tries })
    : formRefusal('asker_unknown')
}
