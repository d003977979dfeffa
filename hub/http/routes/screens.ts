import { bindAccount, findAccount, setDisabled, unknownAreas } from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { approveScreen, listScreens, pruneDeviceCodes } from '../../../db/queries/accounts-screens.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type { Grant } from '../../authorize/grant.ts'
import { deviceCode, deviceToken } from '../../contract/api/screens.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { addressKey } from '../../runtime/limits.ts'
import { mustWait } from '../../work/command/turns.ts'
import { refusalOfLibrary } from '../auth/errors.ts'
import { authorOf, signedIn } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'
import * as route from './screens.openapi.ts'

/** A screen that was not seen for longer is dark: asked for twice a minute, written once a minute, a beat missed. */
const ON_MS_MAX = 150_000

/** Walls: a device shows a code, somebody in charge approves it, and it stays signed in for a year. */
export function screenRoutes(deps: AppDeps) {
  const { accounts, clock } = deps
  const { better, db, limits } = accounts

  /** @throws ApiError 429 */
  const takeTurn = async (c: HubContext) =>
    mustWait(await limits.device.take(addressKey(c.env.remoteAddress)), 'screens_from_address')

  async function managed(grant: Grant, id: string) {
    const found = await findAccount(db, id)
    const area = found?.areas[0] ?? ''
    if (found?.role === 'screen' && can(grant, 'screens.manage', { area }).allowed) return found
    throw new ApiError('unknown_screen')
  }

  async function demandArea(area: string): Promise<void> {
    if ((await unknownAreas(db, [area])).length > 0) throw new ApiError('no_area', undefined, { values: { area } })
  }

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
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      return c.json(deviceToken.parse(await response.json()), 200)
    })
    .openapi(route.list, async (c) => {
      const grant = await signedIn(c)
      const rows = await listScreens(db)
      const screens = rows.flatMap(({ createdAt, seenAt, ...row }) => {
        if (!can(grant, 'screens.manage', { area: row.area }).allowed) return []
        const on = !row.disabled && seenAt !== null && clock.now() - seenAt.getTime() < ON_MS_MAX
        return [{ ...row, on, since: createdAt.toISOString(), seenAt: seenAt?.toISOString() ?? null }]
      })
      return c.json({ screens }, 200)
    })
    .openapi(route.approve, async (c) => {
      const grant = await signedIn(c)
      const { code, name, area } = c.req.valid('json')
      demand(grant, 'screens.manage', { area })
      await demandArea(area)
      const id = await db.transaction().execute(async (trx) => {
        const approved = await approveScreen(trx, { userCode: code, name, area }, new Date(clock.now()))
        if (approved === undefined) return undefined
        await audit(trx, {
          ...authorOf(c, grant),
          action: 'screen.approve',
          resource: `account:${approved}`,
          area,
        })
        return approved
      })
      if (id === undefined) throw new ApiError('unknown_code')
      return c.json({ id }, 201)
    })
    .openapi(route.move, async (c) => {
      const grant = await signedIn(c)
      const { id } = c.req.valid('param')
      const { area } = c.req.valid('json')
      const found = await managed(grant, id)
      demand(grant, 'screens.manage', { area })
      await demandArea(area)
      await db.transaction().execute(async (trx) => {
        await bindAccount(trx, id, { role: 'screen', areas: [area], facility: null }, found.label ?? found.name)
        await audit(trx, {
          ...authorOf(c, grant),
          action: 'screen.move',
          resource: `account:${id}`,
          area,
        })
      })
      return c.body(null, 204)
    })
    .openapi(route.remove, async (c) => {
      const grant = await signedIn(c)
      const { id } = c.req.valid('param')
      const found = await managed(grant, id)
      await db.transaction().execute(async (trx) => {
        await setDisabled(trx, id, true)
        await audit(trx, {
          ...authorOf(c, grant),
          action: 'screen.remove',
          resource: `account:${id}`,
          area: found.areas[0] ?? null,
        })
      })
      return c.body(null, 204)
    })
}
