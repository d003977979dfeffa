import { backtest } from '../../work/alerts/backtest.ts'
import { addRule, editRule, listRules } from '../../work/alerts/rules.ts'
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('alerts')
const call = callOf('alerts')

const COMMANDS = [
  command(
    'POST /api/alert-rules',
    'alert.rule',
    'Make a rule, of the nation or of a province of yours; 422 when it could not be computed or answered',
    addRule,
    201,
  ),
  command(
    'POST /api/alert-rules/{id}/edit',
    'alert.rule',
    'Change when a rule rings and who answers, or turn it off',
    editRule,
  ),
]

const CALLS = [
  call(
    'GET /api/alert-rules',
    {
      action: 'alert.rule',
      summary: 'All rules, the nation’s and those of provinces, with what is wrong with those that ring for nobody',
      says: 'The rules',
    },
    listRules,
  ),
  call(
    'POST /api/alert-rules/backtest',
    {
      action: 'alert.rule',
      summary: 'How often a rule would have rung in the last 30 days, before it is kept',
      says: 'How often, and where',
      faults: { 422: 'The rule could not be computed' },
    },
    backtest,
  ),
]

export const alertRuleRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
