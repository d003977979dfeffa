import { pruneDeviceCodes } from '../../../db/queries/accounts-screens.ts'
import { deviceCode, returnAnswer } from '../../contract/api/screens.ts'
import { addressKey } from '../../runtime/limits.ts'
import { mustWait } from '../../work/command/turns.ts'
import { linksOfScreens, linkView } from '../../work/screens/walls-of-screens.ts'
import { refusalOfLibrary } from '../auth/errors.ts'
import { giveScreenKey, returnScreen } from '../auth/screen-return.ts'
import { approve, moveScreen, orderScreens, removeScreen, screensOf } from '../auth/screens.ts'
import { signedIn, trailOf } from '../auth/secured.ts'
import { recordBegin } from '../auth/sign-in.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'
import * as route from './screens.openapi.ts'

/** Walls: a device shows a code, somebody in charge approves it, and it stays signed in for a year. */
export function screenRoutes(deps: AppDeps) {
  const { accounts, clock } = deps
  const { better, db, limits } = accounts

  /** @throws ApiError 429 */
  const takeTurn = async (c: HubContext) =>
    mustWait(await limits.device.take(addressKey(c.env.remoteAddress)), 'screens_from_address')

  /** Passes the cookies of better-auth's answer on. @returns the token of the session that they begin */
  const signIn = async (c: HubContext, response: Response): Promise<string> => {
    const cookies = response.headers.getSetCookie()
    for (const value of cookies) c.header('Set-Cookie', value, { append: true })
    return (await recordBegin(accounts, trailOf(c), cookies)) ?? ''
  }

  const author = async (c: HubContext) => ({ grant: await signedIn(c), trail: trailOf(c) })

  return createRouter()
    .openapi(route.codeRoute, async (c) => {
      await takeTurn(c)
      await pruneDeviceCodes(db, new Date(clock.now()))
      const response = await better.api.deviceCode({ body: c.req.valid('json'), asResponse: true })
      if (!response.ok) throw await refusalOfLibrary(response, 400)
      return c.json(deviceCode.parse(await response.json()), 200)
    })
    .openapi(route.tokenRoute, async (c) => {
      await takeTurn(c)
      const response = await better.api.deviceToken({ body: c.req.valid('json'), asResponse: true })
      if (!response.ok) throw await refusalOfLibrary(response, 400)
      const token = await signIn(c, response)
      const { expires_in } = returnAnswer.parse(await response.json())
      return c.json({ expires_in, screen_key: await giveScreenKey(accounts, token) }, 200)
    })
    .openapi(route.returnRoute, async (c) => {
      await takeTurn(c)
      const response = await returnScreen(accounts, c.req.valid('json').screen_key, trailOf(c))
      if (!response.ok) throw await refusalOfLibrary(response, 400)
      await signIn(c, response)
      return c.json(returnAnswer.parse(await response.json()), 200)
    })
    .openapi(route.list, async (c) => {
      const screens = await screensOf(db, await signedIn(c), clock.now())
      const { walls, silent } = (await deps.walls?.reports(true)) ?? { walls: [], silent: [] }
      const links = linksOfScreens(walls)
      const build = deps.build?.()
      const seen = screens.map((screen) => {
        const link = links.get(screen.id)
        return { ...screen, link: link === undefined ? null : linkView(link, build) }
      })
      return c.json({ screens: seen, silent: [...silent] }, 200)
    })
    .openapi(route.order, async (c) => {
      const until = await orderScreens(db, await author(c), c.req.valid('json'), clock.now())
      return c.json({ until }, 201)
    })
    .openapi(route.approve, async (c) => {
      const id = await approve(db, await author(c), c.req.valid('json'), new Date(clock.now()))
      return c.json({ id }, 201)
    })
    .openapi(route.move, async (c) => {
      await moveScreen(db, await author(c), c.req.valid('param').id, c.req.valid('json').area)
      return c.body(null, 204)
    })
    .openapi(route.remove, async (c) => {
      await removeScreen(db, await author(c), c.req.valid('param').id)
      return c.body(null, 204)
    })
}
