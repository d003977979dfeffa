import { z } from '@hono/zod-openapi'
import { readScenes } from '../../../db/queries/screen-scenes.ts'
import { scenesAnswer, scenesBody } from '../../contract/api/scenes.ts'
import { scenesOf, setScenes } from '../auth/scenes.ts'
import { secured, signedIn, trailOf } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok, taken } from '../responses.ts'
import { createRouter } from '../router.ts'

const params = z.object({ id: z.uuid() })

const read = secured(
  {
    method: 'get',
    path: '/api/screens/{id}/scenes',
    tags: ['screens'],
    summary: 'What a screen plays',
    request: { params },
    responses: { 200: ok('Its scenes, in their order', scenesAnswer), 404: fault('There is no such screen') },
  },
  'screens.manage',
)

const set = secured(
  {
    method: 'put',
    path: '/api/screens/{id}/scenes',
    tags: ['screens'],
    summary: 'Let a screen play these scenes; it begins within half a minute. None: the wall of its area',
    request: { params, body: taken(scenesBody) },
    responses: {
      200: ok('As it is now', scenesAnswer),
      400: fault('A field is wrong, or a scene names a place that is none, or that the screen may not show'),
      404: fault('There is no such screen'),
    },
  },
  'screens.manage',
)

const own = secured(
  {
    method: 'get',
    path: '/api/scenes',
    tags: ['screens'],
    summary: 'What the screen that asks is to play; nothing for other accounts',
    responses: { 200: ok('Its scenes, in their order', scenesAnswer) },
  },
  'session.own',
)

export function sceneRoutes({ accounts: { db } }: AppDeps) {
  return createRouter()
    .openapi(read, async (c) => c.json({ scenes: await scenesOf(db, await signedIn(c), c.req.valid('param').id) }, 200))
    .openapi(set, async (c) => {
      const { scenes } = c.req.valid('json')
      const author = { grant: await signedIn(c), trail: trailOf(c) }
      await setScenes(db, author, c.req.valid('param').id, scenes)
      return c.json({ scenes }, 200)
    })
    .openapi(own, async (c) => c.json({ scenes: await readScenes(db, (await signedIn(c)).account) }, 200))
}
