import { z } from '@hono/zod-openapi'
import type { HelpRow } from '../../../db/queries/help.ts'
import { ownCheckBody } from '../../contract/api/care.ts'
import { keyHeader } from '../../contract/api/common.ts'
import { cancelBody, codeHeader, helpStatus, moreBody, verifyBody } from '../../contract/api/help.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { changeAsAsker, changeHelp, type Follower, sendDigits, showHelp, verifyPhone } from '../../work/help/follow.ts'
import { addToHelp, cancelHelp, checkMyself } from '../../work/help/help-follow.ts'
import { createAskedCookie } from '../asked-cookie.ts'
import { isSecure } from '../auth/accounts.ts'
import { open } from '../auth/secured.ts'
import { keyedRequest } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE, ok, taken } from '../responses.ts'
import { createFormRouter } from '../router.ts'

const headers = codeHeader
const keyed = z.object({ ...codeHeader.shape, ...keyHeader.shape })
const FAULTS = {
  403: fault('The code alone is not enough: `code` says what else'),
  404: fault('No request has this code'),
  409: fault('The request has ended, has no phone, or no text message goes there'),
  422: fault('The code of the text message is wrong, too old or used up'),
  429: fault('Too many tries from this address, or messages to this phone'),
}
const ANSWERS = { 200: ok('The request as it is now', helpStatus), ...FAULTS }

const status = open({
  method: 'get',
  path: '/api/help/status',
  tags: ['help'],
  summary: 'Who is on it, and since when; no personal data',
  request: { headers },
  responses: ANSWERS,
})
const verify = open({
  method: 'post',
  path: '/api/help/verify',
  tags: ['help'],
  summary: 'The one-time code that came to the phone',
  request: { headers, body: taken(verifyBody) },
  responses: ANSWERS,
})
const resend = open({
  method: 'post',
  path: '/api/help/resend',
  tags: ['help'],
  summary: 'Send a one-time code to the phone of the request; nothing is sent unasked',
  request: { headers },
  responses: ANSWERS,
})
const cancel = open({
  method: 'post',
  path: '/api/help/cancel',
  tags: ['help'],
  summary: 'Take the request back: from the device that asked, or with the last digits of its phone',
  request: { headers: keyed, body: taken(cancelBody) },
  responses: ANSWERS,
})
const more = open({
  method: 'post',
  path: '/api/help/more',
  tags: ['help'],
  summary: 'Add needs, symptoms or a note',
  request: { headers: keyed, body: taken(moreBody) },
  responses: ANSWERS,
})

const check = open({
  method: 'post',
  path: '/api/help/check',
  tags: ['help'],
  summary: 'Somebody in care at home says how they are',
  request: { headers: keyed, body: taken(ownCheckBody) },
  responses: ANSWERS,
})

export function helpFollowRoutes(deps: AppDeps) {
  const asked = createAskedCookie(isSecure(deps.accounts.publicUrl))
  const follower = (c: HubContext, header: z.infer<typeof codeHeader>) => asked.follower(c, header['tracking-code'])
  /** The address is the same for all requests: what is asked of which one belongs to the key. */
  const request = (c: HubContext, { code }: Follower, input: unknown) => keyedRequest(c, { code, input })
  return createFormRouter()
    .openapi(status, async (c) => {
      return c.json(await showHelp(deps, follower(c, c.req.valid('header'))), 200, NO_STORE)
    })
    .openapi(verify, async (c) => {
      const who = follower(c, c.req.valid('header'))
      const verified = await verifyPhone(deps, who, c.req.valid('json').code)
      asked.add(c, verified.mark)
      return c.json(verified.status, 200, NO_STORE)
    })
    .openapi(resend, async (c) => {
      return c.json(await sendDigits(deps, follower(c, c.req.valid('header'))), 200, NO_STORE)
    })
    .openapi(cancel, async (c) => {
      const who = follower(c, c.req.valid('header'))
      const input = c.req.valid('json')
      const seen = await changeAsAsker(deps, who, input.digits, () => request(c, who, input), cancelHelp)
      return c.json(seen, 200, NO_STORE)
    })
    .openapi(more, async (c) => {
      const who = follower(c, c.req.valid('header'))
      const input = c.req.valid('json')
      const add = (context: CommandContext, row: HelpRow) => addToHelp(context, row, input)
      return c.json(await changeHelp(deps, who, () => request(c, who, input), add), 200, NO_STORE)
    })
    .openapi(check, async (c) => {
      const who = follower(c, c.req.valid('header'))
      const input = c.req.valid('json')
      const tell = (context: CommandContext, row: HelpRow) => checkMyself(context, row, input)
      return c.json(await changeHelp(deps, who, () => request(c, who, input), tell), 200, NO_STORE)
    })
}
