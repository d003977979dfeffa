import { plansQuery } from '../../contract/api/plans.ts'
import { planDoses, showPlans } from '../../work/plans/plans.ts'
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const set = commandOf('reports')(
  'POST /api/dose-plans',
  'vaccination.plan',
  'Plan the doses of days, of a site or of a province beside its sites; 0 takes a plan back',
  planDoses,
)

const show = callOf('reports')(
  'GET /api/dose-plans',
  {
    action: 'report.read',
    summary: 'Doses planned and given, of a site or a province, for two weeks',
    asks: plansQuery,
    says: 'The days',
    faults: { 404: 'No such facility in your area' },
  },
  showPlans,
)

export const planRoutes = (deps: AppDeps) => commandRoutes(deps, [set], callRoutes(deps, [show]))
