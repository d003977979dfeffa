import { z } from '@hono/zod-openapi'
import { keyHeader } from '../../contract/api/common.ts'
import { consentAnswer, helpAnswer, helpBody } from '../../contract/api/help.ts'
import { puzzleHeader } from '../../contract/api/puzzle.ts'
import { newestConsent, partsOf, textOf } from '../../contract/privacy/consent.ts'
import { LANGUAGES, type Language } from '../../contract/vocabulary/languages.ts'
import { addressKey } from '../../runtime/limits.ts'
import { takeHelp } from '../../work/help/help.ts'
import { createAskedCookie } from '../asked-cookie.ts'
import { isSecure } from '../auth/accounts.ts'
import { open } from '../auth/secured.ts'
import { keyedRequest } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok, taken } from '../responses.ts'
import { createFormRouter } from '../router.ts'

const consent = open({
  method: 'get',
  path: '/api/help/consent',
  tags: ['help'],
  summary: 'What a person agrees to when they ask, and the version that goes with it',
  request: { query: z.object({ language: z.enum(LANGUAGES) }) },
  responses: {
    200: ok('The text', consentAnswer),
    400: fault('The request is wrong'),
  },
})

const ask = open({
  method: 'post',
  path: '/api/help',
  tags: ['help'],
  summary: 'Ask for help: no account, any paper or none. Sent twice, it is one request',
  request: { headers: keyHeader.extend(puzzleHeader.shape), body: taken(helpBody) },
  responses: {
    200: ok('It was asked before, minutes ago', helpAnswer),
    201: ok('The request, with its tracking code', helpAnswer),
    400: fault('Fields are wrong; `details` says which, in the form’s language'),
    422: fault(
      'The place or the version of the consent is not known, the key was used for another request, or the puzzle is not solved',
    ),
    428: fault('Many ask now: solve the puzzle in `details`, and send the same again with its solution'),
    429: fault('Too many requests from this address or phone'),
  },
})

function shownConsent(language: Language) {
  const { version, texts, hashes } = newestConsent()
  return {
    version,
    language,
    hash: hashes[language],
    text: textOf(texts, language),
    parts: [...partsOf(texts, language)],
  }
}

export function helpRoutes(deps: AppDeps) {
  const marks = createAskedCookie(isSecure(deps.accounts.publicUrl))
  return createFormRouter()
    .openapi(consent, (c) => c.json(shownConsent(c.req.valid('query').language), 200))
    .openapi(ask, async (c) => {
      const input = c.req.valid('json')
      const address = addressKey(c.env.remoteAddress)
      const request = keyedRequest(c, input)
      const solution = c.req.valid('header')['puzzle-solution']
      const asked = { route: ask.path, key: request.key, address, solution }
      deps.caseWork.puzzles.pass(asked, deps.clock.now())
      const { isNew, answer, mark } = await takeHelp(deps, input, { address, request })
      if (mark !== undefined) marks.add(c, mark)
      return isNew ? c.json(answer, 201) : c.json(answer, 200)
    })
}
