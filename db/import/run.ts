import type pg from 'pg'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { DAYS_OWN } from '../../hub/contract/vocabulary/metrics.ts'
import { ADVISORY_LOCKS } from '../advisory-locks.ts'
import { createSession } from '../client.ts'
import {
  type AreaDay,
  areaDayKey,
  CASE_COLUMNS,
  type CaseAmounts,
  type Collected,
  readCaseAmounts,
} from './daily-cases.ts'
import { type Coverage, coverageNotes, isIrregular, looksCumulative } from './known-pitfalls.ts'
import { countedSince, overlaps, overlapText } from './overlap.ts'
import { planCases } from './plan-cases.ts'
import { DOSE_COLUMNS, type DoseTotals, dipNotes, planDoses, readDoseTotals } from './plan-doses.ts'
import { plausibleCases, plausibleDoses } from './plausible-rows.ts'
import { FileProblem, type RowErrors } from './problem.ts'
import { count } from './progress.ts'
import { type FileOptions, readAreaDays } from './read-file.ts'
import { writeCases } from './write-cases.ts'
import { writeDoses } from './write-doses.ts'

export type ImportKind = 'cases' | 'vaccinations'

export type ImportOptions = FileOptions & {
  readonly ownerUrl: string
  readonly kind: ImportKind
  readonly dryRun: boolean
  readonly skipBadRows: boolean
  readonly acceptIrregular: boolean
  /** numbers that are hardly true (hub/contract/vocabulary/plausible.ts) */
  readonly acceptImplausible: boolean
  /** a column of days that never falls */
  readonly acceptRising: boolean
}

/** `written` false: a dry run, nothing to change, or row errors. */
export type ImportResult = { readonly errors: RowErrors; readonly written: boolean; readonly lines: readonly string[] }

/**
 * Imports one file in one transaction: all of it, or, when a row is bad and `skipBadRows` is not set, nothing.
 * The same file again changes nothing; a changed number moves the difference.
 * @throws FileProblem when the file as a whole cannot be used; Error when PostgreSQL refuses.
 */
export async function runImport(options: ImportOptions): Promise<ImportResult> {
  const client = createSession(options.ownerUrl, 'jitasa import')
  await client.connect()
  try {
    await client.query('begin')
    const { rows: locks } = await client.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [
      ADVISORY_LOCKS.import,
    ])
    if (!locks[0]?.taken) throw new Error('another import is running; try again when it has ended')
    const result = options.kind === 'cases' ? await importCases(client, options) : await importDoses(client, options)
    await client.query(result.written ? 'commit' : 'rollback')
    return result
  } finally {
    await client.end()
  }
}

async function loadImported<A>(client: pg.Client, kind: ImportKind): Promise<Map<string, AreaDay<A>>> {
  const { rows } = await client.query<AreaDay<A>>(
    'select area, day::text, days, amounts from imports where kind = $1',
    [kind],
  )
  return new Map(rows.map((row) => [areaDayKey(row.area, row.day), row]))
}

function commonNotes(collected: Collected<object>): string[] {
  return [
    ...(collected.blank > 0 ? [`${count(collected.blank, 'row')} without a number: not reported, passed over`] : []),
    ...[...collected.forms].map(
      ([form, { rows, text, day }]) => `${count(rows, 'date')} read as ${form}, such as ${text} = ${day}`,
    ),
    ...(collected.repeated > 0 ? [`${count(collected.repeated, 'row')} repeated with the same numbers`] : []),
  ]
}

function summary(fresh: number, changed: number, unchanged: number, cover: Coverage): string {
  return `${cover.first} … ${cover.last}: ${count(fresh, 'new province-day')}, ${changed} changed, ${unchanged} unchanged`
}

async function importCases(client: pg.Client, options: ImportOptions): Promise<ImportResult> {
  const { collected, cover, gazetteer, errors, today } = await readAreaDays<CaseAmounts>(
    client,
    options,
    CASE_COLUMNS,
    readCaseAmounts,
  )
  if (cover === undefined) return { errors, written: false, lines: [] }
  if (isIrregular(cover) && !options.acceptIrregular) {
    const typical = cover.gaps[0]
    throw new FileProblem(
      undefined,
      `is not daily: most of its days stand alone (${typical?.after} → ${typical?.before}), so new_cases may count more ` +
        'than one day; put each number on its report day with --accept-irregular',
    )
  }
  const imported = await loadImported<CaseAmounts>(client, 'cases')
  const rows = isIrregular(cover)
    ? countedSince(collected.days.values(), imported.values())
    : [...collected.days.values()]
  if (!options.acceptRising) refuseTotals(rows)
  const again = overlaps(rows, imported.values())
  if (again.length > 0) throw new FileProblem(undefined, overlapText(again, gazetteer))
  const amounts = new Map([...imported].map(([key, row]) => [key, row.amounts]))
  const taken = options.acceptImplausible ? rows : plausibleCases(rows, amounts, collected, gazetteer, errors)
  const plan = planCases(taken, amounts)
  const { sums } = plan
  const would = mayWrite(options, errors) ? '' : 'would be '
  const lines = [
    ...coverageNotes(cover, gazetteer.count, 'nothing is assumed for them'),
    ...commonNotes(collected),
    summary(plan.fresh, plan.changed, plan.unchanged, cover),
    `${count(sums.casesAdded, 'case')} and ${count(sums.deathsAdded, 'death')} ${would}added, ` +
      `${count(sums.casesRemoved, 'case')} and ${count(sums.deathsRemoved, 'death')} ${would}taken back`,
  ]
  if (!mayWrite(options, errors) || plan.amounts.length === 0) return { errors, written: false, lines }
  const before = await hasAny(client, ['cases'])
  const written = await writeCases(client, plan, (rows) => options.progress.show('writing', rows, sums.casesAdded))
  if (written.deathsWithoutCase > 0) {
    lines.push(`${count(written.deathsWithoutCase, 'death')} had no imported case: counted without a report day`)
  }
  if (written.notFound > 0) {
    lines.push(`${count(written.notFound, 'case')} to take back had changed since the import and stayed`)
  }
  lines.push(await moveOperation(client, cover.last, today, before))
  return { errors, written: true, lines }
}

async function importDoses(client: pg.Client, options: ImportOptions): Promise<ImportResult> {
  const { collected, cover, gazetteer, errors, today } = await readAreaDays<DoseTotals>(
    client,
    options,
    DOSE_COLUMNS,
    readDoseTotals,
  )
  if (cover === undefined) return { errors, written: false, lines: [] }
  const imported = await loadImported<DoseTotals>(client, 'vaccinations')
  const taken = options.acceptImplausible
    ? collected.days.values()
    : plausibleDoses(collected, imported, gazetteer, errors)
  const plan = planDoses(taken, imported)
  const would = mayWrite(options, errors) ? '' : 'would be '
  const lines = [
    ...coverageNotes(cover, gazetteer.count, 'the doses between two reports stand on the day of the later one'),
    ...dipNotes(plan.dips, gazetteer),
    ...commonNotes(collected),
    summary(plan.fresh, plan.changed, plan.unchanged, cover),
    `${count(plan.rows.length, 'row')}: ${count(plan.sums.added, 'dose')} ${would}added, ` +
      `${count(plan.sums.takenBack, 'dose')} ${would}taken back by correction rows`,
  ]
  if (!mayWrite(options, errors) || plan.amounts.length === 0) return { errors, written: false, lines }
  const before = await hasAny(client, ['cases', 'vaccinations'])
  await writeDoses(client, plan)
  lines.push(await moveOperation(client, cover.last, today, before))
  return { errors, written: true, lines }
}

/** @throws FileProblem when the numbers of days look like totals */
function refuseTotals(rows: readonly AreaDay<CaseAmounts>[]): void {
  for (const [column, number] of [
    ['new_cases', 'cases'],
    ['new_deaths', 'deaths'],
  ] as const) {
    const found = looksCumulative(rows.map(({ area, day, amounts }) => ({ area, day, value: amounts[number] })))
    if (found === undefined) continue
    throw new FileProblem(
      undefined,
      `${column} never falls in ${found.rising} of ${count(found.of, 'province')} whose numbers move: it looks cumulative, ` +
        'and a total is not the number of a day; name the column of the days with --map, or take it with --accept-rising',
    )
  }
}

function mayWrite(options: ImportOptions, errors: RowErrors): boolean {
  return !options.dryRun && (errors.count === 0 || options.skipBadRows)
}

async function hasAny(client: pg.Client, tables: readonly ('cases' | 'vaccinations')[]): Promise<boolean> {
  const each = tables.map((table) => `exists (select from ${table})`)
  const { rows } = await client.query<{ any: boolean }>(`select ${each.join(' or ')} as any`)
  return rows[0]?.any ?? false
}

/** An empty database that gets history shows that history; one at work keeps its day. @returns the line to print */
async function moveOperation(client: pg.Client, last: string, today: string, hadData: boolean): Promise<string> {
  const { rows } = await client.query<{ day: string; kind: string }>('select day::text, kind from operation')
  const operation = rows[0]
  const firstShown = addDays(operation?.day ?? today, 1 - DAYS_OWN)
  if (last >= firstShown) return `the screens' day is ${operation?.day}; these days are in their window`
  if (hadData || operation?.kind !== 'live') {
    return `the screens' day is ${operation?.day}; to look at these days: npm run admin -- set-day ${last}`
  }
  await client.query(
    `update operation set day = $1, kind = 'replay', title_th = $2, title_en = $3
     where id = 1`,
    [last, `ข้อมูลย้อนหลังถึง ${last}`, `History up to ${last}`],
  )
  return `the database was empty: the screens' day is now ${last}, marked as a replay of history`
}
