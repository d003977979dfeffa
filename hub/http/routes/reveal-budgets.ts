import { listRevealBudgets, setRevealBudget } from '../../work/audit/reveals.ts'
import { callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const list = callOf('audit')(
  'GET /api/reveal-budgets',
  {
    action: 'threshold.set',
    summary: 'How many people’s data an account may open in an hour, by role',
    says: 'All of them',
  },
  listRevealBudgets,
)

const set = callOf('audit')(
  'PUT /api/reveal-budgets',
  {
    action: 'threshold.set',
    summary: 'Set how many people’s data an account of a role may open in an hour',
    says: 'As they are now',
  },
  setRevealBudget,
)

export const revealBudgetRoutes = (deps: AppDeps) => callRoutes(deps, [list, set])
