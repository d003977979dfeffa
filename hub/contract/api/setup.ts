import { z } from 'zod'
import { OPERATION_KINDS } from '../vocabulary/operation.ts'

/** What a new operation needs before its walls say anything, in the order in which it is done. */
export const SETUP_STEPS = ['operation', 'facilities', 'accounts', 'reports', 'screens'] as const

export const setupAnswer = z
  .object({
    operation: z.object({ day: z.string(), kind: z.enum(OPERATION_KINDS) }).nullable(),
    facilities: z.number().meta({ description: 'open ones' }),
    unplaced: z.number().meta({ description: 'of these without a pin, so on no map' }),
    accounts: z.number().meta({ description: 'that may sign in and are no administrator’s' }),
    reports: z.boolean().meta({ description: 'whether beds, doses, tests or cases have been reported' }),
    screens: z.number().meta({ description: 'approved and not switched off' }),
  })
  .meta({ id: 'Setup' })
