import type { z } from 'zod'
import { operationDay } from '../../../db/queries/cases.ts'
import { type Planned, readPlans, writePlans } from '../../../db/queries/dose-plans.ts'
import { readFacility } from '../../../db/queries/facilities.ts'
import { demand } from '../../authorize/demand.ts'
import { PLAN_DAYS, type planBody, type plansQuery } from '../../contract/api/plans.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { isProvince } from '../../contract/vocabulary/areas.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { demandActive } from '../facilities/active.ts'

type Place = { readonly facility?: number | undefined; readonly area?: string | undefined }

/** @throws ApiError 404 of a site that is not there, 422 of a province that is none, 403 outside the account's areas */
async function plannedPlace({ trx, by }: CommandContext, { facility, area = '' }: Place, action: Action) {
  if (facility === undefined) {
    if (!isProvince(area)) throw wrongField('area', 'area_unknown')
    demand(by.grant, action, { area })
    return { planned: { district: `${area}00`, facility: null } satisfies Planned, site: undefined }
  }
  const site = await readFacility(trx, facility)
  if (site === undefined) throw notFound('facility', facility)
  demand(by.grant, action, { area: site.district, facility })
  return { planned: { district: site.district, facility } satisfies Planned, site }
}

/**
 * Sets how many doses a site, or a province beside its sites, is to give on each day. What is over is planned no more:
 * a plan that comes after what was done would always be reached.
 */
export async function planDoses(context: CommandContext, _: number, { plans, ...place }: z.output<typeof planBody>) {
  const { trx, by, at } = context
  const { planned, site } = await plannedPlace(context, place, 'vaccination.plan')
  if (site) demandActive(site)
  const today = await operationDay(trx)
  const over = plans.findIndex(({ day }) => day < today)
  if (over >= 0) throw wrongField(`plans.${over}.day`, 'plan_past')
  await writePlans(trx, planned, plans, { actor: by.account, at })
  return { days: await readPlans(trx, planned, today, PLAN_DAYS) }
}

/** Two weeks of plans and what was given of them. */
export async function showPlans(context: CommandContext, _: number, { from, ...place }: z.output<typeof plansQuery>) {
  const { planned } = await plannedPlace(context, place, 'report.read')
  return { days: await readPlans(context.trx, planned, from ?? (await operationDay(context.trx)), PLAN_DAYS) }
}
