import { z } from 'zod'
import { REVEALING_ROLES } from '../vocabulary/roles.ts'

const ofRole = {
  role: z.enum(REVEALING_ROLES),
  perHour: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .meta({ description: 'people whose data an account may open in an hour; the same again costs nothing' }),
}
export const revealBudgetBody = z.strictObject(ofRole)
export const revealBudgetsAnswer = z.object({ roles: z.array(z.object(ofRole)) })
