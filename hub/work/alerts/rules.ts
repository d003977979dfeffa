import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { insertRule, lockRule, readOwners, readRules, writeRule } from '../../../db/queries/alert-rules.ts'
import { demand } from '../../authorize/demand.ts'
import { hasPeople, type Owners } from '../../contract/alerts/own.ts'
import { type AlertRule, fittingOf, optionsOf, ruleProblem } from '../../contract/alerts/rules.ts'
import type { alertRuleBody, editAlertRuleBody } from '../../contract/api/alerts.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { isProvince, NATION } from '../../contract/vocabulary/areas.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'

const viewOf = (rule: AlertRule, owners: Owners) => ({
  ...rule,
  problem: ruleProblem(rule),
  nobody: !hasPeople(owners, rule.owner, rule.area),
})

export async function listRules({ trx }: CommandContext) {
  const owners = await readOwners(trx)
  return { rules: (await readRules(trx)).map((rule) => viewOf(rule, owners)) }
}

/** @throws ApiError 422 of a rule that could not be computed or answered */
export function demandComputable(rule: Omit<AlertRule, 'id'>): void {
  const problem = ruleProblem(rule)
  if (problem === null) return
  const [min, max] = fittingOf(rule.indicator)?.range ?? []
  throw new ApiError(problem, { indicator: rule.indicator, options: optionsOf(rule.indicator).join(', '), min, max })
}

async function kept(context: CommandContext, rule: AlertRule, action: string) {
  const { trx, by, requestId } = context
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action,
    resource: `alert_rule:${rule.id}`,
    area: rule.area,
    details: rule,
  })
  return { rule: viewOf(rule, await readOwners(trx)) }
}

export async function addRule(context: CommandContext, _: number, body: z.output<typeof alertRuleBody>) {
  const { trx, by } = context
  demand(by.grant, 'alert.rule', { area: body.area })
  if (body.area !== NATION && !isProvince(body.area)) throw wrongField('area', 'area_unknown')
  demandComputable(body)
  const id = await insertRule(trx, body)
  return kept(context, { id, ...body }, 'alert_rule.made')
}

/** Changes when a rule rings and who answers; what it watches stays, since its alerts are of it. */
export async function editRule(context: CommandContext, id: number, body: z.output<typeof editAlertRuleBody>) {
  const { trx, by } = context
  const seen = (await readRules(trx)).find((one) => one.id === id)
  if (seen === undefined) throw notFound('alert rule', id)
  demand(by.grant, 'alert.rule', { area: seen.area })
  const rule = await lockRule(trx, id)
  if (rule === undefined) throw notFound('alert rule', id)
  const changed = { ...rule, ...body }
  demandComputable(changed)
  await writeRule(trx, changed)
  return kept(context, changed, 'alert_rule.changed')
}
