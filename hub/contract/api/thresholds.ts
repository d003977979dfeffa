import { z } from 'zod'
import { INDICATOR_IDS, type IndicatorId } from '../indicators/index.ts'

const bound = z.number().nullable()
const indicator = z.enum(INDICATOR_IDS as readonly [IndicatorId, ...IndicatorId[]])

export const thresholdParams = z.object({ indicator })
export const thresholdBody = z
  .strictObject({ watch: bound, alarm: bound })
  .meta({ description: 'in the unit of the indicator, shares from 0 to 1; `null`: no such bound' })

const threshold = z.object({ indicator, watch: bound, alarm: bound })
export const thresholdAnswer = threshold
/** Every indicator that can be abnormal, as set or by default. */
export const thresholdsAnswer = z.object({
  thresholds: z.array(
    threshold.extend({ isDefault: z.boolean().meta({ description: 'nobody has set it' }) }).meta({ id: 'Threshold' }),
  ),
})
