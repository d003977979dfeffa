import { z } from 'zod'
import { HELD_KINDS } from '../vocabulary/transfers.ts'

const ofKind = {
  kind: z.enum(HELD_KINDS),
  minutes: z
    .number()
    .int()
    .min(15)
    .max(2_880)
    .meta({ description: 'that a bed is held until the patient is on the road' }),
}
export const holdMinutesBody = z.strictObject(ofKind)
export const holdMinutesAnswer = z.object({ kinds: z.array(z.object(ofKind)) })
