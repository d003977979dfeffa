import type { Insertable, Kysely, Selectable } from 'kysely'
import type { Database, Tests, Vaccinations } from '../schema.ts'

export async function insertVaccinations(
  db: Kysely<Database>,
  rows: readonly Insertable<Vaccinations>[],
): Promise<number[]> {
  const written = await db.insertInto('vaccinations').values(rows).returning('id').execute()
  return written.map((row) => row.id)
}

export async function insertTest(db: Kysely<Database>, row: Insertable<Tests>): Promise<number> {
  return (await db.insertInto('tests').values(row).returning('id').executeTakeFirstOrThrow()).id
}

/** Doses of a site and day by number, corrections taken in: what a correction may not take below zero. */
export async function dosesOfDay(
  db: Kysely<Database>,
  filter: { readonly district: string; readonly facility: number | null; readonly day: string; readonly dose: number },
): Promise<number> {
  const { doses } = await db
    .selectFrom('vaccinations')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('doses'), eb.lit(0)).as('doses'))
    .where('district', '=', filter.district)
    .where('day', '=', filter.day)
    .where('dose', '=', filter.dose as 1 | 2 | 3 | 4)
    .$if(filter.facility !== null, (query) => query.where('facility_id', '=', filter.facility))
    .executeTakeFirstOrThrow()
  return Number(doses)
}

/** Rows behind a number of doses or tests: what was reported, when, and whether it was late or a correction. */
export async function listReports(
  db: Kysely<Database>,
  table: 'vaccinations' | 'tests',
  filter: {
    readonly area: string
    readonly day?: string | undefined
    readonly where: Readonly<Record<string, readonly string[]>>
  },
  beforeId: number | undefined,
  limit: number,
): Promise<(Selectable<Vaccinations> | Selectable<Tests>)[]> {
  let query = db.selectFrom(table).selectAll().orderBy('id', 'desc').limit(limit)
  if (filter.area.length === 4) query = query.where('district', '=', filter.area)
  else if (filter.area !== 'TH') query = query.where('district', 'like', `${filter.area}%`)
  if (filter.day !== undefined) query = query.where('day', '=', filter.day)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  const { dynamic } = db
  for (const [column, values] of Object.entries(filter.where)) {
    query = query.where((eb) => eb(eb.cast<string>(dynamic.ref(column), 'text'), 'in', values))
  }
  return query.execute()
}

/** Tests of a district and day, corrections taken in. */
export async function testsOfDay(db: Kysely<Database>, district: string, day: string, kind: 'pcr' | 'atk') {
  const row = await db
    .selectFrom('tests')
    .select((eb) => [eb.fn.sum<string>('tested').as('tested'), eb.fn.sum<string>('positive').as('positive')])
    .where('district', '=', district)
    .where('day', '=', day)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return { tested: Number(row.tested ?? 0), positive: Number(row.positive ?? 0) }
}
