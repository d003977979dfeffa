import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { careDefaults, writeCareDefaults } from '../../../db/queries/care.ts'
import { demand } from '../../authorize/demand.ts'
import type { careDefaultsBody, careDefaultsQuery, Owed } from '../../contract/api/care.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { isProvince, NATION } from '../../contract/vocabulary/areas.ts'
import type { CareItem } from '../../contract/vocabulary/care.ts'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'
import type { CommandContext } from '../command/run.ts'

const ONCE = ['oximeter', 'thermometer', 'medicine'] as const
type Row = Awaited<ReturnType<typeof careDefaults>>[number]

function owedBy(rows: readonly Row[]): Owed {
  const times = (item: CareItem) => rows.find((row) => row.item === item)?.timesPerDay ?? 0
  const once = (item: CareItem) => rows.some((row) => row.item === item)
  return {
    call: times('call'),
    meals: times('meals'),
    ...{ oximeter: once('oximeter'), thermometer: once('thermometer'), medicine: once('medicine') },
  }
}

function rowsOf(owed: Owed): { item: CareItem; timesPerDay: number | null }[] {
  return [
    { item: 'call', timesPerDay: owed.call },
    ...(owed.meals > 0 ? [{ item: 'meals' as const, timesPerDay: owed.meals }] : []),
    ...ONCE.filter((item) => owed[item]).map((item) => ({ item, timesPerDay: null })),
  ]
}

/** What each severity is owed in a province, as it says or the nation; or in the nation. */
export async function showCareDefaults({ trx }: CommandContext, { area }: z.output<typeof careDefaultsQuery>) {
  const rows = await careDefaults(trx, [NATION, area])
  const severities = SEVERITIES.map((severity) => {
    const of = (one: string) => rows.filter((row) => row.area === one && row.severity === severity)
    const own = of(area)
    return { severity, own: own.length > 0, owed: owedBy(own.length > 0 ? own : of(NATION)) }
  })
  return { area, severities }
}

/**
 * Sets what a severity is owed, for everybody at home there, at once; null gives a province back what the nation owes.
 * @throws ApiError 422 of a province that is none, and of a nation that would owe nothing
 */
export async function setCareDefaults(
  context: CommandContext,
  _: number,
  { area, severity, owed }: z.output<typeof careDefaultsBody>,
) {
  const { trx, by, requestId } = context
  if (area !== NATION && !isProvince(area)) throw wrongField('area', 'area_unknown')
  demand(by.grant, 'care.plan', { area })
  if (owed === null && area === NATION) throw wrongField('owed', 'required')
  await writeCareDefaults(trx, { area, severity }, owed === null ? [] : rowsOf(owed))
  const after = await showCareDefaults(context, { area })
  const now = after.severities.find((one) => one.severity === severity)
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'care.plan',
    resource: `care:${severity}`,
    area,
    details: { ...now?.owed, own: now?.own ?? false },
  })
  return after
}
