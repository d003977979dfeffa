import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { bindAccount, findAccount, setDisabled, unknownAreas } from '../../../db/queries/accounts.ts'
import { audit, type Trail } from '../../../db/queries/accounts-audit.ts'
import { approveScreen, listScreens } from '../../../db/queries/accounts-screens.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { giveOrder, newestOrders, type OrderRow } from '../../../db/queries/screen-orders.ts'
import { readScenes } from '../../../db/queries/screen-scenes.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { orderBody } from '../../contract/api/screens.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { ORDER_SECONDS, sceneOfText } from '../../contract/vocabulary/screens.ts'
import { demandImpersonal } from '../../work/command/refusals.ts'

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
  const mine = (await listScreens(db)).filter(({ area }) => can(grant, 'screens.manage', { area }).allowed)
  const orders = await newestOrders(
    db,
    mine.map(({ id }) => id),
  )
  const orderOf = new Map(orders.map(({ screen, ...order }) => [screen, order]))
  return mine.map(({ createdAt, seenAt, ...row }) => {
    const order = orderOf.get(row.id)
    const on = !row.disabled && seenAt !== null && now - seenAt.getTime() < ON_MS_MAX
    return {
      ...row,
      on,
      since: createdAt.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
      order: order === undefined ? null : orderView(order),
    }
  })
}

const orderView = ({ at, until, takenAt, ...order }: Omit<OrderRow, 'screen'>) => ({
  ...order,
  at: at.getTime(),
  until: until.getTime(),
  takenAt: takenAt?.getTime() ?? null,
})

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

/** @throws ApiError 404 when one of them does not play the scene that it is to go to */
async function demandScene(
  db: Kysely<AccountsDatabase>,
  screens: readonly { readonly id: string; readonly name: string }[],
  text: string,
): Promise<void> {
  const wanted = sceneOfText(text)
  if (wanted === undefined) return
  for (const { id, name } of screens) {
    const plays = (await readScenes(db, id)).some(({ place, view }) => place === wanted.place && view === wanted.view)
    if (!plays) throw new ApiError('scene_unplayed', { screen: name })
  }
}

/** Tells all of them, or none. @returns until when it stands, ms. @throws ApiError 404 or 422 */
export async function orderScreens(
  db: Kysely<AccountsDatabase>,
  author: Author,
  { screens, kind, text, minutes }: z.output<typeof orderBody>,
  now: number,
): Promise<number> {
  demandImpersonal(text)
  const wanted = new Set(screens)
  const mine = (await listScreens(db)).filter(({ id, area, disabled }) => {
    return !disabled && wanted.has(id) && can(author.grant, 'screens.manage', { area }).allowed
  })
  if (mine.length < wanted.size) throw new ApiError('unknown_screen')
  if (kind === 'scene') await demandScene(db, mine, text ?? '')
  const ms = kind === 'identify' || kind === 'reload' ? ORDER_SECONDS[kind] * 1000 : minutes * 60_000
  await db.transaction().execute(async (trx) => {
    await giveOrder(trx, [...wanted], { kind, text: text ?? null, at: new Date(now), until: new Date(now + ms) })
    for (const { id, area } of mine) await audit(trx, entry(author, `screen.${kind}`, id, area))
  })
  return now + ms
}

export async function removeScreen(db: Kysely<AccountsDatabase>, author: Author, id: string): Promise<void> {
  const found = await managedScreen(db, author.grant, id)
  await db.transaction().execute(async (trx) => {
    await setDisabled(trx, id, true)
    await audit(trx, entry(author, 'screen.remove', id, found.areas[0] ?? null))
  })
}
