import { listHoldMinutes, setHoldMinutes } from '../../work/transfers/hold-minutes.ts'
import { callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const list = callOf('operation')(
  'GET /api/hold-minutes',
  { action: 'threshold.set', summary: 'How long a bed is held, by kind of facility', says: 'All of them' },
  listHoldMinutes,
)

const set = callOf('operation')(
  'PUT /api/hold-minutes',
  {
    action: 'threshold.set',
    summary: 'Set how long facilities of a kind hold a bed from now on; what is held keeps its end',
    says: 'As they are now',
  },
  setHoldMinutes,
)

export const holdMinutesRoutes = (deps: AppDeps) => callRoutes(deps, [list, set])
