import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { updateCase } from '../../../db/queries/cases.ts'
import { consentsOf, withdrawConsents } from '../../../db/queries/consents.ts'
import { casesOfRequest, dataRequestsOf, insertDataRequest, stopErasure } from '../../../db/queries/data-requests.ts'
import { type HelpRow, requestOfCode, updateHelpRequest } from '../../../db/queries/help.ts'
import { addToNotes, correctPerson } from '../../../db/queries/people.ts'
import type { Origin } from '../../../db/queries/rls.ts'
import type { correctBody } from '../../contract/api/my-data.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { hasEnded } from '../cases/stage.ts'
import { record } from '../command/history.ts'
import { type CommandContext, type Reading, type Request, runCommand } from '../command/run.ts'
import { msOf } from '../command/times.ts'
import { formRefusal } from '../command/turns.ts'
import { type Follower, follow, inRequest } from '../help/follow.ts'
import { type HelpDeps, requester } from '../help/help.ts'
import { lockCaseOf, readCaseOf } from '../help/help-case.ts'
import { cannotEnd, endForPerson, NOTES_CHARACTERS_MAX } from '../help/help-follow.ts'
import { demandRight } from '../help/one-time-code.ts'
import { copyOf } from './copy.ts'
import { standingOf } from './corrections.ts'
import { checkDigits, checkProof, checkTyped, proofFor, wayOf } from './proof.ts'

/** From the wish to the deed: whoever changed their mind, or was not asked, has a day. */
export const ERASE_WAITS_MS = 24 * 3_600_000

/** Of a request; nobody asks for more in earnest. */
const CORRECTIONS_SHOWN = 10

/** Who asks about their data, and what the audit log says of the request. */
export type Asker = Follower & { readonly origin: Origin; readonly requestId: string }

/** What the person may know of their data with the code alone: nothing of themselves. */
async function stateOf({ trx }: Pick<Reading, 'trx'>, { caseWork }: HelpDeps, request: HelpRow) {
  const facts = await readCaseOf({ trx }, request)
  const asked = await dataRequestsOf(trx, request.id)
  const erasure = asked.find(({ kind, stopped_at }) => kind === 'erase' && stopped_at === null)
  const consent = (await consentsOf(trx, [request.case_id])).at(-1)
  return {
    way: await wayOf({ trx }, caseWork, request),
    consent: consent
      ? {
          version: consent.version,
          language: consent.language,
          at: consent.at.getTime(),
          withdrawnAt: msOf(consent.withdrawn_at),
        }
      : null,
    erasure:
      erasure?.due_at == null
        ? null
        : {
            askedAt: erasure.asked_at.getTime(),
            dueAt: erasure.due_at.getTime(),
            peopleAsked: erasure.people_asked,
            doneAt: msOf(erasure.done_at),
          },
    corrections: asked
      .filter(({ kind }) => kind === 'correct')
      .slice(0, CORRECTIONS_SHOWN)
      .map(standingOf),
    ended: hasEnded(facts.stage),
  }
}

export async function myDataState(deps: HelpDeps, who: Asker) {
  return inRequest(deps, await follow(deps, who), (context, request) => stateOf(context, deps, request))
}

/** Shows that the phone of the request is theirs: by the digits of a text message, or by its number where none is sent. @throws ApiError 422 */
export async function provePhone(
  deps: HelpDeps,
  who: Asker,
  given: { digits?: string | undefined; phone?: string | undefined },
) {
  const followed = await follow(deps, who)
  const { result, proof } = await inRequest(deps, followed, async (context, request) => {
    const result = await checkGiven(context, deps, request, given)
    await note(context.trx, who, result === 'right' ? 'person.proved' : 'person.not_proved', first(request))
    return { result, proof: proofFor(deps.caseWork, request, context.now) }
  })
  if (result === 'none') throw formRefusal('no_phone')
  demandRight(result)
  return proof
}

async function checkGiven(
  context: Reading,
  { caseWork }: HelpDeps,
  request: HelpRow,
  { digits, phone }: { digits?: string | undefined; phone?: string | undefined },
) {
  const way = await wayOf(context, caseWork, request)
  if (way === 'none') return 'none' as const
  // Where a message can be sent, the number alone is no proof: neighbours know it.
  if (way === 'message')
    return digits === undefined ? ('expired' as const) : checkDigits(context, caseWork, request, digits)
  return phone === undefined ? ('expired' as const) : checkTyped(context, caseWork, request, phone)
}

/** Says it in the audit log. @param of the case it is about */
const note = (
  trx: Reading['trx'],
  { origin, requestId }: Asker,
  action: string,
  of: { readonly id: number; readonly district: string },
  details?: NonNullable<Parameters<typeof audit>[1]['details']>,
) =>
  audit(trx, {
    actor: null,
    role: 'requester',
    origin,
    requestId,
    action,
    resource: `case:${of.id}`,
    area: of.district,
    ...(details && { details }),
  })
const first = ({ case_id: id, district }: HelpRow) => ({ id, district })

export async function copyMyData(deps: HelpDeps, who: Asker, proof: string) {
  return inRequest(deps, await follow(deps, who), async (context, request) => {
    checkProof(deps.caseWork, request, proof, context.now)
    await note(context.trx, who, 'person.copy', first(request))
    return copyOf(context, request)
  })
}

export type Deed = (context: CommandContext, request: HelpRow, asker: Asker) => Promise<void>

/** A command of the person about their data. @throws ApiError 403 without a proof, 409 when it is not possible */
export async function changeMyData(
  deps: HelpDeps,
  who: Asker,
  proof: string,
  requestOf: () => Request,
  carryOut: Deed,
) {
  const followed = await follow(deps, who)
  const by = { ...requester(followed.district), origin: who.origin }
  await runCommand(deps, by, requestOf(), async (context) => {
    const request = await requestOfCode(context.trx, followed.hash)
    if (request === undefined) throw formRefusal('code_unknown')
    checkProof(deps.caseWork, request, proof, context.now)
    await carryOut(context, request, who)
    return { status: 200, body: null }
  })
  return inRequest(deps, followed, (context, request) => stateOf(context, deps, request))
}

type Correction = Omit<z.output<typeof correctBody>, 'code' | 'proof'>

/** What they can put right themselves is right at once; the rest goes to those who work on the case. */
export const correctMyData =
  (deps: HelpDeps, { text, ...own }: Correction): Deed =>
  async (context, request, who) => {
    const { trx, at } = context
    const facts = await lockCaseOf(context, request)
    if (request.phone_hash === null) throw formRefusal('ended')
    await correctPerson(trx, request.case_id, own)
    if (facts.id !== request.case_id) await correctPerson(trx, facts.id, own)
    if (own.phone !== undefined) {
      await updateHelpRequest(trx, request.id, {
        phone_hash: deps.caseWork.keyed('phone', own.phone),
        phone_verified_at: null,
      })
    }
    if (text !== undefined) {
      await addToNotes(trx, facts.id, text, NOTES_CHARACTERS_MAX)
      // Of the case that people work on, whatever its own was merged into.
      const asked = { case_id: facts.id, request_id: request.id, kind: 'correct' as const, asked_at: at }
      await insertDataRequest(trx, { ...asked, people_asked: true })
    }
    const fields = Object.entries({ ...own, text }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
    await updateCase(trx, facts.id, { heard_at: at }, at)
    await record(context, {
      caseId: facts.id,
      district: facts.district,
      kind: 'case.corrected',
      details: { fields: fields.join(',') },
    })
    await note(trx, who, 'person.corrected', facts, { fields })
  }

/**
 * Consent is taken back: the request ends. One in danger, or to whom help is on its way, does not end in silence: those who work on the case are told,
 * and decide with the person.
 * @returns whether people were asked
 */
async function withdraw(context: CommandContext, request: HelpRow): Promise<{ peopleAsked: boolean }> {
  const { trx, at } = context
  const facts = await lockCaseOf(context, request)
  const cases = (await casesOfRequest(trx, request.id)).map(({ id }) => id)
  await withdrawConsents(trx, cases, at)
  if (hasEnded(facts.stage)) return { peopleAsked: false }
  const because =
    (await cannotEnd(context, facts, request)) ?? (facts.severity === 'red' ? 'withdrawn_in_danger' : undefined)
  await endForPerson(context, facts, request, because)
  return { peopleAsked: because !== undefined }
}

export const withdrawConsent: Deed = async (context, request, who) => {
  const { peopleAsked } = await withdraw(context, request)
  const asked = { case_id: request.case_id, request_id: request.id, asked_at: context.at, people_asked: peopleAsked }
  await insertDataRequest(context.trx, { ...asked, kind: 'withdraw', done_at: peopleAsked ? null : context.at })
  await note(context.trx, who, 'person.withdrew', first(request), { peopleAsked })
}

/** Erasure begins with taking the consent back; it waits a day, and for the case to have ended (db/queries/erasure.ts). */
export const eraseMyData: Deed = async (context, request, who) => {
  const { trx, at, now } = context
  const live = (await dataRequestsOf(trx, request.id)).some(
    ({ kind, stopped_at, done_at }) => kind === 'erase' && stopped_at === null && done_at === null,
  )
  if (live) throw new ApiError('erasure_asked', { key: 'erasure_asked' })
  const { peopleAsked } = await withdraw(context, request)
  await insertDataRequest(trx, {
    case_id: request.case_id,
    request_id: request.id,
    kind: 'erase',
    asked_at: at,
    due_at: new Date(now + ERASE_WAITS_MS),
    people_asked: peopleAsked,
  })
  await note(trx, who, 'person.erasure_asked', first(request), { peopleAsked })
}

/** Takes the erasure back while it waits. The request that ended with it stays ended. */
export const keepMyData: Deed = async (context, request, who) => {
  if (!(await stopErasure(context.trx, request.id, context.at))) throw formRefusal('ended')
  await note(context.trx, who, 'person.erasure_stopped', first(request))
}
