import { z } from 'zod'
import { day } from './common.ts'

const PAGE_MAX = 500

const sought = {
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
  role: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  address: z
    .string()
    .regex(/^[\da-fA-F:./]{1,45}$/)
    .optional()
    .meta({ description: 'as it was kept' }),
  session: z
    .string()
    .regex(/^[\da-f]{32}$/)
    .optional()
    .meta({ description: 'the hash of its token' }),
}
/** Of a download: all that fits, the newest AUDIT_EXPORT_MAX. */
export const auditExportQuery = z.object(sought)
export const AUDIT_EXPORT_MAX = 50_000
export const auditQuery = z.object({
  ...sought,
  before: z.coerce.number().int().positive().optional(),
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
    address: z.string().nullable().meta({ description: 'from where' }),
    session: z.string().nullable().meta({ description: 'the hash of its token' }),
  })
  .meta({ id: 'AuditRow' })
export const auditAnswer = z.object({
  rows: z.array(auditRow),
  next: z.number().int().nullable(),
  total: z.number().int().nullable().meta({ description: 'of all pages, on the first' }),
})
