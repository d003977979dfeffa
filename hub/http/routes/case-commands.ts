import { placeCase, triageCase } from '../../work/cases/care.ts'
import { addNeeds, contactCase, escalateCase, verifyCase } from '../../work/cases/case.ts'
import { closeCase, dismissCase, reopenCase, setOutcome } from '../../work/cases/close.ts'
import { mergeCase } from '../../work/cases/merge.ts'
import { undo } from '../../work/cases/undo.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('cases')

const COMMANDS = [
  command('POST /api/cases/{id}/verify', 'case.triage', 'It is real', verifyCase),
  command('POST /api/cases/{id}/dismiss', 'case.triage', 'One that nobody has confirmed was invented', dismissCase),
  command(
    'POST /api/cases/{id}/triage',
    'case.triage',
    'Triage, and again both ways; red at home goes to the queue for beds',
    triageCase,
  ),
  command(
    'POST /api/cases/{id}/place',
    'case.place',
    'Place of care; where beds are reported, it takes one that is available',
    placeCase,
  ),
  command('POST /api/cases/{id}/contacts', 'case.contact', 'Log a contact', contactCase),
  command('POST /api/cases/{id}/escalate', 'case.contact', 'Somebody above has to look at this', escalateCase),
  command('POST /api/cases/{id}/needs', 'case.record', 'Add needs', addNeeds),
  command('POST /api/cases/{id}/outcome', 'case.close', 'How it ended, or a correction of that', setOutcome),
  command('POST /api/cases/{id}/close', 'case.close', 'Close with a reason', closeCase),
  command('POST /api/cases/{id}/reopen', 'case.reopen', 'Open again', reopenCase),
  command(
    'POST /api/cases/{id}/merge',
    'case.merge',
    'This is a duplicate of another case; history is kept',
    mergeCase,
  ),
  command('POST /api/cases/{id}/undo', 'case.read', 'Take back a mis-tap of your own, within 30 seconds', undo),
]

export const caseCommandRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS)
