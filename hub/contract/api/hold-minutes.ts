import { z } from 'zod'
import { BED_KINDS } from '../vocabulary/facilities.ts'

const ofKind = {
  kind: z.enum(BED_KINDS),
  minutes: z
    .number()
    .int()
    .min(15)
    .max(2_880)
    .meta({ description: 'that a bed is held until the patient is on the road' }),
}
export const holdMinutesBody = z.strictObject(ofKind)
export const holdMinutesAnswer = z.object({ kinds: z.array(z.object(ofKind)) })
