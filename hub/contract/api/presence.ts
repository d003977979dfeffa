import { z } from 'zod'

export const presenceAnswer = z.object({ forSeconds: z.number().int() }).meta({ id: 'Presence' })
