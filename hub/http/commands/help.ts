import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { readCase, updateCase } from '../../../db/queries/cases.ts'
import {
  codesSent,
  type HelpRow,
  insertHelpRequest,
  insertOneTimeCode,
  lockOneTimeCode,
  recentRequest,
  updateHelpRequest,
  updateOneTimeCode,
} from '../../../db/queries/help.ts'
import { needsOfCase, openNeeds } from '../../../db/queries/needs.ts'
import { addToNotes, readPhone } from '../../../db/queries/people.ts'
import type { Place } from '../../../db/queries/places.ts'
import { publicContext } from '../../../db/queries/rls.ts'
import { liveTransferOf } from '../../../db/queries/transfers.ts'
import { type Language, message } from '../../cases/messages.ts'
import { suggestSeverity } from '../../cases/severity.ts'
import { hasEnded, STAGE_NEXT } from '../../cases/stage.ts'
import { trackingCode } from '../../cases/tracking-code.ts'
import type { TextMessage } from '../../senders/sender.ts'
import { urgencyClass } from '../../wire/urgency.ts'
import type { helpBody, moreBody } from '../bodies/help.ts'
import { type CaseWork, MESSAGES_PER_PHONE_AND_HOUR } from '../case-work.ts'
import { needsWith } from './case-access.ts'
import { endCase } from './close.ts'
import { record } from './history.ts'
import { createCase } from './new-case.ts'
import type { Answer, CommandContext, Commander } from './run.ts'

/** A second tap, or a page sent again: the same phone asks for the same within this time. */
export const DOUBLE_SUBMIT_MS = 10 * 60_000
export const CODE_MS = 10 * 60_000
export const CODE_ATTEMPTS_MAX = 5
const HOUR_MS = 3_600_000
/** What a person adds, again and again, to their request. */
const NOTES_CHARACTERS_MAX = 4000

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

/** @returns whether a one-time code was made: not when too many messages went to this phone in the last hour. */
export async function sendCode(
  { trx, at, now }: Pick<CommandContext, 'trx' | 'at' | 'now'>,
  work: CaseWork,
  request: { readonly id: string; readonly language: Language },
  phone: string,
  post: (message: TextMessage) => void,
): Promise<boolean> {
  const phoneHash = work.keyed('phone', phone)
  if ((await codesSent(trx, phoneHash, new Date(now - HOUR_MS))) >= MESSAGES_PER_PHONE_AND_HOUR) return false
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
  return true
}

export type CodeCheck = 'right' | 'expired' | 'used_up' | { readonly left: number }

/** Compares a one-time code; a wrong one costs an attempt, also when the caller then answers with an error. */
export async function checkCode(
  { trx, at, now }: Pick<CommandContext, 'trx' | 'at' | 'now'>,
  work: CaseWork,
  request: HelpRow,
  code: string,
): Promise<CodeCheck> {
  const sent = await lockOneTimeCode(trx, request.id)
  if (sent === undefined || sent.expires_at.getTime() <= now) return 'expired'
  if (sent.used_at !== null) return request.phone_verified_at === null ? 'expired' : 'right'
  if (sent.attempts >= CODE_ATTEMPTS_MAX) return 'used_up'
  if (timingSafeEqual(sent.code_hash, work.keyed('otp', `${sent.id}:${code}`))) {
    await updateOneTimeCode(trx, sent.id, { used_at: at })
    await updateHelpRequest(trx, request.id, { phone_verified_at: at })
    return 'right'
  }
  await updateOneTimeCode(trx, sent.id, { attempts: sent.attempts + 1 })
  const left = CODE_ATTEMPTS_MAX - sent.attempts - 1
  return left === 0 ? 'used_up' : { left }
}

/** Sends another one-time code to the phone of a request. @returns whether there is a phone, and whether one was sent. */
export async function resendCode(
  context: Pick<CommandContext, 'trx' | 'at' | 'now'>,
  work: CaseWork,
  request: HelpRow,
  post: (message: TextMessage) => void,
): Promise<'sent' | 'too_many' | 'no_phone'> {
  const phone = await readPhone(context.trx, request.case_id)
  if (phone === undefined) return 'no_phone'
  return (await sendCode(context, work, request, phone, post)) ? 'sent' : 'too_many'
}

/** What the person sees of their request: who is on it and since when, and nothing about themselves. */
export async function statusOf({ trx }: Pick<CommandContext, 'trx'>, request: HelpRow) {
  const own = await readCase(trx, request.case_id)
  const facts = own?.merged_into == null ? own : ((await readCase(trx, own.merged_into)) ?? own)
  if (facts === undefined) throw new Error(`case ${request.case_id} of a request is gone`)
  const needs = await needsOfCase(trx, facts.id)
  const live = needs.filter((need) => need.ended_at === null)
  const held = live.some((need) => need.claimed_by !== null)
  const state: 'received' | 'being_handled' | 'ended' | 'cancelled' =
    request.cancelled_at !== null
      ? 'cancelled'
      : hasEnded(facts.stage)
        ? 'ended'
        : held || facts.contacted_at !== null
          ? 'being_handled'
          : 'received'
  const times = needs.map((need) => (need.ended_at ?? need.claimed_at ?? need.opened_at).getTime())
  return {
    state,
    language: request.language,
    severity: facts.severity,
    stage: facts.stage,
    carePlace: facts.care_place,
    place: facts.place ?? facts.district,
    needs: needs.map((need) => ({
      kind: need.kind,
      status: need.status,
      holder: need.holder_label,
      since: (need.ended_at ?? need.claimed_at ?? need.opened_at).getTime(),
    })),
    askedAt: request.created_at.getTime(),
    contactedAt: facts.contacted_at?.getTime() ?? null,
    changedAt: Math.max(facts.reported_at.getTime(), facts.contacted_at?.getTime() ?? 0, ...times),
    phone:
      request.phone_hash === null
        ? ('none' as const)
        : request.phone_verified_at === null
          ? ('unverified' as const)
          : ('verified' as const),
  }
}

/** The person takes the request back. @returns whether there was anything left to cancel. */
export async function cancelHelp(context: CommandContext, request: HelpRow): Promise<boolean> {
  const facts = await readCase(context.trx, request.case_id)
  if (facts === undefined || hasEnded(facts.stage) || request.cancelled_at !== null) return false
  if (await liveTransferOf(context.trx, facts.id)) {
    // A bed is held or an ambulance is on its way: people have to decide this, and soon.
    await updateCase(context.trx, facts.id, { escalated_at: context.at }, context.at)
    await record(context, {
      caseId: facts.id,
      district: facts.district,
      kind: 'case.escalated',
      details: { reason: 'cancelled_during_transfer', from: facts.stage },
    })
  } else await endCase(context, facts, await needsWith(context, facts), { reason: 'cancelled' })
  await updateHelpRequest(context.trx, request.id, { cancelled_at: context.at })
  return true
}

/**
 * The person adds to the request. Worse symptoms raise the severity while nobody has triaged it, and escalate it
 * when somebody has: the nurse's word stands, but must be asked for again.
 */
export async function addToHelp(
  context: CommandContext,
  request: HelpRow,
  more: z.output<typeof moreBody>,
): Promise<boolean> {
  const { trx, at } = context
  const facts = await readCase(trx, request.case_id)
  if (facts === undefined || hasEnded(facts.stage)) return false
  if (more.note !== undefined) await addToNotes(trx, facts.id, more.note, NOTES_CHARACTERS_MAX)
  const opened = await openNeeds(trx, facts.id, facts.district, [...new Set(more.needs ?? [])], at)
  const said = suggestSeverity(more)
  const worse =
    urgencyClass({ severity: said, risk608: true }) < urgencyClass({ severity: facts.severity, risk608: true })
  const triaged = facts.stage !== 'reported' && facts.stage !== 'verified'
  if (worse && !triaged) await updateCase(trx, facts.id, { severity: said, severity_at: at }, at)
  if (worse && triaged && STAGE_NEXT[facts.stage].escalate !== null)
    await updateCase(trx, facts.id, { escalated_at: at }, at)
  await record(context, {
    caseId: facts.id,
    district: facts.district,
    kind: 'case.more',
    details: { needs: opened.map((need) => need.kind).join(','), severity: said, note: more.note !== undefined, worse },
  })
  return true
}
