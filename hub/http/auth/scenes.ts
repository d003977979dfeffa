import type { Kysely } from 'kysely'
import { facilityDistrict, unknownAreas } from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { readScenes, writeScenes } from '../../../db/queries/screen-scenes.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { Scene } from '../../contract/api/scenes.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { screenMayShow, wallFacility, wallKind } from '../../contract/vocabulary/walls.ts'
import { type Author, entry, managedScreen } from './screens.ts'

/** @throws ApiError 404 for what is no screen of the account's areas */
export async function scenesOf(db: Kysely<AccountsDatabase>, grant: Grant, id: string): Promise<Scene[]> {
  await managedScreen(db, grant, id)
  return readScenes(db, id)
}

/** @returns the district of a facility; `undefined` of every other place. @throws ApiError 400 when there is no such place */
async function demandPlace(db: Kysely<AccountsDatabase>, place: string, scene: number): Promise<string | undefined> {
  const kind = wallKind(place)
  const district = kind === 'facility' ? await facilityDistrict(db, wallFacility(place)) : undefined
  const isKnown =
    kind === 'facility'
      ? district !== undefined
      : kind === 'region' || (kind !== undefined && (await unknownAreas(db, [place])).length === 0)
  if (!isKnown) throw new ApiError('scene_place', { scene, place })
  return district
}

/** @throws ApiError 404 for no screen of the account's areas, 400 for a scene of no place, or of one that the screen may not show */
export async function setScenes(
  db: Kysely<AccountsDatabase>,
  author: Author,
  id: string,
  scenes: readonly Scene[],
): Promise<void> {
  const area = (await managedScreen(db, author.grant, id)).areas[0] ?? ''
  for (const [at, { place }] of scenes.entries()) {
    const district = await demandPlace(db, place, at + 1)
    if (!screenMayShow(area, place, district)) throw new ApiError('scene_reach', { scene: at + 1, place })
  }
  await db.transaction().execute(async (trx) => {
    await writeScenes(trx, id, scenes)
    await audit(trx, {
      ...entry(author, 'screen.scenes', id, area),
      details: { places: scenes.map(({ place }) => place) },
    })
  })
}
