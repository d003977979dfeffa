import { z } from 'zod'
import { day, facilityId, facilityParam } from './common.ts'

const province = z.string().regex(/^(?!00)\d{2}$/, 'area_unknown')
/** Days of one request: two months of a campaign. */
const DAYS_MAX = 62
const DOSES_MAX = 1_000_000

/** Doses of a site, or of a province beside its sites; one of the two. */
export const planBody = z
  .strictObject({
    facility: facilityId.optional(),
    area: province.optional(),
    plans: z
      .array(
        z.strictObject({
          day,
          doses: z.number().int().min(0).max(DOSES_MAX).meta({ description: '0 takes the plan of the day back' }),
        }),
      )
      .min(1)
      .max(DAYS_MAX)
      .refine((plans) => new Set(plans.map((plan) => plan.day)).size === plans.length, 'day_twice'),
  })
  .refine(({ facility, area }) => (facility === undefined) !== (area === undefined), {
    path: ['area'],
    message: 'required',
  })

export const plansQuery = z
  .object({ facility: facilityParam.optional(), area: province.optional(), from: day.optional() })
  .refine(({ facility, area }) => (facility === undefined) !== (area === undefined), {
    path: ['area'],
    message: 'required',
  })

/** Days that an answer is about. */
export const PLAN_DAYS = 14

export const plansAnswer = z.object({
  days: z.array(
    z.object({
      day: z.string(),
      own: z.number().meta({ description: 'planned of the site, or of the province beside its sites; 0: no plan' }),
      planned: z.number().meta({ description: 'with the sites of the province' }),
      given: z.number(),
    }),
  ),
})
