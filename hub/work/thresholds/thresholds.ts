import type { Kysely } from 'kysely'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { lockThreshold, readThresholds, writeThreshold } from '../../../db/queries/thresholds.ts'
import type { Database } from '../../../db/schema.ts'
import { INDICATORS, type IndicatorId, WITH_THRESHOLDS } from '../../contract/indicators/index.ts'
import type { Thresholds } from '../../contract/indicators/indicator.ts'
import { thresholdFault } from '../../contract/indicators/thresholds.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { CommandContext } from '../command/run.ts'

/** Every indicator that can be abnormal with its thresholds: those that were set, or the dictionary's. */
export async function listThresholds(trx: Kysely<Database>) {
  const set = new Map((await readThresholds(trx)).map((row) => [row.indicator, row]))
  return WITH_THRESHOLDS.map((indicator) => {
    const { watch, alarm } = set.get(indicator) ?? INDICATORS[indicator].thresholds
    return { indicator, watch, alarm, isDefault: !set.has(indicator) }
  })
}

/**
 * Sets the thresholds of an indicator for every screen.
 * @throws ApiError 422 for an order that is none, or bounds that no value or every value reaches
 */
export async function setThreshold(
  { trx, by, requestId }: CommandContext,
  indicator: IndicatorId,
  { watch, alarm }: Thresholds,
): Promise<{ readonly indicator: IndicatorId } & Thresholds> {
  const fault = thresholdFault(indicator, { watch, alarm })
  if (fault) {
    const [min, max] = INDICATORS[indicator].range
    throw new ApiError(fault, { indicator, watch, alarm, min, max })
  }
  const { watch: watchBefore, alarm: alarmBefore } =
    (await lockThreshold(trx, indicator)) ?? INDICATORS[indicator].thresholds
  await writeThreshold(trx, { indicator, watch, alarm })
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'threshold.set',
    resource: `threshold:${indicator}`,
    details: { watchBefore, watch, alarmBefore, alarm },
  })
  return { indicator, watch, alarm }
}
