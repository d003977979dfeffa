import { z } from '@hono/zod-openapi'
import type { HelpRow } from '../../../db/queries/help.ts'
import { ownCheckBody } from '../../contract/api/care.ts'
import { keyHeader } from '../../contract/api/common.ts'
import { helpStatus, moreBody, verifyBody } from '../../contract/api/help.ts'
import { addressKey } from '../../runtime/limits.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { changeHelp, type Follower, sendDigits, showHelp, verifyPhone } from '../../work/help/follow.ts'
import { addToHelp, cancelHelp, checkMyself } from '../../work/help/help-follow.ts'
import { open } from '../auth/secured.ts'
import { keyedRequest } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE, ok, taken } from '../responses.ts'
import { createFormRouter } from '../router.ts'

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
  request: { params, body: taken(verifyBody) },
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
  request: { params, headers: keyHeader, body: taken(moreBody) },
  responses: ANSWERS,
})

const check = open({
  method: 'post',
  path: '/api/help/{code}/check',
  tags: ['help'],
  summary: 'Somebody in care at home says how they are',
  request: { params, headers: keyHeader, body: taken(ownCheckBody) },
  responses: ANSWERS,
})

export function helpFollowRoutes(deps: AppDeps) {
  const follower = (c: HubContext, code: string): Follower => ({ address: addressKey(c.env.remoteAddress), code })
  return createFormRouter()
    .openapi(status, async (c) => {
      return c.json(await showHelp(deps, follower(c, c.req.valid('param').code)), 200, NO_STORE)
    })
    .openapi(verify, async (c) => {
      const who = follower(c, c.req.valid('param').code)
      return c.json(await verifyPhone(deps, who, c.req.valid('json').code), 200, NO_STORE)
    })
    .openapi(resend, async (c) => {
      return c.json(await sendDigits(deps, follower(c, c.req.valid('param').code)), 200, NO_STORE)
    })
    .openapi(cancel, async (c) => {
      const who = follower(c, c.req.valid('param').code)
      return c.json(await changeHelp(deps, who, () => keyedRequest(c, null), cancelHelp), 200, NO_STORE)
    })
    .openapi(more, async (c) => {
      const who = follower(c, c.req.valid('param').code)
      const input = c.req.valid('json')
      const add = (context: CommandContext, request: HelpRow) => addToHelp(context, request, input)
      return c.json(await changeHelp(deps, who, () => keyedRequest(c, input), add), 200, NO_STORE)
    })
    .openapi(check, async (c) => {
      const who = follower(c, c.req.valid('param').code)
      const input = c.req.valid('json')
      const tell = (context: CommandContext, request: HelpRow) => checkMyself(context, request, input)
      return c.json(await changeHelp(deps, who, () => keyedRequest(c, input), tell), 200, NO_STORE)
    })
}
