import { z } from '@hono/zod-openapi'
import { districtOfCode, type HelpRow, requestOfCode } from '../../../db/queries/help.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { keyHeader } from '../../contract/api/common.ts'
import { helpStatus, moreBody, verifyBody } from '../../contract/api/help.ts'
import { readTrackingCode } from '../../contract/vocabulary/tracking-code.ts'
import { addressKey } from '../../runtime/limits.ts'
import type { TextMessage } from '../../senders/sender.ts'
import { type CommandContext, runCommand } from '../../work/command/run.ts'
import { formMustWait, formRefusal } from '../../work/command/turns.ts'
import { codeHash, requester } from '../../work/help/help.ts'
import { addToHelp, cancelHelp, statusOf } from '../../work/help/help-follow.ts'
import { checkCode, resendCode } from '../../work/help/one-time-code.ts'
import { open } from '../auth/secured.ts'
import { keyedRequest } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, json, NO_STORE, ok } from '../responses.ts'
import { createFormRouter } from '../router.ts'

/** Until the oldest message of the last hour no longer counts, at most. */
const MESSAGES_WAIT_SECONDS = 3600
const params = z.object({ code: z.string().max(60) })
const FAULTS = {
  404: fault('No request has this code'),
  409: fault('The request has ended, has no phone, or no text message goes there'),
  422: fault('The code of the text message is wrong, too old or used up'),
  429: fault('Too many tries from this address, or messages to this phone'),
}
const ANSWERS = { 200: ok('The request as it is now', helpStatus), ...FAULTS }

const status = open({
  method: 'get',
  path: '/api/help/{code}',
  tags: ['help'],
  summary: 'Who is on it, and since when; no personal data',
  request: { params },
  responses: ANSWERS,
})
const verify = open({
  method: 'post',
  path: '/api/help/{code}/verify',
  tags: ['help'],
  summary: 'The one-time code that came to the phone',
  request: { params, body: { required: true, content: json(verifyBody) } },
  responses: ANSWERS,
})
const resend = open({
  method: 'post',
  path: '/api/help/{code}/resend',
  tags: ['help'],
  summary: 'Send a one-time code to the phone of the request; nothing is sent unasked',
  request: { params },
  responses: ANSWERS,
})
const cancel = open({
  method: 'post',
  path: '/api/help/{code}/cancel',
  tags: ['help'],
  summary: 'Take the request back',
  request: { params, headers: keyHeader },
  responses: ANSWERS,
})
const more = open({
  method: 'post',
  path: '/api/help/{code}/more',
  tags: ['help'],
  summary: 'Add needs, symptoms or a note',
  request: { params, headers: keyHeader, body: { required: true, content: json(moreBody) } },
  responses: ANSWERS,
})

type Followed = { readonly hash: Buffer; readonly district: string }
type Reading = Pick<CommandContext, 'trx' | 'at' | 'now'>

export function helpFollowRoutes(deps: AppDeps) {
  const { caseWork: work } = deps

  /** What a code leads to. @throws ApiError 404 or 429 */
  async function follow(c: HubContext, typed: string): Promise<Followed> {
    formMustWait(await work.limits.looks.take(addressKey(c.env.remoteAddress)))
    const code = readTrackingCode(typed)
    const hash = code && codeHash(work, code)
    const district = hash && (await districtOfCode(deps.db, hash))
    if (!hash || !district) throw formRefusal('code_unknown')
    return { hash, district }
  }

  /** The request under a code, in a transaction that sees its district. */
  async function inRequest<T>(
    { hash, district }: Followed,
    use: (context: Reading, request: HelpRow) => Promise<T>,
  ): Promise<T> {
    const now = deps.clock.now()
    return withAccount(deps.db, requester(district), async (trx) => {
      const request = await requestOfCode(trx, hash)
      if (request === undefined) throw formRefusal('code_unknown')
      return use({ trx, now, at: new Date(now) }, request)
    })
  }

  /** A command of the person. @throws ApiError 409 when there is nothing left to change */
  async function command(
    c: HubContext,
    followed: Followed,
    body: unknown,
    carryOut: (context: CommandContext, request: HelpRow) => Promise<boolean>,
  ): Promise<void> {
    const { body: done } = await runCommand(
      deps,
      requester(followed.district),
      keyedRequest(c, body),
      async (context) => {
        const request = await requestOfCode(context.trx, followed.hash)
        return { status: 200, body: request !== undefined && (await carryOut(context, request)) }
      },
    )
    if (!done) throw formRefusal('ended')
  }

  const now = (followed: Followed) => inRequest(followed, (context, request) => statusOf(context, work, request))

  return createFormRouter()
    .openapi(status, async (c) => {
      const followed = await follow(c, c.req.valid('param').code)
      return c.json(await now(followed), 200, NO_STORE)
    })
    .openapi(verify, async (c) => {
      const followed = await follow(c, c.req.valid('param').code)
      const { code } = c.req.valid('json')
      const result = await inRequest(followed, (context, request) => checkCode(context, work, request, code))
      if (result === 'expired') throw formRefusal('code_expired')
      if (result === 'used_up') throw formRefusal('code_used_up')
      if (result !== 'right') throw formRefusal('code_wrong', result)
      return c.json(await now(followed), 200, NO_STORE)
    })
    .openapi(resend, async (c) => {
      const followed = await follow(c, c.req.valid('param').code)
      const messages: TextMessage[] = []
      const result = await inRequest(followed, (context, request) =>
        resendCode(context, work, request, (text) => messages.push(text)),
      )
      if (result === 'no_phone') throw formRefusal('no_phone')
      if (result === 'no_country') throw formRefusal('phone_country')
      if (result === 'check_off' || result === 'spent') throw formRefusal('phone_check_off')
      if (result === 'too_many') formMustWait(MESSAGES_WAIT_SECONDS)
      for (const text of messages) work.outbox.post(text)
      return c.json(await now(followed), 200, NO_STORE)
    })
    .openapi(cancel, async (c) => {
      const followed = await follow(c, c.req.valid('param').code)
      await command(c, followed, null, cancelHelp)
      return c.json(await now(followed), 200, NO_STORE)
    })
    .openapi(more, async (c) => {
      const followed = await follow(c, c.req.valid('param').code)
      const input = c.req.valid('json')
      await command(c, followed, input, (context, request) => addToHelp(context, work.leases, request, input))
      return c.json(await now(followed), 200, NO_STORE)
    })
}
