import { z } from 'zod'
import { KEY_ACTIONS } from '../vocabulary/key-actions.ts'
import { AREAS_MAX } from '../vocabulary/roles.ts'
import { boundArea, facilityId, typed } from './common.ts'

/** A key is made anew once a year at least. */
export const KEY_DAYS_MAX = 366
export const KEY_DAYS_DEFAULT = 90
export const KEY_FACILITIES_MAX = 100

export const keyBody = z
  .strictObject({
    label: typed(80).meta({ description: 'the system and its owner; no name of a person' }),
    actions: z.array(z.enum(KEY_ACTIONS)).min(1),
    areas: z.array(boundArea).max(AREAS_MAX).default([]),
    facilities: z.array(facilityId).max(KEY_FACILITIES_MAX).default([]),
    days: z.number().int().min(1).max(KEY_DAYS_MAX).default(KEY_DAYS_DEFAULT).meta({
      description: 'how long it is in force',
    }),
  })
  .refine(({ areas, facilities }) => areas.length + facilities.length > 0, { path: ['areas'], message: 'required' })

export const apiKey = z
  .object({
    id: z.uuid(),
    prefix: z.string(),
    label: z.string(),
    actions: z.array(z.string()),
    areas: z.array(z.string()),
    facilities: z.array(z.number()),
    sites: z
      .array(z.object({ id: z.number().int(), nameTh: z.string(), nameEn: z.string() }))
      .meta({ description: 'the facilities by name' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
    usedAt: z.iso.datetime().nullable().meta({ description: 'to the minute' }),
  })
  .meta({ id: 'ApiKey' })

export const keysAnswer = z.object({ keys: z.array(apiKey) })
export const newKeyAnswer = z.object({
  id: z.uuid(),
  key: z.string().meta({ description: 'shown this once' }),
  expiresAt: z.iso.datetime(),
})
