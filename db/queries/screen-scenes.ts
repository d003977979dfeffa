import type { Kysely, Transaction } from 'kysely'
import type { Scene } from '../../hub/contract/api/scenes.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

export async function readScenes(db: Kysely<AccountsDatabase>, screen: string): Promise<Scene[]> {
  const rows = await db
    .selectFrom('screen_scenes')
    .select(['place', 'view', 'seconds', 'from_hour', 'to_hour'])
    .where('screen_id', '=', screen)
    .orderBy('rank')
    .execute()
  return rows.map(({ from_hour, to_hour, ...scene }) => ({
    ...scene,
    hours: from_hour === null || to_hour === null ? null : { from: from_hour, to: to_hour },
  }))
}

/** In the place of those it had; who sets them at the same time waits. */
export async function writeScenes(
  trx: Transaction<AccountsDatabase>,
  screen: string,
  scenes: readonly Scene[],
): Promise<void> {
  await trx.selectFrom('accounts').select('id').where('id', '=', screen).forUpdate().execute()
  await trx.deleteFrom('screen_scenes').where('screen_id', '=', screen).execute()
  if (scenes.length === 0) return
  await trx
    .insertInto('screen_scenes')
    .values(
      scenes.map(({ hours, ...scene }, at) => ({
        ...scene,
        screen_id: screen,
        rank: at + 1,
        from_hour: hours?.from ?? null,
        to_hour: hours?.to ?? null,
      })),
    )
    .execute()
}
