import { z } from '@hono/zod-openapi'
import { readRetention } from '../../../db/queries/retention.ts'
import { publicContext, withAccount } from '../../../db/queries/rls.ts'
import { privacyAnswer } from '../../contract/api/privacy.ts'
import { newestConsent, partsOf } from '../../contract/privacy/consent.ts'
import { LANGUAGES } from '../../contract/vocabulary/languages.ts'
import { listAnnounced, listRetention, setRetention } from '../../work/privacy/retention.ts'
import { open } from '../auth/secured.ts'
import { callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok } from '../responses.ts'
import { createFormRouter } from '../router.ts'

const privacy = open({
  method: 'get',
  path: '/api/privacy',
  tags: ['help'],
  summary:
    'What personal data is kept, why, who sees it and for how long: the text people agree to, and the rules as they hold now',
  request: { query: z.object({ language: z.enum(LANGUAGES) }) },
  responses: {
    200: ok('The record of processing, for everybody', privacyAnswer),
    400: fault('The request is wrong'),
  },
})

const list = callOf('audit')(
  'GET /api/retention',
  {
    action: 'accounts.manage',
    summary:
      'How long what is kept, what goes within a week, what went, and the record of processing activities (PDPA s. 39)',
    says: 'All of it',
  },
  listRetention,
)
const announced = callOf('audit')(
  'GET /api/retention/announced',
  {
    action: 'accounts.manage',
    summary: 'What goes by rule within a week: how many records of which rule on which day; no personal data',
    says: 'The days, the next one first',
  },
  listAnnounced,
)
const set = callOf('audit')(
  'PUT /api/retention',
  {
    action: 'accounts.manage',
    summary: 'Set how long something is kept: longer holds at once, shorter in a week',
    says: 'As it is now',
    faults: { 422: 'Beyond what the texts of consent promise; `details` says between what' },
  },
  setRetention,
)

export function privacyRoutes(deps: AppDeps) {
  const routes = createFormRouter().openapi(privacy, async (c) => {
    const { language } = c.req.valid('query')
    const { version, texts } = newestConsent()
    const rows = await withAccount(deps.db, publicContext(), readRetention)
    const rules = rows.map(({ rule, days }) => ({ rule, days }))
    return c.json({ version, language, parts: [...partsOf(texts, language)], rules }, 200, {
      'Cache-Control': 'public, max-age=60',
    })
  })
  return routes.route('/', callRoutes(deps, [list, announced, set]))
}
