import { type Mark, planMark, writeMarks } from '../../db/queries/day-marks.ts'
import { rowObjects } from '../contract/live/rows.ts'
import { type Scope, scopeArea } from '../contract/live/scopes.ts'
import { isProvince, NATION, NO_PROVINCE } from '../contract/vocabulary/areas.ts'
import { columnDay } from '../contract/vocabulary/metrics.ts'
import type { Situation } from '../situation/index.ts'
import type { Task } from './tasks.ts'

const CODES = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'))
const PROVINCES = CODES.filter((code) => isProvince(code) && code !== NO_PROVINCE)
const SCOPES: readonly Scope[] = ['nation', ...PROVINCES.map((code): Scope => `province:${code}`)]
/** Columns that no indicator reads which can be worse. */
const LEFT_OUT = /^(?:needs|given|residents|planned)\b/

/** Keeps how every scope stands now and then, so that tomorrow knows what was so at the same hour (GET /api/yesterday). */
export function markDay(situation: Pick<Situation, 'position' | 'today' | 'since'>): Task {
  return {
    name: 'mark the day',
    everyMs: 5_000,
    quiet: true,
    async run(db, now) {
      const plan = await planMark(db, now)
      // The fold may be a commit behind: what it holds of another day is no mark of this one.
      if (!plan.due || situation.position === 0 || situation.today !== plan.day) return 0
      return writeMarks(
        db,
        plan,
        now,
        SCOPES.map((scope) => markOf(situation, scope)),
      )
    },
  }
}

/** Stocks, and the flows of today; earlier days stand in the scope itself. */
function markOf(situation: Pick<Situation, 'today' | 'since'>, scope: Scope): Mark {
  const { c, r } = situation.since(scope, 0)
  return {
    area: scopeArea(scope) ?? NATION,
    cells: c.filter(([column]) => {
      const name = String(column)
      const day = columnDay(name)
      return (day === undefined || day === situation.today) && !LEFT_OUT.test(name)
    }),
    oldest: rowObjects(r, 'oldest').map(({ area, measure, at }) => ({ area, measure, at })),
  }
}
