import { keyHeader } from '../../contract/api/common.ts'
import {
  correctBody,
  dataCopy,
  myDataBody,
  myDataState,
  phoneProofAnswer,
  phoneProofBody,
  provenBody,
} from '../../contract/api/my-data.ts'
import { sendDigits } from '../../work/help/follow.ts'
import {
  type Asker,
  changeMyData,
  copyMyData,
  correctMyData,
  type Deed,
  eraseMyData,
  keepMyData,
  provePhone,
  myDataState as stateNow,
  withdrawConsent,
} from '../../work/privacy/my-data.ts'
import { createAskedCookie } from '../asked-cookie.ts'
import { isSecure } from '../auth/accounts.ts'
import { open } from '../auth/secured.ts'
import { keyedRequest } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE, ok, taken } from '../responses.ts'
import { createFormRouter } from '../router.ts'

const FAULTS = {
  400: fault('Fields are wrong; `details` says which'),
  404: fault('No request has this code'),
  409: fault('The request has no phone, or it is not possible any more'),
  422: fault('The phone, or the digits of the text message, are wrong, too old or used up'),
  429: fault('Too many tries from this address, or messages to this phone'),
}
const UNPROVEN = { 403: fault('The phone was not checked, or more than a quarter of an hour ago') }

const state = open({
  method: 'post',
  path: '/api/my-data/state',
  tags: ['help'],
  summary:
    'What somebody with a tracking code has asked about their data, and how their phone is checked; no personal data',
  request: { body: taken(myDataBody) },
  responses: { 200: ok('As it is now', myDataState), ...FAULTS },
})
const send = open({
  method: 'post',
  path: '/api/my-data/send',
  tags: ['help'],
  summary: 'Send a one-time code to the phone of the request',
  request: { body: taken(myDataBody) },
  responses: { 200: ok('It was sent', myDataState), ...FAULTS },
})
const prove = open({
  method: 'post',
  path: '/api/my-data/proof',
  tags: ['help'],
  summary: 'Show that the phone is one’s own: the digits of the text message or, where none is sent, its number',
  request: { body: taken(phoneProofBody) },
  responses: { 200: ok('What the next requests carry, for a quarter of an hour', phoneProofAnswer), ...FAULTS },
})
const copy = open({
  method: 'post',
  path: '/api/my-data/copy',
  tags: ['help'],
  summary: 'Everything that is held about the person (PDPA s. 30)',
  request: { body: taken(provenBody) },
  responses: { 200: ok('The copy', dataCopy), ...FAULTS, ...UNPROVEN },
})
const correct = open({
  method: 'post',
  path: '/api/my-data/correct',
  tags: ['help'],
  summary: 'Put one’s name, phones or address right, or ask people to put something right (PDPA s. 35)',
  request: { headers: keyHeader, body: taken(correctBody) },
  responses: { 200: ok('As it is now', myDataState), ...FAULTS, ...UNPROVEN },
})
const withdraw = open({
  method: 'post',
  path: '/api/my-data/withdraw',
  tags: ['help'],
  summary:
    'Take consent back (PDPA s. 19): the request ends, or people are asked where somebody is in danger or help on its way',
  request: { headers: keyHeader, body: taken(provenBody) },
  responses: { 200: ok('As it is now', myDataState), ...FAULTS, ...UNPROVEN },
})
const erase = open({
  method: 'post',
  path: '/api/my-data/erase',
  tags: ['help'],
  summary: 'Have one’s data erased (PDPA s. 33), a day later; until then it can be taken back',
  request: { headers: keyHeader, body: taken(provenBody) },
  responses: { 200: ok('As it is now', myDataState), ...FAULTS, ...UNPROVEN },
})
const keep = open({
  method: 'post',
  path: '/api/my-data/keep',
  tags: ['help'],
  summary: 'Take an erasure back that has not happened',
  request: { headers: keyHeader, body: taken(provenBody) },
  responses: { 200: ok('As it is now', myDataState), ...FAULTS, ...UNPROVEN },
})

export function myDataRoutes(deps: AppDeps) {
  const asked = createAskedCookie(isSecure(deps.accounts.publicUrl))
  const asker = (c: HubContext, code: string): Asker => ({
    ...asked.follower(c, code),
    origin: c.get('access').origin(),
    requestId: c.get('requestId'),
  })
  const done = (c: HubContext, { code, proof }: { code: string; proof: string }, deed: Deed) =>
    changeMyData(deps, asker(c, code), proof, () => keyedRequest(c, { code }), deed)
  return createFormRouter()
    .openapi(state, async (c) => c.json(await stateNow(deps, asker(c, c.req.valid('json').code)), 200, NO_STORE))
    .openapi(send, async (c) => {
      const who = asker(c, c.req.valid('json').code)
      await sendDigits(deps, who)
      return c.json(await stateNow(deps, who), 200, NO_STORE)
    })
    .openapi(prove, async (c) => {
      const { code, ...given } = c.req.valid('json')
      return c.json(await provePhone(deps, asker(c, code), given), 200, NO_STORE)
    })
    .openapi(copy, async (c) => {
      const { code, proof } = c.req.valid('json')
      return c.json(await copyMyData(deps, asker(c, code), proof), 200, NO_STORE)
    })
    .openapi(correct, async (c) => {
      const { code, proof, ...wanted } = c.req.valid('json')
      // The proof is another each time the phone was checked: what is asked decides whose key it is.
      const request = () => keyedRequest(c, { code, ...wanted })
      return c.json(
        await changeMyData(deps, asker(c, code), proof, request, correctMyData(deps, wanted)),
        200,
        NO_STORE,
      )
    })
    .openapi(withdraw, async (c) => c.json(await done(c, c.req.valid('json'), withdrawConsent), 200, NO_STORE))
    .openapi(erase, async (c) => c.json(await done(c, c.req.valid('json'), eraseMyData), 200, NO_STORE))
    .openapi(keep, async (c) => c.json(await done(c, c.req.valid('json'), keepMyData), 200, NO_STORE))
}
