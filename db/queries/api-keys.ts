import { randomBytes } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { AccountsDatabase, ApiKeys } from './accounts-tables.ts'
import { hashOfSecret } from './secret-hash.ts'

type Db = Kysely<AccountsDatabase>

const PREFIX_BYTES = 6
const SECRET_BYTES = 32
/** `jitasa_<prefix>_<secret>`: scanners of leaked secrets know it by its beginning. */
const KEY = /^jitasa_([0-9a-f]{12})_([\w-]{43})$/

/** A key as it is given, with what is kept of it. */
export type KeyText = { readonly prefix: string; readonly hash: Buffer; readonly key: string }

export function newKeyText(): KeyText {
  const prefix = randomBytes(PREFIX_BYTES).toString('hex')
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  return { prefix, hash: hashOfSecret(secret), key: `jitasa_${prefix}_${secret}` }
}

/** @returns `undefined` for what is no key */
export function readKeyText(text: string): KeyText | undefined {
  const [key, prefix, secret] = KEY.exec(text) ?? []
  return key && prefix && secret ? { prefix, hash: hashOfSecret(secret), key } : undefined
}

export type NewApiKey = {
  readonly prefix: string
  readonly hash: Buffer
  readonly label: string
  readonly actions: readonly string[]
  readonly areas: readonly string[]
  readonly facilities: readonly number[]
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export type KeySite = { readonly id: number; readonly nameTh: string; readonly nameEn: string }
/** `districts`: where the facilities of the key stand. */
export type ApiKeyRow = Selectable<ApiKeys> & { readonly districts: readonly string[] }
export type ListedKeyRow = ApiKeyRow & { readonly sites: readonly KeySite[] }

const districts = sql<string[]>`array(select distinct facilities.district from facilities
  where facilities.id = any (api_keys.facilities) order by 1)`.as('districts')

const sites = sql<
  KeySite[]
>`(select coalesce(json_agg(json_build_object('id', id, 'nameTh', name_th, 'nameEn', name_en) order by id), '[]')
  from facilities where facilities.id = any (api_keys.facilities))`.as('sites')

/** @returns the id of the key */
export async function insertApiKey(db: Db, key: NewApiKey): Promise<string> {
  const { id } = await db
    .insertInto('api_keys')
    .values({
      prefix: key.prefix,
      key_hash: key.hash,
      label: key.label,
      actions: [...key.actions],
      areas: [...key.areas],
      facilities: [...key.facilities],
      created_by: key.createdBy,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findApiKey(db: Db, prefix: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').selectAll().select(districts).where('prefix', '=', prefix).executeTakeFirst()
}

/** @param id of the key, or its prefix */
export async function apiKeyOf(db: Db, id: string): Promise<ApiKeyRow | undefined> {
  return db
    .selectFrom('api_keys')
    .selectAll()
    .select(districts)
    .where((by) => by.or([by('prefix', '=', id), by(sql`id::text`, '=', id)]))
    .executeTakeFirst()
}

/** Newest first. */
export async function listApiKeys(db: Db, limit: number): Promise<ListedKeyRow[]> {
  return db
    .selectFrom('api_keys')
    .selectAll()
    .select([districts, sites])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** @returns whether it was in force until now */
export async function revokeApiKey(db: Db, id: string, now: Date): Promise<boolean> {
  const revoked = await db
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return revoked.numUpdatedRows > 0n
}

export async function noteUse(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('api_keys').set({ used_at: now }).where('id', '=', id).execute()
}

/** Where these facilities stand; one that does not exist is missing. */
export async function districtsOfFacilities(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('facilities').select(['id', 'district']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, district }) => [id, district]))
}
