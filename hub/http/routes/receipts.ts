import { listScreens } from '../../../db/queries/accounts-screens.ts'
import { can } from '../../authorize/decide.ts'
import { receiptAnswer, receiptQuery } from '../../contract/api/receipts.ts'
import { isEphemeral, isScope, scopeArea } from '../../contract/live/scopes.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { receiptOf, wallScopes } from '../../work/screens/receipt.ts'
import { linksOfScreens } from '../../work/screens/walls-of-screens.ts'
import { demandReading, secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'
import { fault, NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const receipt = secured(
  {
    method: 'get',
    path: '/api/receipts',
    tags: ['screens'],
    summary:
      'On how many screens a claim, an alert or a message is painted, how long the last took, and on which it is not',
    request: { query: receiptQuery },
    responses: {
      200: ok('As it is now', receiptAnswer),
      400: fault('There is no such scope'),
      404: fault('It does not stand in the scope now'),
      503: fault('The first snapshot has not been taken yet'),
    },
  },
  'province.read',
)

/** of a hub that serves no screens */
const NO_WALLS = { walls: [], silent: [] }

export function receiptRoutes(deps: AppDeps) {
  return createRouter().openapi(receipt, async (c) => {
    const { scope, row, position: asked } = c.req.valid('query')
    if (!isScope(scope) || isEphemeral(scope)) throw new ApiError('unknown_scope', { scope })
    await demandReading(deps, c, { scope })
    demandReady(deps)
    const position = asked ?? deps.situation.positionOf(row ?? '')
    if (position === undefined) throw new ApiError('not_in_scope')
    const [screens, painted, reported] = await Promise.all([
      listScreens(deps.accounts.db),
      deps.walls?.receipts(wallScopes(scope), position) ?? NO_WALLS,
      deps.walls?.reports(false) ?? NO_WALLS,
    ])
    const grant = await signedIn(c)
    const resource = { area: scopeArea(scope) ?? NATION }
    const mayName = can(grant, 'screens.manage', resource).allowed || can(grant, 'command.set', resource).allowed
    const links = linksOfScreens(reported.walls)
    const silent = [...new Set([...painted.silent, ...reported.silent])]
    const answer = receiptOf({ scope, position, screens, receipts: painted.walls, links, silent, mayName })
    return c.json(answer, 200, NO_STORE)
  })
}
