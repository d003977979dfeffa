import { type Marking, readShiftStart, readYesterday } from '../../../db/queries/day-marks.ts'
import { markedQuery } from '../../contract/api/yesterday.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const call = callOf('situation')
const ABOUT = { action: 'province.read', resource: areaAsked, asks: markedQuery } as const

const told = (mark: Marking | undefined) => (mark ? { ...mark, at: mark.at.getTime() } : null)

const yesterday = ({ clock }: AppDeps) =>
  call(
    'GET /api/yesterday',
    {
      ...ABOUT,
      summary: 'The numbers of a scope as they stood yesterday at the same hour',
      says: 'The mark of that hour; `null` when nobody has made it',
    },
    async ({ trx }, _, { area }) => ({ mark: told(await readYesterday(trx, area, clock.now())) }),
  )

const shiftStart = ({ clock }: AppDeps) =>
  call(
    'GET /api/shift-start',
    {
      ...ABOUT,
      summary: 'The numbers of a scope as they stood when the shift began',
      says: 'When it began, and the first mark since; `null` when there is none yet',
    },
    async ({ trx }, _, { area }) => {
      const { startedAt, mark } = await readShiftStart(trx, area, clock.now())
      return { startedAt: startedAt.getTime(), mark: told(mark) }
    },
  )

export const yesterdayRoutes = (deps: AppDeps) => callRoutes(deps, [yesterday(deps), shiftStart(deps)])
