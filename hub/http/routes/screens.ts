import { z } from '@hono/zod-openapi'
import { findAccount, listAccounts, setDisabled, unknownAreas } from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { approveScreen, pruneDeviceCodes } from '../../../db/queries/accounts-screens.ts'
import { can } from '../../authorize/index.ts'
import { authError } from '../auth/errors.ts'
import { addressKey } from '../auth/limits.ts'
import { demand, open, secured, signedIn } from '../auth/secured.ts'
import { areaCode, typed } from '../bodies/common.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { apiError, errorBody } from '../errors.ts'
import { createRouter } from '../router.ts'

const SCREENS_MAX = 500

const screen = z
  .object({ id: z.uuid(), name: z.string(), area: z.string(), disabled: z.boolean(), since: z.iso.datetime() })
  .meta({ id: 'Screen' })

const deviceCode = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
  expires_in: z.number(),
  interval: z.number(),
})
const deviceToken = z.object({ expires_in: z.number() })

const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
const answers = (description: string) => ({ description, content: json(errorBody) })

/** RFC 8628 §3.1, 3.2; the answer is the standard's, an error is in this API's shape with the standard's code. */
const codeRoute = open({
  method: 'post',
  path: '/api/auth/device/code',
  tags: ['screens'],
  summary: 'A wall asks for a code to show (RFC 8628)',
  request: { body: { required: true, content: json(z.object({ client_id: z.string().max(60) })) } },
  responses: {
    200: {
      description: 'The code to show, and the one to ask with',
      content: json(deviceCode),
    },
    400: answers('`invalid_client`'),
    429: answers('Too many requests from this address'),
  },
})

const tokenRoute = open({
  method: 'post',
  path: '/api/auth/device/token',
  tags: ['screens'],
  summary: 'The wall asks whether it has been approved; then it is signed in (RFC 8628)',
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          grant_type: z.literal('urn:ietf:params:oauth:grant-type:device_code'),
          device_code: z.string().regex(/^[\w-]{1,200}$/),
          client_id: z.string().max(60),
        }),
      ),
    },
  },
  responses: {
    200: { description: 'Signed in; the cookies are set', content: json(deviceToken) },
    400: answers('`authorization_pending`, `slow_down`, `expired_token`, `access_denied` or `invalid_grant`'),
    429: answers('Too many requests from this address'),
  },
})

const list = secured(
  {
    method: 'get',
    path: '/api/screens',
    tags: ['screens'],
    summary: 'The screens of the areas I may manage',
    responses: { 200: { description: 'Screens', content: json(z.object({ screens: z.array(screen) })) } },
  },
  'screens.manage',
)

const approve = secured(
  {
    method: 'post',
    path: '/api/screens',
    tags: ['screens'],
    summary: 'Approve the screen that shows this code, name it, and say what area it shows',
    request: {
      body: {
        required: true,
        content: json(
          z.object({
            code: typed(20),
            name: typed(80),
            area: areaCode,
          }),
        ),
      },
    },
    responses: {
      201: { description: 'Approved; the screen signs in by itself', content: json(z.object({ id: z.uuid() })) },
      400: answers('There is no such area'),
      404: answers('No screen shows this code, or it has expired'),
    },
  },
  'screens.manage',
)

const remove = secured(
  {
    method: 'delete',
    path: '/api/screens/{id}',
    tags: ['screens'],
    summary: 'Switch a screen off: its session ends at once',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: { description: 'Off' }, 404: answers('There is no such screen') },
  },
  'screens.manage',
)

/** Walls: a device shows a code, somebody in charge approves it, and it stays signed in for a year. */
export function screenRoutes(deps: AppDeps) {
  const { accounts, clock } = deps
  const { better, db, limits } = accounts

  async function limited(c: HubContext) {
    const wait = await limits.device.take(addressKey(c.env.remoteAddress))
    if (wait === undefined) return undefined
    c.header('Retry-After', String(wait))
    return apiError(c, 429, 'too_many_requests', `Too many requests from this address; try again in ${wait} s.`)
  }

  async function refused(c: HubContext, response: Response) {
    const { code, message } = await authError(response)
    return apiError(c, 400, code, message)
  }

  return createRouter()
    .openapi(codeRoute, async (c) => {
      const tooMany = await limited(c)
      if (tooMany) return tooMany
      await pruneDeviceCodes(db, new Date(clock.now()))
      const response = await better.api.deviceCode({ body: c.req.valid('json'), asResponse: true })
      if (!response.ok) return refused(c, response)
      return c.json(deviceCode.parse(await response.json()), 200)
    })
    .openapi(tokenRoute, async (c) => {
      const tooMany = await limited(c)
      if (tooMany) return tooMany
      const response = await better.api.deviceToken({ body: c.req.valid('json'), asResponse: true })
      if (!response.ok) return refused(c, response)
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      return c.json(deviceToken.parse(await response.json()), 200)
    })
    .openapi(list, async (c) => {
      const grant = await signedIn(c)
      const rows = await listAccounts(db, { role: 'screen', limit: SCREENS_MAX })
      const screens = rows.flatMap((row) => {
        const area = row.areas[0] ?? ''
        if (!can(grant, 'screens.manage', { area }).allowed) return []
        return [{ id: row.id, name: row.name, area, disabled: row.disabled, since: row.createdAt.toISOString() }]
      })
      return c.json({ screens }, 200)
    })
    .openapi(approve, async (c) => {
      const grant = await signedIn(c)
      const { code, name, area } = c.req.valid('json')
      demand(grant, 'screens.manage', { area })
      if ((await unknownAreas(db, [area])).length > 0) {
        return apiError(c, 400, 'unknown_area', `There is no area ${area}.`)
      }
      const id = await db.transaction().execute(async (trx) => {
        const approved = await approveScreen(trx, { userCode: code, name, area }, new Date(clock.now()))
        if (approved === undefined) return undefined
        await audit(trx, {
          actor: grant.account,
          role: grant.role,
          action: 'screen.approve',
          resource: `account:${approved}`,
          area,
          requestId: c.get('requestId'),
        })
        return approved
      })
      if (id === undefined) {
        return apiError(
          c,
          404,
          'unknown_code',
          'No screen shows this code, or it has expired. Let the screen show a new one.',
        )
      }
      return c.json({ id }, 201)
    })
    .openapi(remove, async (c) => {
      const grant = await signedIn(c)
      const { id } = c.req.valid('param')
      const found = await findAccount(db, id)
      const area = found?.areas[0] ?? ''
      if (found?.role !== 'screen' || !can(grant, 'screens.manage', { area }).allowed) {
        return apiError(c, 404, 'unknown_screen', 'There is no such screen in your area.')
      }
      await db.transaction().execute(async (trx) => {
        await setDisabled(trx, id, true)
        await audit(trx, {
          actor: grant.account,
          role: grant.role,
          action: 'screen.remove',
          resource: `account:${id}`,
          area,
          requestId: c.get('requestId'),
        })
      })
      return c.body(null, 204)
    })
}
