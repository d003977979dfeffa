import { timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import {
  type ApiKeyRow,
  apiKeyOf,
  districtsOfFacilities,
  findApiKey,
  insertApiKey,
  type ListedKeyRow,
  listApiKeys,
  newKeyText,
  noteUse,
  readKeyText,
  revokeApiKey,
} from '../../../db/queries/api-keys.ts'
import { can, covers } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { Resource } from '../../authorize/resource.ts'
import type { keyBody } from '../../contract/api/keys.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { isKeyAction, type KeyAction } from '../../contract/vocabulary/key-actions.ts'
import type { Administrator } from './administration.ts'

type Db = Kysely<AccountsDatabase>

const DAY_MS = 86_400_000
/** That a key is used is written down this often, not with every request. */
const NOTE_USE_MS = 60_000
const LIST_MAX = 1000

export type MadeKey = { readonly id: string; readonly key: string; readonly expiresAt: Date }

/**
 * Makes a key; it is returned this once, the database keeps its hash.
 * @param grant whose office makes it, and gives no more than it has itself; `null`: an administrator or the machine's operator
 * @throws ApiError 400 for a place that does not exist, 403 for one that is not the office's
 */
export async function createKey(
  db: Db,
  by: Administrator,
  grant: Grant | null,
  { label, actions, areas, facilities, days }: z.output<typeof keyBody>,
  now: Date,
): Promise<MadeKey> {
  const districts = await districtsOfFacilities(db, facilities)
  const missing = facilities.find((id) => !districts.has(id))
  if (missing !== undefined) throw new ApiError('facility_wrong', undefined, { values: { facility: missing } })
  await demandAreas(db, areas)
  if (grant !== null) {
    const places: Resource[] = [
      ...areas.map((area) => ({ area })),
      ...facilities.map((facility) => ({ facility, area: districts.get(facility) ?? '' })),
    ]
    for (const place of places) demandOwn(grant, actions, place)
  }
  const { prefix, hash, key } = newKeyText()
  const expiresAt = new Date(now.getTime() + days * DAY_MS)
  const id = await db.transaction().execute(async (trx) => {
    const made = await insertApiKey(trx, {
      prefix,
      hash,
      label,
      actions: [...new Set(actions)],
      areas: [...new Set(areas)],
      facilities: [...new Set(facilities)],
      createdBy: by.account,
      createdAt: now,
      expiresAt,
    })
    await note(trx, by, 'key.create', made, { prefix, actions, areas, facilities: facilities.map(String), days })
    return made
  })
  return { id, key, expiresAt }
}

async function demandAreas(db: Db, areas: readonly string[]): Promise<void> {
  const codes = areas.filter((area) => area !== 'TH')
  if (codes.length === 0) return
  const known = await db.selectFrom('areas').select('code').where('code', 'in', codes).execute()
  const unknown = codes.find((code) => !known.some((row) => row.code === code))
  if (unknown !== undefined) throw new ApiError('areas_wrong', undefined, { values: { unknown } })
}

function demandOwn(grant: Grant, actions: readonly KeyAction[], place: Resource): void {
  if (!covers(grant.areas, place.area ?? '')) throw new ApiError('other_area')
  for (const action of actions) {
    const decision = can(grant, action, place)
    if (!decision.allowed) throw new ApiError(decision.refusal)
  }
}

/** Whether all places of a key are the office's. */
export function isOwnKey(grant: Grant, { areas, districts }: Pick<ApiKeyRow, 'areas' | 'districts'>): boolean {
  return [...areas, ...districts].every((area) => covers(grant.areas, area))
}

/** Newest first. */
export async function keysOf(db: Db, grant: Grant | null): Promise<ListedKeyRow[]> {
  const keys = await listApiKeys(db, LIST_MAX)
  return grant === null ? keys : keys.filter((key) => isOwnKey(grant, key))
}

/** @param id of the key, or its prefix. @throws ApiError 404 when there is none in force of the office's */
export async function revokeKey(db: Db, by: Administrator, grant: Grant | null, id: string, now: Date): Promise<void> {
  const key = await apiKeyOf(db, id)
  if (key === undefined || (grant !== null && !isOwnKey(grant, key))) throw new ApiError('unknown_key')
  await db.transaction().execute(async (trx) => {
    if (!(await revokeApiKey(trx, key.id, now))) throw new ApiError('unknown_key')
    await note(trx, by, 'key.revoke', key.id, { prefix: key.prefix })
  })
}

function note(db: Db, by: Administrator, action: string, id: string, details: Parameters<typeof audit>[1]['details']) {
  const { account: actor, role, requestId, origin } = by
  return audit(db, { actor, role, action, resource: `key:${id}`, requestId, origin, details: details ?? {} })
}

/**
 * What a key may do. Asked of the database each time, so that a revoked key opens nothing from the next request on.
 * @param header `Authorization`
 * @returns `undefined` when the header holds no key
 * @throws ApiError 401 for a key that is unknown, expired or revoked
 */
export async function grantOfKey(db: Db, header: string | undefined, now: Date): Promise<Grant | undefined> {
  const given = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  if (given === undefined) return undefined
  const text = readKeyText(given)
  const key = text && (await findApiKey(db, text.prefix))
  if (!key || !timingSafeEqual(key.key_hash, text.hash) || key.revoked_at || key.expires_at <= now) {
    throw new ApiError('key_wrong')
  }
  if (now.getTime() - (key.used_at?.getTime() ?? 0) > NOTE_USE_MS) await noteUse(db, key.id, now)
  const { id, label, areas, facilities, districts } = key
  return {
    account: id,
    role: 'machine',
    areas: [...new Set([...areas, ...districts])],
    facility: null,
    facilities: areas.length > 0 ? [] : facilities,
    label,
    version: 0,
    drill: false,
    key: { actions: key.actions.filter(isKeyAction), areas, facilities },
  }
}
