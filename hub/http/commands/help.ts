import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { insertHelpRequest, recentRequest } from '../../../db/queries/help.ts'
import type { Place } from '../../../db/queries/places.ts'
import { publicContext } from '../../../db/queries/rls.ts'
import { message } from '../../cases/messages.ts'
import { suggestSeverity } from '../../cases/severity.ts'
import { trackingCode } from '../../cases/tracking-code.ts'
import type { TextMessage } from '../../senders/sender.ts'
import type { helpBody } from '../bodies/help.ts'
import type { CaseWork } from '../case-work.ts'
import { createCase } from './new-case.ts'
import { sendCode } from './one-time-code.ts'
import type { Answer, CommandContext, Commander } from './run.ts'

/** A second tap, or a page sent again: the same phone asks for the same within this time. */
export const DOUBLE_SUBMIT_MS = 10 * 60_000

/** The history calls the person who asked this, and nothing more. */
const REQUESTER = 'requester'

export function requester(area: string): Commander {
  return { ...publicContext(area), label: REQUESTER, owner: 'public', grant: null }
}

/** A request's tracking code, made again from its random id: it is kept nowhere. */
export function codeOf(work: CaseWork, request: string): string {
  return trackingCode(work.keyed('tracking', request))
}

export function codeHash(work: CaseWork, code: string): Buffer {
  return work.keyed('code', code)
}

export type HelpInput = z.output<typeof helpBody>
/** What is kept under the idempotency key: no code, no phone. `request: null`: the code went to the phone. */
export type HelpOutcome = {
  request: string | null
  severity: string
  duplicate: boolean
  phoneCheck: boolean
}

export type Asked = { readonly input: HelpInput; readonly place: Place; readonly address: string }

/**
 * Makes one case of a request, however often it is sent.
 * @param post takes text messages; they leave when the transaction has ended
 */
export async function askForHelp(
  context: CommandContext,
  work: CaseWork,
  { input, place, address }: Asked,
  post: (message: TextMessage) => void,
): Promise<Answer<HelpOutcome>> {
  const { trx, at, now } = context
  const needs = [...new Set(input.needs)].sort()
  const needsKey = needs.join(',')
  const severity = suggestSeverity(input)
  const addressHash = work.keyed('address', address)
  const phoneHash = input.phone === undefined ? null : work.keyed('phone', input.phone)
  if (phoneHash !== null && input.phone !== undefined) {
    const recent = await recentRequest(trx, phoneHash, needsKey, new Date(now - DOUBLE_SUBMIT_MS))
    if (recent) {
      // Who knows a phone number must not get its owner's code: unless it is the same device, the code goes to the phone.
      const same = timingSafeEqual(recent.address_hash, addressHash)
      if (!same)
        post({ phone: input.phone, text: message(input.language, 'sms_tracking', { code: codeOf(work, recent.id) }) })
      return { status: 200, body: { request: same ? recent.id : null, severity, duplicate: true, phoneCheck: false } }
    }
  }
  const caseId = await createCase(context, {
    source: 'help',
    place,
    person: {
      name: input.name,
      phone: input.phone,
      idKind: input.id?.kind,
      idNumber: input.id?.number,
      nationality: input.nationality,
      language: input.language,
      birthYear: input.birthYear,
      sex: input.sex,
    },
    private: { lat: input.place.point?.lat, lon: input.place.point?.lon, address: input.address, notes: input.note },
    severity,
    risk608: input.risks.length > 0,
    classification: 'unclassified',
    needs,
  })
  const request = randomUUID()
  await insertHelpRequest(trx, {
    id: request,
    case_id: caseId,
    district: place.district,
    code_hash: codeHash(work, codeOf(work, request)),
    phone_hash: phoneHash,
    address_hash: addressHash,
    needs_key: needsKey,
    language: input.language,
    consent_at: at,
    consent_version: input.consent.version,
    created_at: at,
  })
  const phoneCheck =
    input.phone !== undefined &&
    (await sendCode(context, work, { id: request, language: input.language }, input.phone, post))
  return { status: 201, body: { request, severity, duplicate: false, phoneCheck } }
}
