import type { z } from 'zod'
import { ruleProblem } from '../../contract/alerts/rules.ts'
import { type alertRuleBody, BACKTEST_DAYS } from '../../contract/api/alerts.ts'
import type { CommandContext } from '../command/run.ts'

/** How often a rule would have rung by the end of each of the last days. */
export async function backtest(_context: CommandContext, _: number, rule: z.output<typeof alertRuleBody>) {
  const why = ruleProblem(rule) ?? ('no_history' as const)
  return { days: BACKTEST_DAYS, known: 0, rang: 0, floods: 0, areas: [], why }
}
