import { z } from 'zod'
import { BED_LEVELS } from '../vocabulary/beds.ts'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'

/** What the wall of one facility shows beside its rows of the live scope: counts alone, no case and no person. */
export const facilityWallAnswer = z
  .object({
    id: z.number(),
    kind: z.enum(FACILITY_KINDS),
    district: z.string(),
    nameTh: z.string(),
    nameEn: z.string(),
    coming: z.array(
      z.object({
        level: z.enum(BED_LEVELS),
        asked: z.number().meta({ description: 'people whom the facility has still to accept' }),
        held: z.number().meta({ description: 'people for whom a bed is held, who are not on the road yet' }),
        onTheWay: z.number().meta({ description: 'people on the road' }),
        ends: z
          .array(z.object({ until: z.number(), people: z.number() }))
          .meta({ description: 'when holds end by themselves, ms since 1970, the next first' }),
      }),
    ),
    census: z
      .array(z.object({ day: z.string(), level: z.enum(BED_LEVELS), occupied: z.number() }))
      .meta({ description: 'occupied beds at the end of days of the operation, the oldest first' }),
    doses: z.object({ today: z.number(), week: z.number() }).meta({ description: 'what it gave, and in seven days' }),
  })
  .meta({ id: 'FacilityWall' })
