import { z } from 'zod'
import { ROLES } from '../vocabulary/roles.ts'
import { accountKey, typed } from './common.ts'

/** More are found by part of the call-sign: nobody reads off who works in an area. */
const COLLEAGUES_MAX = 20

export const colleaguesQuery = z.object({
  text: typed(80).optional().meta({ description: 'part of a call-sign' }),
  limit: z.coerce.number().int().min(1).max(COLLEAGUES_MAX).default(COLLEAGUES_MAX),
})

export const colleaguesAnswer = z
  .object({
    colleagues: z.array(z.object({ key: accountKey, label: z.string(), role: z.enum(ROLES) })),
    more: z.boolean().meta({ description: 'there are more than were asked for: narrow it down by `text`' }),
  })
  .meta({ id: 'Colleagues' })
