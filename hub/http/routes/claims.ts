import { colleaguesQuery } from '../../contract/api/colleagues.ts'
import type { AnswerOf, ReadBodyOf } from '../../contract/api/routes.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { colleagueOf, colleaguesFor } from '../../work/needs/colleague.ts'
import { workOfMine } from '../../work/needs/my-work.ts'
import { moveNeed, type NeedCommand, needsOfMine } from '../../work/needs/need.ts'
import { NEED_EVENTS } from '../../work/needs/need-rules.ts'
import { callOf, callRoutes } from '../calls.ts'
import { type Command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const call = callOf('claims')

/** What somebody commands; a transfer moves needs by itself. */
type Commanded = Exclude<NeedCommand['type'], 'transfer'>
type NeedBody<T extends Commanded> = ReadBodyOf<`POST /api/needs/{id}/${T}`>

/** @param eventOf for events that say more than their type */
function ofNeed<T extends Commanded>(
  type: T,
  summary: string,
  eventOf: (context: CommandContext, id: number, body: NeedBody<T>) => Promise<NeedCommand> = async () =>
    ({ type }) as NeedCommand,
): Command {
  const work = async (
    context: CommandContext,
    id: number,
    body: NeedBody<T>,
  ): Promise<AnswerOf<'POST /api/needs/{id}/claim'>> =>
    moveNeed(context, id, await eventOf(context, id, body), (body as { readonly fence?: number }).fence)
  return {
    route: `POST /api/needs/{id}/${type}`,
    tag: 'claims',
    action: NEED_EVENTS[type].action,
    summary,
    status: 200,
    work,
  }
}

const commands = ({ accounts }: AppDeps): readonly Command[] => [
  ofNeed('claim', 'Take a need; the loser of a race is told who has it and since when'),
  ofNeed('heartbeat', 'Keep a claim; every other command of its holder does so too'),
  ofNeed('start', 'Begin'),
  ofNeed('fulfil', 'Done'),
  ofNeed('release', 'Give it back; name and phone are hidden at once'),
  ofNeed('ask', 'Ask the holder to hand it over'),
  ofNeed(
    'offer',
    'Offer it to a colleague, or to who asked for it: by key, so that it goes to whom the holder saw',
    async (context, id, { to }) => ({ type: 'offer', to: await colleagueOf(context, accounts.db, id, to) }),
  ),
  ofNeed('withdraw', 'Take the offer back'),
  ofNeed('accept', 'Take what was offered to you'),
  ofNeed('reject', 'Decline what was offered to you'),
  ofNeed('close', 'Close a need with a reason', async (_, __, { reason }) => ({ type: 'close', reason })),
  ofNeed('reopen', 'Open an ended need again'),
]

const calls = ({ accounts }: AppDeps) => [
  call(
    'GET /api/needs/mine',
    { action: 'case.claim', summary: 'The needs you hold, the lease that ends first at the top', says: 'The needs' },
    needsOfMine,
  ),
  call(
    'GET /api/my-work',
    { action: 'case.claim', summary: 'What you hold, and what you have ended today', says: 'Your work' },
    workOfMine,
  ),
  call(
    'GET /api/needs/{id}/colleagues',
    {
      action: 'case.handover',
      summary: 'Who could take this need over: call-signs and roles of the area, nothing of a person',
      asks: colleaguesQuery,
      says: 'Some of them',
      faults: { 404: 'No such need in your area' },
    },
    (context, id, query) => colleaguesFor(context, accounts.db, id, query),
  ),
]

export const claimRoutes = (deps: AppDeps) => commandRoutes(deps, commands(deps), callRoutes(deps, calls(deps)))
