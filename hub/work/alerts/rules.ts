import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { insertRule, lockRule, readRules, writeRule } from '../../../db/queries/alert-rules.ts'
import type { Database } from '../../../db/schema.ts'
import { type AlertRule, fittingOf, optionsOf, ruleProblem } from '../../contract/alerts/rules.ts'
import type { alertRuleBody, editAlertRuleBody } from '../../contract/api/alerts.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'

async function rolesWithPeople(trx: Kysely<Database>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ role: string }>`select jitasa_roles_with_people() as role`.execute(trx)
  return new Set(rows.map(({ role }) => role))
}

const viewOf = (rule: AlertRule, people: ReadonlySet<string>) => ({
  ...rule,
  problem: ruleProblem(rule),
  nobody: !people.has(rule.owner),
})

export async function listRules({ trx }: CommandContext) {
  const people = await rolesWithPeople(trx)
  return { rules: (await readRules(trx)).map((rule) => viewOf(rule, people)) }
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
    details: rule,
  })
  return { rule: viewOf(rule, await rolesWithPeople(trx)) }
}

export async function addRule(context: CommandContext, _: number, body: z.output<typeof alertRuleBody>) {
  demandComputable(body)
  const id = await insertRule(context.trx, body)
  return kept(context, { id, ...body }, 'alert_rule.made')
}

/** Changes when a rule rings and who answers; what it watches stays, since its alerts are of it. */
export async function editRule(context: CommandContext, id: number, body: z.output<typeof editAlertRuleBody>) {
  const rule = await lockRule(context.trx, id)
  if (rule === undefined) throw notFound('alert rule', id)
  const changed = { ...rule, ...body }
  demandComputable(changed)
  await writeRule(context.trx, changed)
  return kept(context, changed, 'alert_rule.changed')
}
