import { type Kysely, sql } from 'kysely'
import { isUnspecified } from '../../../hub/contract/vocabulary/areas.ts'
import { ADVISORY_LOCKS } from '../../advisory-locks.ts'
import { createClient } from '../../client.ts'
import type { Database } from '../../schema.ts'
import { readPlaces } from '../facilities/import.ts'
import { createRowErrors, FileProblem, type RowErrors } from '../problem.ts'
import { count, type Progress } from '../progress.ts'
import { readRows } from '../rows.ts'
import { readBytes, wholeLines } from '../text.ts'
import { isXlsx, readXlsxRows } from '../xlsx.ts'
import { RESIDENTS_SHAPE } from './columns.ts'
import { planResidents, type ResidentsPlan } from './plan.ts'
import { type Residents, readResidents } from './read-row.ts'

/** Nine groups of 928 districts in one file take some 100 kB. */
const BYTES_MAX = 16 * 1024 * 1024
const ROWS_MAX = 20_000

export type ResidentsImportOptions = {
  readonly ownerUrl: string
  readonly path: string
  readonly map: Readonly<Record<string, string>>
  readonly delimiter: string | undefined
  readonly dryRun: boolean
  readonly acceptImplausible: boolean
  readonly progress: Progress
}

export type ResidentsImportResult = {
  readonly errors: RowErrors
  readonly written: boolean
  readonly lines: readonly string[]
}

/**
 * Imports how many people of each target group live where, in one transaction: all of it or nothing.
 * @throws FileProblem when the file as a whole cannot be used; Error when PostgreSQL refuses.
 */
export async function runResidentsImport(options: ResidentsImportOptions): Promise<ResidentsImportResult> {
  const bytes = await readBytes(options.path, BYTES_MAX)
  const db = createClient(options.ownerUrl, { applicationName: 'jitasa import', connectionsMax: 1 })
  try {
    return await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ taken: boolean; today: string }>`
        select pg_try_advisory_xact_lock(${ADVISORY_LOCKS.import}) as taken,
          (now() at time zone 'Asia/Bangkok')::date::text as today`.execute(trx)
      if (!rows[0]?.taken) throw new Error('another import is running; try again when it has ended')
      const errors = createRowErrors()
      const file = await readFile(trx, bytes, options, rows[0].today, errors)
      const plan = planResidents(file, await standingResidents(trx), await districtsByProvince(trx))
      for (const { line, what } of plan.faults) errors.add(line, what)
      const lines = [
        `${count(plan.fresh, 'number')} of residents to add, ${plan.changed} to change, ${plan.unchanged} to leave as they are`,
        ...(plan.drop.length > 0
          ? [`${count(plan.drop.length, 'number')} to replace: whole provinces by their districts, or the other way`]
          : []),
        ...(await moreDosesThanResidents(trx, file)),
      ]
      const writes = !options.dryRun && errors.count === 0 && plan.write.length + plan.drop.length > 0
      if (writes) await writeResidents(trx, plan)
      return { errors, written: writes, lines }
    })
  } finally {
    await db.destroy()
  }
}

async function readFile(
  db: Kysely<Database>,
  bytes: Uint8Array,
  { map, delimiter, acceptImplausible }: ResidentsImportOptions,
  today: string,
  errors: RowErrors,
): Promise<readonly Residents[]> {
  if (bytes.length === 0) throw new FileProblem(undefined, 'is empty')
  const places = await readPlaces(db)
  const provinces = await db.selectFrom('areas').select(['code', 'population']).execute()
  const people = new Map(provinces.map(({ code, population }) => [code, population ?? undefined]))
  const rules = { places, population: (code: string) => people.get(code), today, acceptImplausible }
  const said: Residents[] = []
  let read = 0
  const onRow = (line: number, fields: Readonly<Record<string, string>>): void => {
    read++
    if (read > ROWS_MAX) throw new FileProblem(line, `and beyond: at most ${ROWS_MAX} rows are read`)
    const row = readResidents(line, fields, rules)
    if ('wrong' in row) errors.add(line, row.wrong)
    else said.push(...row)
  }
  if (isXlsx(bytes)) await readXlsxRows(bytes, RESIDENTS_SHAPE, { map }, errors, onRow)
  else {
    const one = async function* () {
      yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    const file = { bytes: bytes.length, read: () => wholeLines(one()) }
    await readRows(file, RESIDENTS_SHAPE, { map, delimiter }, errors, onRow)
  }
  if (said.length === 0 && errors.count === 0) {
    throw new FileProblem(undefined, 'has a header and no numbers of residents')
  }
  return said
}

async function standingResidents(db: Kysely<Database>) {
  const { rows } = await sql<Omit<Residents, 'line'>>`
    select district, target_group as "group", residents, as_of::text as "asOf", source from residents`.execute(db)
  return rows
}

async function districtsByProvince(db: Kysely<Database>): Promise<(province: string) => readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from areas where length(code) = 4 and code ~ '^[0-9]' order by code`.execute(db)
  const districts = rows.map(({ code }) => code).filter((code) => !isUnspecified(code))
  const byProvince = Map.groupBy(districts, (code) => code.slice(0, 2))
  return (province) => byProvince.get(province) ?? []
}

/** Who has more first doses than the file has residents is shown with more than 100 %: better said before. */
async function moreDosesThanResidents(db: Kysely<Database>, file: readonly Residents[]): Promise<readonly string[]> {
  const areas = file.map(({ district }) => (isUnspecified(district) ? district.slice(0, 2) : district))
  const { rows } = await sql<{ at: number; doses: number }>`
    select at::int, sum(doses)::float8 as doses
    from unnest(${areas}::text[], ${file.map(({ group }) => group)}::text[], ${file.map(({ residents }) => residents)}::integer[])
      with ordinality as said (area, target_group, residents, at)
    join vaccinations on starts_with(district, area) and vaccinations.target_group = said.target_group and dose = 1
    group by at, residents having sum(doses) > residents order by at limit 10`.execute(db)
  return rows.flatMap(({ at, doses }) => {
    const row = file[at - 1]
    return row === undefined
      ? []
      : [
          `line ${row.line}: ${row.group} of ${areas[at - 1]} has ${row.residents} residents and ${doses} first doses: its coverage is shown as more than 100 %`,
        ]
  })
}

async function writeResidents(db: Kysely<Database>, { write, drop }: ResidentsPlan): Promise<void> {
  await sql`delete from residents using unnest(
      ${drop.map(({ district }) => district)}::text[], ${drop.map(({ group }) => group)}::text[]) as gone (district, target_group)
    where residents.district = gone.district and residents.target_group = gone.target_group`.execute(db)
  await sql`insert into residents (district, target_group, residents, as_of, source)
    select * from unnest(${write.map(({ district }) => district)}::text[], ${write.map(({ group }) => group)}::text[],
      ${write.map(({ residents }) => residents)}::integer[], ${write.map(({ asOf }) => asOf)}::date[],
      ${write.map(({ source }) => source)}::text[])
    on conflict (district, target_group) do update set residents = excluded.residents, as_of = excluded.as_of,
      source = excluded.source, imported_at = now()`.execute(db)
}
