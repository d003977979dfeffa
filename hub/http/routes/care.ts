import { careDefaultsQuery, careQuery } from '../../contract/api/care.ts'
import { pageAtHome } from '../../work/care/care-list.ts'
import { setCareDefaults, showCareDefaults } from '../../work/care/defaults.ts'
import { keepPerson, showPlan, takeCareStep } from '../../work/care/plan.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const call = callOf('care')
const command = commandOf('care')

const CALLS = [
  call(
    'GET /api/care',
    {
      action: 'case.read',
      resource: areaAsked,
      summary: 'Who is at home, or was not called today: by sub-district, the worst first, without names',
      asks: careQuery,
      says: 'A page of people, and the sub-districts',
    },
    (context, _, query) => pageAtHome(context, query),
  ),
  call(
    'GET /api/care/defaults',
    {
      action: 'care.plan',
      resource: areaAsked,
      summary: 'What each severity is owed at home, of the nation or of a province',
      asks: careDefaultsQuery,
      says: 'By severity',
    },
    (context, _, query) => showCareDefaults(context, query),
  ),
  call(
    'GET /api/cases/{id}/care',
    {
      action: 'case.read',
      summary: 'What somebody at home is owed by their severity, what of it was done, and who looks after them',
      says: 'The plan',
      faults: { 404: 'No such case in your area' },
    },
    showPlan,
  ),
]

const COMMANDS = [
  command(
    'POST /api/care/defaults',
    'care.plan',
    'Set what a severity is owed at home, of the nation or of a province in its place',
    setCareDefaults,
  ),
  command('POST /api/cases/{id}/care', 'case.care', 'Meals or medicine brought, a kit lent or returned', takeCareStep),
  command('POST /api/cases/{id}/keeper', 'case.care', 'I look after this person at home', keepPerson),
]

export const careRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
