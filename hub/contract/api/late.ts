import { z } from 'zod'
import { DESK_ROLES, FACILITY_KINDS } from '../vocabulary/facilities.ts'
import { REPORTED_FLOWS } from '../vocabulary/metrics.ts'
import { areaCode, day, pageSize } from './common.ts'

export const lateQuery = z.object({
  area: areaCode,
  day: day.optional().meta({ description: 'whose numbers a province has to report; the operation’s day without it' }),
  cursor: z.string().max(200).optional(),
  limit: pageSize,
})

export const lateAnswer = z.object({
  day: z.string(),
  provinces: z
    .array(z.object({ code: z.string(), flows: z.array(z.enum(REPORTED_FLOWS)) }))
    .meta({ description: 'provinces of the area that have not reported the day’s numbers, and which' }),
  facilities: z.array(
    z
      .object({
        id: z.number(),
        code: z.string().nullable(),
        kind: z.enum(FACILITY_KINDS),
        district: z.string(),
        nameTh: z.string(),
        nameEn: z.string(),
        reportedAt: z.number().nullable().meta({ description: 'ms since 1970: its oldest count or last report' }),
        hours: z.number().nullable().meta({ description: 'within which its kind has to report' }),
        contact: z
          .object({ desk: z.enum(DESK_ROLES), phone: z.string() })
          .nullable()
          .meta({ description: 'whom to call for its numbers: the desk of the registry nearest to them' }),
      })
      .meta({ id: 'LateFacility' }),
  ),
  cursor: z.string().nullable(),
  total: z.number().nullable().meta({ description: 'facilities on all pages; only the first page says it' }),
})
