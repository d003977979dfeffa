import type pg from 'pg'
import { type Collected, createCollector } from './daily-cases.ts'
import type { DayOrder } from './days.ts'
import { createGazetteer, type Gazetteer, type Province } from './fields.ts'
import type { ColumnMap, Shape } from './header.ts'
import { type Coverage, coverage } from './known-pitfalls.ts'
import { createRowErrors, FileProblem, type RowErrors } from './problem.ts'
import type { Progress } from './progress.ts'
import { readRows } from './rows.ts'
import { openText } from './text.ts'

export type FileOptions = {
  readonly path: string
  readonly map: ColumnMap
  /** `undefined`: found by itself */
  readonly delimiter: string | undefined
  /** which part of 01/06/2022 is the day; absent: such a day is refused */
  readonly dates?: DayOrder | undefined
  readonly progress: Progress
}

export type AreaDays<A> = {
  readonly collected: Collected<A>
  /** absent when no row was good */
  readonly cover: Coverage | undefined
  readonly gazetteer: Gazetteer
  readonly errors: RowErrors
  /** the real Bangkok day by the database's clock */
  readonly today: string
}

/**
 * Reads a file of numbers by province and day; provinces and today come from the database.
 * @throws FileProblem when the file as a whole cannot be used
 */
export async function readAreaDays<A extends object>(
  client: pg.ClientBase,
  options: FileOptions,
  shape: Shape,
  readAmounts: Parameters<typeof createCollector<A>>[3],
): Promise<AreaDays<A>> {
  const { rows } = await client.query<Province>(
    `select code, name_th as "nameTh", name_en as "nameEn", population from areas where length(code) = 2 and code ~ '^[0-9]'`,
  )
  if (rows.length === 0) throw new Error('the database holds no provinces; run npm run migrate first')
  const gazetteer = createGazetteer(rows)
  const { rows: now } = await client.query<{ today: string }>(
    `select (now() at time zone 'Asia/Bangkok')::date::text as today`,
  )
  const today = now[0]?.today ?? ''
  const errors = createRowErrors()
  const file = await openText(options.path)
  const collector = createCollector<A>(gazetteer, today, errors, readAmounts, options.dates)
  await readRows(
    file,
    shape,
    {
      map: options.map,
      delimiter: options.delimiter,
      onBytes: (bytes) => options.progress.show('reading', bytes, file.bytes),
    },
    errors,
    collector.onRow,
  )
  const collected = collector.collected
  const cover = coverage(collected.days.values(), gazetteer.count)
  if (cover === undefined && errors.count === 0)
    throw new FileProblem(undefined, 'has a header and no rows with numbers')
  return { collected, cover, gazetteer, errors, today }
}
