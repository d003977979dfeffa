import type { z } from '@hono/zod-openapi'
import { closeNeedBody, emptyBody, fenceBody, needAnswer, needsAnswer, offerBody } from '../../contract/api/cases.ts'
import { colleaguesAnswer, colleaguesQuery } from '../../contract/api/colleagues.ts'
import { caseParams } from '../../contract/api/common.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { colleagueOf, colleaguesFor } from '../../work/needs/colleague.ts'
import { moveNeed, type NeedCommand, needsOfMine } from '../../work/needs/need.ts'
import { NEED_EVENTS } from '../../work/needs/need-rules.ts'
import { type Call, call, callRoutes } from '../calls.ts'
import { type Command, command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

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

const calls = ({ accounts }: AppDeps): readonly Call[] => [
  call({
    path: '/api/needs/mine',
    action: 'case.claim',
    tag: 'claims',
    summary: 'The needs you hold, the lease that ends first at the top',
    says: 'The needs',
    answer: needsAnswer,
    work: needsOfMine,
  }),
  call({
    path: '/api/needs/{id}/colleagues',
    action: 'case.handover',
    tag: 'claims',
    summary: 'Who could take this need over: call-signs and roles of the area, nothing of a person',
    params: caseParams,
    asks: colleaguesQuery,
    says: 'Some of them',
    answer: colleaguesAnswer,
    faults: { 404: 'No such need in your area' },
    work: (context, id, query) => colleaguesFor(context, accounts.db, id, query),
  }),
]

export const claimRoutes = (deps: AppDeps) => commandRoutes(deps, commands(deps), callRoutes(deps, calls(deps)))
