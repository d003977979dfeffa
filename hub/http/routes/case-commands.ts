import type { z } from '@hono/zod-openapi'
import {
  addNeedsBody,
  closeBody,
  commandAnswer,
  contactBody,
  emptyBody,
  escalateBody,
  mergeBody,
  outcomeBody,
  placeBody,
  reopenBody,
  triageBody,
  undoAnswer,
  undoBody,
} from '../../contract/api/cases.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { placeCase, triageCase } from '../../work/cases/care.ts'
import { addNeeds, contactCase, escalateCase, verifyCase } from '../../work/cases/case.ts'
import { closeCase, reopenCase, setOutcome } from '../../work/cases/close.ts'
import { mergeCase } from '../../work/cases/merge.ts'
import { undo } from '../../work/cases/undo.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { type Command, command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const ofCase = <B extends z.ZodType>(
  name: string,
  action: Action,
  summary: string,
  body: B,
  work: (context: CommandContext, id: number, body: z.output<B>) => Promise<unknown>,
): Command =>
  command({ path: `/api/cases/{id}/${name}`, action, tag: 'cases', summary, body, answer: commandAnswer, work })

const COMMANDS: readonly Command[] = [
  ofCase('verify', 'case.triage', 'It is real', emptyBody, verifyCase),
  ofCase(
    'triage',
    'case.triage',
    'Triage, and again both ways; red at home goes to the queue for beds',
    triageBody,
    triageCase,
  ),
  ofCase(
    'place',
    'case.place',
    'Place of care; where beds are reported, it takes one that is available',
    placeBody,
    placeCase,
  ),
  ofCase('contacts', 'case.contact', 'Log a contact', contactBody, contactCase),
  ofCase('escalate', 'case.contact', 'Somebody above has to look at this', escalateBody, escalateCase),
  ofCase('needs', 'case.record', 'Add needs', addNeedsBody, addNeeds),
  ofCase('outcome', 'case.close', 'How it ended, or a correction of that', outcomeBody, setOutcome),
  ofCase('close', 'case.close', 'Close with a reason', closeBody, closeCase),
  ofCase('reopen', 'case.reopen', 'Open again', reopenBody, reopenCase),
  ofCase('merge', 'case.merge', 'This is a duplicate of another case; history is kept', mergeBody, mergeCase),
  command({
    path: '/api/cases/{id}/undo',
    action: 'case.read',
    tag: 'cases',
    summary: 'Take back a mis-tap of your own, within 30 seconds',
    body: undoBody,
    answer: undoAnswer,
    work: undo,
  }),
]

export const caseCommandRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS)
