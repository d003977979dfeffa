import { z } from '@hono/zod-openapi'
import type { ListedKeyRow } from '../../../db/queries/api-keys.ts'
import type { Grant } from '../../authorize/grant.ts'
import { reachOf } from '../../authorize/table.ts'
import { type apiKey, keyBody, keysAnswer, newKeyAnswer } from '../../contract/api/keys.ts'
import { createKey, keysOf, revokeKey } from '../auth/api-keys.ts'
import { provenly, secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, NO_STORE, ok, taken } from '../responses.ts'
import { createRouter } from '../router.ts'
import { administrator } from './accounts.ts'

const tags = ['keys']

const list = secured(
  {
    method: 'get',
    path: '/api/keys',
    tags,
    summary: 'Keys of other systems',
    responses: { 200: ok('Newest first', keysAnswer) },
  },
  'keys.manage',
)

const create = provenly(
  {
    method: 'post',
    path: '/api/keys',
    tags,
    summary: 'Make a key for another system; it is in the answer, and nowhere else',
    request: { body: taken(keyBody) },
    responses: { 201: ok('Made', newKeyAnswer), 400: fault('There is no such place') },
  },
  'keys.manage',
)

const revoke = secured(
  {
    method: 'delete',
    path: '/api/keys/{id}',
    tags,
    summary: 'Revoke a key: its next request is refused',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: { description: 'Revoked' }, 404: fault('There is no such key in force in your area') },
  },
  'keys.manage',
)

/** Keys of other systems: an administrator's for anywhere, a provincial office's for its province. */
export function keyRoutes({ accounts, clock }: AppDeps) {
  const { db } = accounts
  const now = () => new Date(clock.now())
  return createRouter()
    .openapi(list, async (c) => {
      const keys = await keysOf(db, limitsOf(await signedIn(c)))
      return c.json({ keys: keys.map(view) }, 200, NO_STORE)
    })
    .openapi(create, async (c) => {
      const grant = limitsOf(await signedIn(c))
      const { id, key, expiresAt } = await createKey(db, await administrator(c), grant, c.req.valid('json'), now())
      return c.json({ id, key, expiresAt: expiresAt.toISOString() }, 201, NO_STORE)
    })
    .openapi(revoke, async (c) => {
      const grant = limitsOf(await signedIn(c))
      await revokeKey(db, await administrator(c), grant, c.req.valid('param').id, now())
      return c.body(null, 204)
    })
}

/** @returns `null` for who gives keys anywhere */
function limitsOf(grant: Grant): Grant | null {
  if (grant.role !== 'unbound' && grant.role !== 'machine' && reachOf(grant.role, 'keys.manage') === 'everywhere')
    return null
  return grant
}

function view(row: ListedKeyRow): z.infer<typeof apiKey> {
  const { id, prefix, label, actions, areas, facilities, sites, created_at, expires_at, revoked_at, used_at } = row
  return {
    id,
    prefix,
    label,
    actions,
    areas,
    facilities,
    sites: [...sites],
    createdAt: created_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    revokedAt: revoked_at?.toISOString() ?? null,
    usedAt: used_at?.toISOString() ?? null,
  }
}
