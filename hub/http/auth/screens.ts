import type { Kysely } from 'kysely'
import { bindAccount, findAccount, setDisabled, unknownAreas } from '../../../db/queries/accounts.ts'
import { audit, type Trail } from '../../../db/queries/accounts-audit.ts'
import { approveScreen, listScreens } from '../../../db/queries/accounts-screens.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type { Grant } from '../../authorize/grant.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'

/** A screen that was not seen for longer is dark: asked for twice a minute, written once a minute, a beat missed. */
const ON_MS_MAX = 150_000

/** Who manages screens, for the table and for the audit log. */
export type Author = { readonly grant: Grant; readonly trail: Trail }

export const entry = ({ grant, trail }: Author, action: string, id: string, area: string | null) => ({
  actor: grant.account,
  role: grant.role,
  ...trail,
  action,
  resource: `account:${id}`,
  area,
})

/** The screens of the areas of an account, and which of them are on. */
export async function screensOf(db: Kysely<AccountsDatabase>, grant: Grant, now: number) {
  return (await listScreens(db)).flatMap(({ createdAt, seenAt, ...row }) => {
    if (!can(grant, 'screens.manage', { area: row.area }).allowed) return []
    const on = !row.disabled && seenAt !== null && now - seenAt.getTime() < ON_MS_MAX
    return [{ ...row, on, since: createdAt.toISOString(), seenAt: seenAt?.toISOString() ?? null }]
  })
}

/** @throws ApiError 404 for what is no screen of the account's areas */
export async function managedScreen(db: Kysely<AccountsDatabase>, grant: Grant, id: string) {
  const found = await findAccount(db, id)
  const area = found?.areas[0] ?? ''
  if (found?.role === 'screen' && can(grant, 'screens.manage', { area }).allowed) return found
  throw new ApiError('unknown_screen')
}

/** @throws ApiError 403 or 400 */
async function demandArea(db: Kysely<AccountsDatabase>, grant: Grant, area: string): Promise<void> {
  demand(grant, 'screens.manage', { area })
  if ((await unknownAreas(db, [area])).length > 0) throw new ApiError('no_area', undefined, { values: { area } })
}

/** @param wanted `code`: what the screen shows. @returns the screen's account. @throws ApiError 404 for an unknown code */
export async function approve(
  db: Kysely<AccountsDatabase>,
  author: Author,
  { code, name, area }: { readonly code: string; readonly name: string; readonly area: string },
  now: Date,
): Promise<string> {
  await demandArea(db, author.grant, area)
  return db.transaction().execute(async (trx) => {
    const id = await approveScreen(trx, { userCode: code, name, area }, now)
    if (id === undefined) throw new ApiError('unknown_code')
    await audit(trx, entry(author, 'screen.approve', id, area))
    return id
  })
}

export async function moveScreen(
  db: Kysely<AccountsDatabase>,
  author: Author,
  id: string,
  area: string,
): Promise<void> {
  const found = await managedScreen(db, author.grant, id)
  await demandArea(db, author.grant, area)
  await db.transaction().execute(async (trx) => {
    await bindAccount(trx, id, { role: 'screen', areas: [area], facility: null }, found.label ?? found.name)
    await audit(trx, entry(author, 'screen.move', id, area))
  })
}

export async function removeScreen(db: Kysely<AccountsDatabase>, author: Author, id: string): Promise<void> {
  const found = await managedScreen(db, author.grant, id)
  await db.transaction().execute(async (trx) => {
    await setDisabled(trx, id, true)
    await audit(trx, entry(author, 'screen.remove', id, found.areas[0] ?? null))
  })
}
