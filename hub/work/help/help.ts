import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { helpPressure, insertHelpRequest, sameRequest } from '../../../db/queries/help.ts'
import type { Place } from '../../../db/queries/places.ts'
import { publicContext } from '../../../db/queries/rls.ts'
import type { helpBody } from '../../contract/api/help.ts'
import { message } from '../../contract/refusals/messages.ts'
import type { Severity } from '../../contract/vocabulary/severity.ts'
import { foldedText } from '../../contract/vocabulary/text.ts'
import { trackingCode } from '../../contract/vocabulary/tracking-code.ts'
import { keptAddress } from '../../runtime/limits.ts'
import type { TextMessage } from '../../senders/sender.ts'
import { createCase } from '../cases/new-case.ts'
import { suggestSeverity } from '../cases/severity.ts'
import { findPlace } from '../command/place.ts'
import { checkBirth } from '../command/refusals.ts'
import {
  type Answer,
  type CommandContext,
  type CommandDeps,
  type Commander,
  type Request,
  runCommand,
} from '../command/run.ts'
import { formMustWait } from '../command/turns.ts'
import { checkConsent, keepConsent } from '../privacy/consent.ts'
import type { CaseWork } from '../services.ts'
import { askerMark } from './asker.ts'
import { FLOOD_MINUTES, isFlood } from './flood.ts'
import { isReached, messagesLeave, takeRoom } from './one-time-code.ts'

/** A second tap, or a page sent again: the same phone sends the same within this time. */
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

export function codeHash(work: Pick<CaseWork, 'keyed'>, code: string): Buffer {
  return work.keyed('code', code)
}

export type HelpInput = z.output<typeof helpBody>
/** What is kept under the idempotency key: no code, no phone. `request: null`: its code goes to the phone alone. */
export type HelpOutcome = {
  request: string | null
  severity: Severity
  duplicate: boolean
  phoneCheck: boolean
}

/** @param crowded more red requests came from the same network than is usual */
type Asked = { readonly input: HelpInput; readonly place: Place; readonly crowded: boolean }

/**
 * All that was filled in. A second sick person on the same phone differs somewhere, a second tap nowhere; in doubt it
 * is another request, for staff can merge two, and nobody can find one that was dropped.
 */
export function contentOf(input: HelpInput, { district, place }: Place): string {
  const text = (typed: string | undefined) => (typed === undefined ? null : foldedText(typed))
  const choices = (chosen: readonly string[]) => [...new Set(chosen)].sort()
  return JSON.stringify([
    text(input.name),
    input.id?.kind ?? null,
    text(input.id?.number),
    input.nationality ?? null,
    input.birthYear ?? null,
    input.birthMonth ?? null,
    input.secondPhone ?? null,
    input.sex ?? null,
    choices(input.needs),
    choices(input.symptoms),
    choices(input.risks),
    input.spo2 ?? null,
    place ?? district,
    input.place.point ?? null,
    text(input.address),
    text(input.note),
  ])
}

/**
 * Makes one case of a request, however often it is sent.
 * @param post takes text messages; they leave when the transaction has ended
 */
async function askForHelp(
  context: CommandContext,
  work: CaseWork,
  { input, place, crowded }: Asked,
  post: (message: TextMessage) => void,
): Promise<Answer<HelpOutcome>> {
  const { trx, at, now } = context
  checkBirth(input, now)
  const needs = [...new Set(input.needs)].sort()
  const severity = suggestSeverity(input)
  const phoneHash = input.phone === undefined ? null : work.keyed('phone', input.phone)
  const contentHash = phoneHash && work.keyed('request', contentOf(input, place))
  // Where no message leaves, a second request is the lesser evil: the first one's code could not be told to anybody.
  const phoneCheck = input.phone !== undefined && isReached(work, input.phone) && (await messagesLeave(trx, work))
  const reachable = phoneCheck ? input.phone : undefined
  if (reachable !== undefined && phoneHash !== null && contentHash !== null) {
    const same = await sameRequest(trx, phoneHash, contentHash, new Date(now - DOUBLE_SUBMIT_MS))
    if (same !== undefined) {
      // The form repeats itself with its key, and is answered before it gets here. Whoever has another key may be a
      // stranger behind the same address who knows the number, and guesses the rest: the code goes to the phone alone.
      const often = await work.limits.remindersOfPhone.take(reachable)
      if (often === undefined && (await takeRoom(context, work, reachable)) === 'room') {
        post({ phone: reachable, text: message(input.language, 'sms_tracking', { code: codeOf(work, same) }) })
      }
      return { status: 200, body: { request: null, severity, duplicate: true, phoneCheck: false } }
    }
  }
  const province = place.district.slice(0, 2)
  const unverified = severity === 'red' && (crowded || isFlood(await helpPressure(trx, province, at, FLOOD_MINUTES)))
  const caseId = await createCase(context, {
    source: 'help',
    unverified,
    place,
    person: {
      name: input.name,
      phone: input.phone,
      secondPhone: input.secondPhone,
      idKind: input.id?.kind,
      idNumber: input.id?.number,
      nationality: input.nationality,
      language: input.language,
      birthYear: input.birthYear,
      birthMonth: input.birthMonth,
      sex: input.sex,
    },
    private: { lat: input.place.point?.lat, lon: input.place.point?.lon, address: input.address, notes: input.note },
    severity,
    risk608: input.risks.length > 0,
    classification: 'unclassified',
    needs,
    complaint: input,
  })
  const request = randomUUID()
  await insertHelpRequest(trx, {
    id: request,
    case_id: caseId,
    district: place.district,
    code_hash: codeHash(work, codeOf(work, request)),
    phone_hash: phoneHash,
    content_hash: contentHash,
    language: input.language,
    created_at: at,
  })
  const { version, language = input.language } = input.consent
  await keepConsent(context, { caseId }, { version, language, givenBy: 'person' }, at)
  return { status: 201, body: { request, severity, duplicate: false, phoneCheck } }
}

/** What asking for help, and following it, needs of the hub. */
export type HelpDeps = CommandDeps & { readonly caseWork: CaseWork }

/** The request that a form sent, and where it came from. */
type Sent = {
  readonly address: string
  readonly request: Request
}

/**
 * Takes a request for help: turns of the address and the phone first, then its place, then the case.
 * @throws ApiError 429, 422
 */
export async function takeHelp(deps: HelpDeps, input: HelpInput, { address, request: sent }: Sent) {
  const { limits, outbox } = deps.caseWork
  formMustWait(await limits.requests.take(address))
  if (input.phone !== undefined) {
    // First the narrow one: what an address has used up of a number must not count against the number.
    formMustWait(await limits.requestsOfPhoneAndAddress.take(`${address} ${input.phone}`))
    formMustWait(await limits.requestsOfPhone.take(input.phone))
  }
  checkConsent(input.consent)
  const network = keptAddress(address, 'network') ?? address
  const crowded = suggestSeverity(input) === 'red' && (await limits.redsOfNetwork.take(network)) !== undefined
  const messages: TextMessage[] = []
  const place = await findPlace(deps.db, input.place)
  const { status, body } = await runCommand(deps, requester(place.district), sent, (context) => {
    messages.length = 0
    return askForHelp(context, deps.caseWork, { input, place, crowded }, (text) => messages.push(text))
  })
  for (const text of messages) outbox.post(text)
  const { request, ...said } = body
  const answer = {
    ...said,
    code: request === null ? null : codeOf(deps.caseWork, request),
    message: request === null ? message(input.language, 'already_asked') : null,
  }
  return { isNew: status === 201, answer, mark: request === null ? undefined : askerMark(deps.caseWork, request) }
}
