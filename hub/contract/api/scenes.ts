import { z } from 'zod'
import { SCENE_SECONDS_MAX, SCENE_SECONDS_MIN, SCENES_MAX, WALL_VIEWS } from '../vocabulary/walls.ts'
import { typed } from './common.ts'

const hour = z.number().int().min(0).max(23)

const scene = z
  .strictObject({
    place: typed(10).meta({ description: '`TH`, `R06`, `50`, `5001` or `H123`: what lies behind /wall/' }),
    view: z.enum(WALL_VIEWS),
    seconds: z.number().int().min(SCENE_SECONDS_MIN).max(SCENE_SECONDS_MAX),
    hours: z
      .strictObject({ from: hour, to: hour })
      .refine(({ from, to }) => from !== to, 'wrong')
      .nullable()
      .meta({
        description:
          'played from the beginning of `from` to that of `to`, in Thailand, over midnight too; null: always',
      }),
  })
  .meta({ id: 'Scene' })
export type Scene = z.infer<typeof scene>

/** In the order in which they are played. None: the screen shows the wall of its area. */
export const scenesBody = z.strictObject({ scenes: z.array(scene).max(SCENES_MAX) })
export const scenesAnswer = z.object({ scenes: z.array(scene) })
