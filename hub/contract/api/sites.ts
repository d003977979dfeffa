import { z } from 'zod'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'

const count = z.number().int().nonnegative().nullable()

/** A tuple each, because a nation has 1,500 of them: vocabulary/sites.ts reads and writes it. */
const site = z
  .tuple([
    z.string().meta({ description: 'id' }),
    z.enum(FACILITY_KINDS),
    z.number().meta({ description: 'latitude, WGS 84, degrees' }),
    z.number().meta({ description: 'longitude' }),
    z.string().meta({ description: 'name in Thai' }),
    z.string().meta({ description: 'name in English' }),
    z.number().int().nullable().meta({ description: 'seconds since 1970: when its oldest level was counted' }),
    z.string().nullable().meta({ description: 'opening hours of a week, as in OpenStreetMap' }),
    z.array(count).meta({
      type: 'array',
      items: { type: ['integer', 'null'] },
      description: 'free beds of the levels 0, 1, 2.1, 2.2, 3; null: not reported; empty: it has no beds',
    }),
  ])
  .meta({ id: 'Site', type: 'array', items: {} })

export const sitesAnswer = z.object({
  area: z.string(),
  sites: z.array(site),
  left: z.number().int().meta({ description: 'sites that are not told, because there are too many' }),
})
