import { readFacility } from '../../../db/queries/facilities.ts'
import { dosesOfDay, testsOfDay } from '../../../db/queries/reports.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { CommandContext } from '../command/run.ts'
import { reportTests, reportVaccinations } from '../reports/reports.ts'
import type { Total } from './dhis2.ts'

export type Taken = {
  readonly imported: number
  readonly updated: number
  readonly ignored: number
  readonly deleted: 0
}

/**
 * A warehouse says totals of a day, this hub keeps reports: what differs from what stands is reported by the commands of
 * the forms, as a correction where something stood.
 */
export async function takeTotals(
  context: CommandContext,
  totals: readonly Total[],
  acceptImplausible: boolean,
): Promise<Taken> {
  const taken = { imported: 0, updated: 0, ignored: 0, deleted: 0 as const }
  for (const [i, total] of totals.entries()) {
    // Reports are kept once for a key, and a set holds many.
    const own = { ...context, key: `${context.key}:${i}` }
    const before =
      total.of === 'tests'
        ? await takeTests(own, total, acceptImplausible)
        : await takeDoses(own, total, acceptImplausible)
    taken[before === 'same' ? 'ignored' : before === 'none' ? 'imported' : 'updated'] += 1
  }
  return taken
}

/** What stood before: nothing, the same, or another number. */
type Before = 'none' | 'same' | 'other'
const common = (acceptImplausible: boolean) => ({ acceptImplausible, acceptSame: true, sourceAt: undefined })

async function takeTests(context: CommandContext, total: Total & { of: 'tests' }, accept: boolean): Promise<Before> {
  const { district, day, kind } = total
  const before = await testsOfDay(context.trx, district, day, kind)
  const tested = (total.tested ?? before.tested) - before.tested
  const positive = (total.positive ?? before.positive) - before.positive
  const correction = before.tested !== 0
  if (before.tested + tested < before.positive + positive)
    throw wrongField(`dataValues.${total.index}.value`, 'positive_more')
  if (tested === 0 && positive === 0) return 'same'
  const report = { ...common(accept), area: district, day, kind, correction }
  // No report has more positive than tested: then all is taken back and reported anew.
  const anew = Math.abs(positive) > Math.abs(tested)
  if (anew) {
    const back = { ...report, tested: -before.tested, positive: -before.positive }
    await reportTests({ ...context, key: `${context.key}:back` }, back)
  }
  const again = anew ? before : { tested: 0, positive: 0 }
  await reportTests(context, { ...report, tested: tested + again.tested, positive: positive + again.positive })
  return correction ? 'other' : 'none'
}

async function takeDoses(context: CommandContext, total: Total & { of: 'doses' }, accept: boolean): Promise<Before> {
  const { facility, day, dose } = total
  const found = await readFacility(context.trx, facility)
  const before =
    found === undefined ? 0 : await dosesOfDay(context.trx, { district: found.district, facility, day, dose })
  const doses = total.doses - before
  if (doses === 0 && found !== undefined) return 'same'
  const correction = before !== 0
  await reportVaccinations(context, facility, {
    ...common(accept),
    day,
    correction,
    rows: [{ dose, group: 'unknown', vaccine: 'unknown', doses }],
  })
  return correction ? 'other' : 'none'
}
