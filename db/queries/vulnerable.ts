import type { Insertable, Kysely } from 'kysely'
import type { Vulnerable } from '../case-schema.ts'
import type { Database } from '../schema.ts'

export async function insertVulnerable(db: Kysely<Database>, values: Insertable<Vulnerable>): Promise<number> {
  return (await db.insertInto('vulnerable').values(values).returning('id').executeTakeFirstOrThrow()).id
}

/** The register of an area without names, by place: who is to be visited, and how many doses they have had. */
export async function listVulnerable(db: Kysely<Database>, area: string, afterId: number, limit: number) {
  let query = db
    .selectFrom('vulnerable')
    .select(['id', 'district', 'place', 'reasons', 'doses', 'recorded_label', 'recorded_at'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
  if (area.length === 6) query = query.where('place', '=', area)
  else if (area !== 'TH') query = query.where('district', 'like', `${area}%`)
  return query.execute()
}
