import { z } from 'zod'
import { CLOSE_RESOURCE_REASONS, RESOURCE_EVENTS, RESOURCE_KINDS, RESOURCE_STATES } from '../vocabulary/resources.ts'
import { accountKey, areaCode, facilityId, facilityParam, pageSize, placeCode } from './common.ts'

const QUANTITY_MAX = 100_000

/** For a facility, or for a community by its district or sub-district; one of the two. No words: nobody is named in it. */
export const resourceBody = z
  .strictObject({
    kind: z.enum(RESOURCE_KINDS),
    quantity: z.number().int().min(1).max(QUANTITY_MAX).meta({
      description: 'cylinders of oxygen, test kits, courses of medicine, meals, sets of PPE, vehicles',
    }),
    urgent: z.boolean().default(false),
    facility: facilityId.optional(),
    area: placeCode.optional(),
  })
  .refine(({ facility, area }) => (facility === undefined) !== (area === undefined), {
    path: ['area'],
    message: 'required',
  })
export const deliverResourceBody = z.strictObject({
  quantity: z.number().int().min(1).max(QUANTITY_MAX).optional().meta({
    description: 'what was delivered; less than was asked for: the rest stays asked for, and is free. Without it, all',
  }),
})
export const closeResourceBody = z.strictObject({ reason: z.enum(CLOSE_RESOURCE_REASONS) })

/** Times: ms since 1970. */
export const resourceView = z
  .object({
    id: z.number(),
    kind: z.enum(RESOURCE_KINDS),
    quantity: z.number(),
    urgent: z.boolean(),
    district: z.string(),
    place: z.string().meta({ description: 'a sub-district, or the district' }),
    facility: z.object({ id: z.number(), nameTh: z.string(), nameEn: z.string() }).nullable(),
    status: z.enum(RESOURCE_STATES),
    requestedBy: z.string(),
    requestedAt: z.number(),
    holder: z.string().nullable(),
    holderKey: accountKey.nullable(),
    claimedAt: z.number().nullable(),
    claimUntil: z
      .number()
      .nullable()
      .meta({ description: 'when the claim ends by itself; its holder keeps it by claiming it again' }),
    endedAt: z.number().nullable(),
    reason: z.enum(CLOSE_RESOURCE_REASONS).nullable(),
  })
  .meta({ id: 'Resource' })

export const resourceAnswer = z.object({ resource: resourceView })
export const resourceEventsAnswer = z.object({
  resource: resourceView,
  events: z.array(
    z.object({
      kind: z.enum(RESOURCE_EVENTS),
      by: z.string(),
      at: z.number(),
      quantity: z.number().nullable().meta({ description: 'of a delivery' }),
    }),
  ),
})
export const resourcesQuery = z.object({
  area: areaCode.optional(),
  facility: facilityParam.optional(),
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: pageSize,
})
export const resourcesAnswer = z.object({ resources: z.array(resourceView), cursor: z.number().nullable() })
