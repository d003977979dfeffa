import type { z } from '@hono/zod-openapi'
import { closeNeedBody, emptyBody, fenceBody, needAnswer, needsAnswer, offerBody } from '../../contract/api/cases.ts'
import { colleaguesAnswer, colleaguesQuery } from '../../contract/api/colleagues.ts'
import { caseParams } from '../../contract/api/common.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { colleagueOf, colleaguesFor } from '../../work/needs/colleague.ts'
import { moveNeed, type NeedCommand, needsOfMine } from '../../work/needs/need.ts'
import { NEED_EVENTS } from '../../work/needs/need-rules.ts'
import { secured } from '../auth/secured.ts'
import { type Command, command, commandRoutes, withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const mine = secured(
  {
    method: 'get',
    path: '/api/needs/mine',
    tags: ['claims'],
    summary: 'The needs you hold, the lease that ends first at the top',
    responses: { 200: ok('The needs', needsAnswer) },
  },
  'case.claim',
)
const colleagues = secured(
  {
    method: 'get',
    path: '/api/needs/{id}/colleagues',
    tags: ['claims'],
    summary: 'Who could take this need over: call-signs and roles of the area, nothing of a person',
    request: { params: caseParams, query: colleaguesQuery },
    responses: { 200: ok('Some of them', colleaguesAnswer), 404: fault('No such need in your area') },
  },
  'case.handover',
)

/** @param eventOf for events that say more than their type */
function ofNeed<B extends z.ZodType<{ fence?: number | undefined }>>(
  type: NeedCommand['type'],
  summary: string,
  body: B,
  eventOf: (context: CommandContext, id: number, body: z.output<B>) => Promise<NeedCommand> = async () =>
    ({ type }) as NeedCommand,
): Command {
  return command({
    path: `/api/needs/{id}/${type}`,
    action: NEED_EVENTS[type].action,
    tag: 'claims',
    summary,
    body,
    answer: needAnswer,
    work: async (context, id, input) => moveNeed(context, id, await eventOf(context, id, input), input.fence),
  })
}

const commands = ({ accounts }: AppDeps): readonly Command[] => [
  ofNeed('claim', 'Take a need; the loser of a race is told who has it and since when', emptyBody),
  ofNeed('heartbeat', 'Keep a claim; every other command of its holder does so too', fenceBody),
  ofNeed('start', 'Begin', fenceBody),
  ofNeed('fulfil', 'Done', fenceBody),
  ofNeed('release', 'Give it back; name and phone are hidden at once', fenceBody),
  ofNeed('ask', 'Ask the holder to hand it over', emptyBody),
  ofNeed(
    'offer',
    'Offer it to a colleague, or to who asked for it: by key, so that it goes to whom the holder saw',
    offerBody,
    async (context, id, { to }) => ({ type: 'offer', to: await colleagueOf(context, accounts.db, id, to) }),
  ),
  ofNeed('withdraw', 'Take the offer back', fenceBody),
  ofNeed('accept', 'Take what was offered to you', emptyBody),
  ofNeed('reject', 'Decline what was offered to you', emptyBody),
  ofNeed('close', 'Close a need with a reason', closeNeedBody, async (_, __, { reason }) => ({
    type: 'close',
    reason,
  })),
  ofNeed('reopen', 'Open an ended need again', emptyBody),
]

export function claimRoutes(deps: AppDeps) {
  const router = createRouter()
    .openapi(mine, async (c) => {
      return c.json(await withCommander(deps, c, needsOfMine), 200)
    })
    .openapi(colleagues, async (c) => {
      const { id } = c.req.valid('param')
      const query = c.req.valid('query')
      const found = await withCommander(deps, c, (context) => colleaguesFor(context, deps.accounts.db, id, query))
      return c.json(found, 200, NO_STORE)
    })
  return commandRoutes(deps, commands(deps), router)
}
