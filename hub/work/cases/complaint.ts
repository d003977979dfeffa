import { audit } from '../../../db/queries/accounts-audit.ts'
import { mergedCases } from '../../../db/queries/cases.ts'
import { checksOf } from '../../../db/queries/checks.ts'
import { complaintsOf, insertComplaint } from '../../../db/queries/complaints.ts'
import { symptomsOfCheck } from '../../contract/vocabulary/care.ts'
import { INFANT_MONTHS_MAX, monthsOld } from '../../contract/vocabulary/people.ts'
import type { Severity } from '../../contract/vocabulary/severity.ts'
import { bangkokDay } from '../command/days.ts'
import type { Birth } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { openCase } from './case-access.ts'
import { areaOf } from './case-area.ts'
import { type Complaint, hasDangerSign, wantsReason } from './severity.ts'

const AGE_MAX = 150
/** Daily checks that are shown: two weeks, twice a day. */
const CHECKS_MAX = 28
const TRIAGED = ['red', 'yellow', 'green'] as const

/** All that was said of a case's person, as the machines of hub/work take it. */
export async function saidOf({ trx }: Pick<CommandContext, 'trx'>, id: number) {
  return (await complaintsOf(trx, id)).map(toComplaint)
}

/**
 * Symptoms, oxygen saturation, risks and age, as they were told: to those who triage in the area, hold a need of the
 * case, or supervise; without a name, but each time with a row in the audit log, for it is about somebody's health.
 */
export async function readComplaint(context: CommandContext, id: number) {
  const { trx, by, requestId } = context
  const { facts } = await openCase(context, id, 'case.complaint')
  await audit(trx, {
    actor: by.account,
    role: by.role,
    action: 'case.complaint',
    resource: `case:${id}`,
    area: areaOf(facts),
    requestId,
  })
  const said = await complaintsOf(trx, id)
  const current = { severity: facts.severity, severityAt: facts.severity_at.getTime() }
  const complaints = said.map(toComplaint)
  const checks = await checksOf(trx, [id, ...(await mergedCases(trx, id))], CHECKS_MAX)
  return {
    id,
    checks: checks.map(({ spo2, temperature, feeling, actor, said_by, at: told }) => ({
      feeling,
      spo2,
      temperature: temperature === null ? null : Number(temperature),
      danger: hasDangerSign({ symptoms: symptomsOfCheck({ feeling }), risks: [], spo2: spo2 ?? undefined }),
      own: actor === null,
      by: said_by,
      at: told.getTime(),
    })),
    said: said.map((row) => {
      const { said_by: by, said_at: at, age_months: ageMonths, ...each } = row
      return { ...each, ageMonths, danger: hasDangerSign(toComplaint(row)), by, at: at.getTime() }
    }),
    reasonFor: TRIAGED.filter((severity: Severity) => wantsReason(current, severity, complaints)),
  }
}

/** Adds what was said to the case; nothing when nothing of it was. @returns its number */
export async function keepComplaint(
  { trx, by, now }: CommandContext,
  { id, district }: { readonly id: number; readonly district: string },
  complaint: Complaint | undefined,
  birth: Birth,
  at: Date,
): Promise<number | null> {
  const { symptoms = [], risks = [], spo2 = null } = complaint ?? {}
  const { years: age, months: age_months } = ageOf(birth, now)
  if (symptoms.length === 0 && risks.length === 0 && spo2 === null && age === null) return null
  const said = { symptoms: [...new Set(symptoms)], risks: [...new Set(risks)], spo2, age, age_months }
  return insertComplaint(trx, { case_id: id, district, said_by: by.label, said_at: at, ...said })
}

/**
 * In years, or one less until the birthday, of which nobody asks; of an infant whose month was told, in months too. A
 * year that cannot be is nobody's age.
 */
function ageOf({ birthYear, birthMonth }: Birth, now: number): { years: number | null; months: number | null } {
  if (birthYear === undefined) return { years: null, months: null }
  const today = bangkokDay(now)
  const months = birthMonth === undefined ? null : monthsOld(birthYear, birthMonth, today)
  const years = months === null ? Number(today.slice(0, 4)) - birthYear : Math.floor(months / 12)
  if (years < 0 || years > AGE_MAX) return { years: null, months: null }
  return { years, months: months !== null && months <= INFANT_MONTHS_MAX ? months : null }
}

function toComplaint(row: Awaited<ReturnType<typeof complaintsOf>>[number]) {
  return { symptoms: row.symptoms, risks: row.risks, spo2: row.spo2 ?? undefined, at: row.said_at.getTime() }
}
