import { z } from 'zod'

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
