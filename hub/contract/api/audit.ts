import { z } from 'zod'
import { day } from './common.ts'

const PAGE_MAX = 500

export const auditQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  action: z
    .string()
    .regex(/^[a-z_.]{1,60}$/)
    .optional(),
  resource: z
    .string()
    .regex(/^[\w:-]{1,80}$/)
    .optional(),
  actor: z.uuid().optional(),
  day: day.optional().meta({ description: 'of one Bangkok day' }),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(100),
})

const auditRow = z
  .object({
    id: z.number().int(),
    at: z.iso.datetime(),
    actor: z.uuid().nullable(),
    actorName: z.string().nullable().meta({ description: 'the account’s name and call-sign' }),
    role: z.string(),
    action: z.string(),
    resource: z.string(),
    resourceName: z.string().nullable().meta({ description: 'of an account or a screen' }),
    area: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditRow' })
export const auditAnswer = z.object({ rows: z.array(auditRow), next: z.number().int().nullable() })
