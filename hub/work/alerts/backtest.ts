import { setImmediate as nextTurn } from 'node:timers/promises'
import type { z } from 'zod'
import { readBedDays, readDistrictDays, readPlaces } from '../../../db/queries/alert-history.ts'
import { operationDay } from '../../../db/queries/cases.ts'
import { setContext } from '../../../db/queries/rls.ts'
import type { Circumstances, Places } from '../../alerts/readings.ts'
import { historyOf, tryOn } from '../../alerts/replay.ts'
import { demand } from '../../authorize/demand.ts'
import { ruleProblem } from '../../contract/alerts/rules.ts'
import { type alertRuleBody, BACKTEST_DAYS } from '../../contract/api/alerts.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import { addDays } from '../../contract/vocabulary/days.ts'
import { DAYS_INSIDE } from '../../contract/vocabulary/metrics.ts'
import { areaAndAbove } from '../../situation/counting.ts'
import { rowsBehindMetric } from '../cases/rows-behind-metric.ts'
import type { CommandContext } from '../command/run.ts'

const AREAS_SHOWN = 10
/** Days before the first that a number of it is made of. */
const BEFORE_DAYS = DAYS_INSIDE + 2
const NOTHING = { days: BACKTEST_DAYS, known: 0, rang: 0, floods: 0, areas: [] }

/** How often a rule would have rung by the end of each of the last days. It changes nothing. */
export async function backtest({ trx, now, by }: CommandContext, _: number, rule: z.output<typeof alertRuleBody>) {
  demand(by.grant, 'alert.rule', { area: rule.area })
  const problem = ruleProblem(rule)
  if (problem) return { ...NOTHING, why: problem }
  const asked = historyOf({ ...rule, id: 0, enabled: true })
  if (asked === null) return { ...NOTHING, why: 'no_history' as const }
  const today = await operationDay(trx)
  // Sums of all areas: a role that reads all and changes nothing.
  await setContext(trx, { account: null, role: 'auditor', areas: [NATION], facility: null })
  const days = Array.from({ length: BACKTEST_DAYS + 1 }, (_, i) => addDays(today, i - BACKTEST_DAYS - 1))
  const first = days[0] ?? today
  const last = days.at(-1) ?? today
  const cells = new Map<string, number>()
  const add = (column: string, district: string, value: number) => {
    for (const area of areaAndAbove(district))
      cells.set(`${column}|${area}`, (cells.get(`${column}|${area}`) ?? 0) + value)
  }
  for (const flow of asked.flows) {
    const behind = rowsBehindMetric(flow)
    if (behind === undefined) throw new RangeError(`${flow} is not counted by day`)
    for (const { day, district, value } of await readDistrictDays(trx, behind, addDays(first, -BEFORE_DAYS), last)) {
      add(`${flow}@${day}`, district, value)
    }
  }
  for (const level of asked.levels) {
    for (const { day, district, staffed, occupied } of await readBedDays(trx, level as BedLevel, first, last)) {
      add(`${day} beds.staffed.${level}`, district, staffed)
      add(`${day} beds.occupied.${level}`, district, occupied)
      add(`${day} beds.available.${level}`, district, Math.max(0, staffed - occupied))
    }
  }
  const places = await placesOf(trx)
  const circumstances = (day: string): Circumstances => ({
    cells: (column, area) => cells.get(`${column.includes('@') ? column : `${day} ${column}`}|${area}`) ?? 0,
    ...{ today: day, now, oldest: () => null, facilities: () => [], lagSeconds: 0, messages: 0 },
    apartSince: () => undefined,
    parts: places.provinces,
  })
  const trial = tryOn({ ...rule, id: 0 }, places, days, circumstances)
  for (;;) {
    const step = trial.next()
    if (!step.done) {
      // A day of all districts takes some 20 ms: screens are served between two.
      await nextTurn()
      continue
    }
    const { known, rang, floods, times } = step.value
    const areas = [...times].map(([area, count]) => ({ area, times: count }))
    areas.sort((a, b) => b.times - a.times || (a.area < b.area ? -1 : 1))
    return { days: BACKTEST_DAYS, known, rang, floods, areas: areas.slice(0, AREAS_SHOWN), why: null }
  }
}

async function placesOf(trx: CommandContext['trx']): Promise<Places> {
  const places = await readPlaces(trx)
  return {
    provinces: places.filter(({ level }) => level === 'province'),
    districts: places.filter(({ level }) => level === 'district'),
  }
}
