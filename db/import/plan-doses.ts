import { type AreaDay, areaDayKey } from './daily-cases.ts'
import { type Gazetteer, readCount } from './fields.ts'
import type { Shape } from './header.ts'
import type { Fields } from './rows.ts'

/** Cumulative doses a source reports of one province on one day, by dose number; an absent one was not reported. */
export type DoseTotals = Partial<Record<DoseKey, number>>
export const DOSE_KEYS = ['1', '2', '3', '4'] as const
export type DoseKey = (typeof DOSE_KEYS)[number]

export const DOSE_COLUMNS: Shape = {
  required: ['date', 'province_code', 'dose1_cum'],
  optional: ['dose2_cum', 'dose3_cum', 'dose4_cum'],
}

/** Doses given before a province's first report belong to no known day: they count in the totals alone. */
export const BEFORE_FIRST = '-infinity'

export type DoseRow = {
  readonly area: string
  /** `YYYY-MM-DD` or BEFORE_FIRST */
  readonly day: string
  readonly dose: DoseKey
  readonly kind: 'report' | 'correction'
  readonly doses: number
}

export type Dip = { readonly area: string; readonly day: string; readonly dose: DoseKey; readonly by: number }

export type DosePlan = {
  readonly rows: readonly DoseRow[]
  readonly amounts: readonly AreaDay<DoseTotals>[]
  readonly dips: readonly Dip[]
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  readonly sums: { readonly added: number; readonly takenBack: number }
}

export function readDoseTotals(fields: Fields): { readonly amounts: DoseTotals } | { readonly wrong: string } {
  const amounts: DoseTotals = {}
  for (const dose of DOSE_KEYS) {
    const column = `dose${dose}_cum`
    const count = readCount(column, fields[column])
    if ('wrong' in count) return count
    if (count.value !== undefined) amounts[dose] = count.value
  }
  return { amounts }
}

type Series = Map<string, Map<DoseKey, { readonly day: string; readonly total: number }[]>>

/** Reports by province and dose, in the order of days. */
function series(reports: Iterable<AreaDay<DoseTotals>>): Series {
  const byArea: Series = new Map()
  const ordered = [...reports].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  for (const { area, day, amounts } of ordered) {
    const byDose = byArea.get(area) ?? new Map()
    byArea.set(area, byDose)
    for (const dose of DOSE_KEYS) {
      const total = amounts[dose]
      if (total === undefined) continue
      const list = byDose.get(dose) ?? []
      byDose.set(dose, list)
      list.push({ day, total })
    }
  }
  return byArea
}

/** Doses by `area dose day`: the difference of each report to the one before it, the first against nothing. */
function differences(reports: Series): Map<string, { area: string; dose: DoseKey; day: string; doses: number }> {
  const out = new Map<string, { area: string; dose: DoseKey; day: string; doses: number }>()
  for (const [area, byDose] of reports) {
    for (const [dose, list] of byDose) {
      let before: number | undefined
      for (const { day, total } of list) {
        const bucket = before === undefined ? BEFORE_FIRST : day
        const doses = total - (before ?? 0)
        out.set(`${area} ${dose} ${bucket}`, { area, dose, day: bucket, doses })
        before = total
      }
    }
  }
  return out
}

/**
 * Rows that move the doses of earlier imports to what they and the file say together. Rows are only ever added: a day
 * that was imported before is put right by a correction row, and a total that falls is one too.
 */
export function planDoses(
  file: Iterable<AreaDay<DoseTotals>>,
  imported: ReadonlyMap<string, AreaDay<DoseTotals>>,
): DosePlan {
  const merged = new Map(imported)
  const amounts: AreaDay<DoseTotals>[] = []
  let fresh = 0
  let changed = 0
  let unchanged = 0
  for (const said of file) {
    const key = areaDayKey(said.area, said.day)
    const before = imported.get(key)
    const after = { ...said, amounts: { ...before?.amounts, ...said.amounts } }
    if (before === undefined) fresh++
    else if (DOSE_KEYS.every((dose) => before.amounts[dose] === after.amounts[dose])) {
      unchanged++
      continue
    } else changed++
    merged.set(key, after)
    amounts.push({ area: after.area, day: after.day, amounts: after.amounts })
  }
  const was = differences(series(imported.values()))
  const mergedSeries = series(merged.values())
  const now = differences(mergedSeries)
  const rows: DoseRow[] = []
  const sums = { added: 0, takenBack: 0 }
  const dips: Dip[] = []
  for (const key of new Set([...was.keys(), ...now.keys()])) {
    const place = now.get(key) ?? was.get(key)
    const move = (now.get(key)?.doses ?? 0) - (was.get(key)?.doses ?? 0)
    if (place === undefined || move === 0) continue
    const { area, dose, day } = place
    rows.push({ area, day, dose, kind: was.has(key) || move < 0 ? 'correction' : 'report', doses: move })
    if (move > 0) sums.added += move
    else sums.takenBack -= move
    if (!was.has(key) && move < 0) dips.push({ area, day, dose, by: -move })
  }
  rows.sort((a, b) => (a.day === b.day ? (a.area < b.area ? -1 : 1) : a.day === BEFORE_FIRST || a.day < b.day ? -1 : 1))
  return { rows, amounts, dips, fresh, changed, unchanged, sums }
}

/** A day on which most provinces' totals fall is no correction of a site's: the source counts from another base. */
export function dipNotes(dips: readonly Dip[], gazetteer: Gazetteer): string[] {
  const byDay = new Map<string, { areas: Set<string>; by: number }>()
  for (const dip of dips) {
    const entry = byDay.get(dip.day) ?? { areas: new Set(), by: 0 }
    byDay.set(dip.day, entry)
    entry.areas.add(dip.area)
    entry.by += dip.by
  }
  return [...byDay]
    .sort()
    .map(([day, { areas, by }]) =>
      areas.size > gazetteer.count / 2
        ? `on ${day} the totals of ${areas.size} of ${gazetteer.count} provinces fall, by ${by} doses: the source's base breaks there; taken as corrections`
        : `on ${day} totals fall in ${areas.size} province${areas.size === 1 ? '' : 's'}, by ${by} doses: taken as corrections`,
    )
}
