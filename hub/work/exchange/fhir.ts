import { z } from 'zod'
import type { bedsBody } from '../../contract/api/reports.ts'
import { BED_LEVELS, BED_STATES, type BedState } from '../../contract/vocabulary/beds.ts'
import { DOSE_NUMBERS } from '../../contract/vocabulary/doses.ts'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'
import type { Numbers, Reading } from './numbers.ts'

/**
 * FHIR R4 MeasureReport in the shape of IHE mADX 3.0.0 (a subject; groups with a population's count and strata with
 * components and a score), which HL7 US SAFR 1.0.0 fills with bed counts alike.
 */
export const MEASURES = ['beds', 'cases', 'doses'] as const
export type MeasureName = (typeof MEASURES)[number]

const PROFILE = 'https://profiles.ihe.net/QRPH/mADX/StructureDefinition/mADX-MeasureReport'
const POPULATION = 'http://terminology.hl7.org/CodeSystem/measure-population'
const ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'
/** UTC+7, all year */
const BANGKOK = '+07:00'

/** One line of a measure: what is counted as a whole, and its parts along one dimension. */
type Group = {
  readonly code: string
  readonly count: Reading
  readonly dimension?: string
  readonly parts?: readonly (readonly [value: string, score: Reading])[]
}

/** `base`: the address of the FHIR endpoint, of which the codes are. */
export type Report = {
  readonly base: string
  readonly measure: MeasureName
  /** of a facility `Location/12`, of an area `Location/area-50` */
  readonly subject: string
  readonly name: string
  readonly numbers: Numbers
  /** a Bangkok day */
  readonly day: string
}

const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
const absent = (why: string) => ({ extension: [{ url: ABSENT_REASON, valueCode: why }] })
const count = (value: Reading) => (typeof value === 'number' ? { count: value } : { _count: absent(value) })
const score = (value: Reading) => (typeof value === 'number' ? { value } : { _value: absent(value) })

/** @param area the cells are of */
export function areaReport(report: Report, area: string) {
  return measureReport(report, GROUPS[report.measure](report.numbers, area, report.day))
}

/** Beds of one facility, as it last counted them. */
export function facilityReport(report: Report, facility: number) {
  const rows = report.numbers.rows('beds').filter((row) => row.facility === facility)
  const groups = BED_STATES.map((state) => ({
    code: `beds.${state}`,
    count: rows.length === 0 ? ('unknown' as const) : rows.reduce((sum, row) => sum + row[state], 0),
    dimension: 'level',
    parts: rows.map((row) => [row.level, row[state]] as const),
  }))
  const counted = Math.max(0, ...rows.map(({ reportedAt }) => reportedAt))
  return measureReport(report, groups, counted === 0 ? undefined : counted)
}

const GROUPS: Readonly<Record<MeasureName, (numbers: Numbers, area: string, day: string) => Group[]>> = {
  beds: ({ read }, area) =>
    BED_STATES.map((state) => {
      const parts = BED_LEVELS.map((level) => [level, read(`beds.${state}.${level}`, area)] as const)
      const known = parts.map(([, value]) => value).filter((value) => typeof value === 'number')
      return {
        code: `beds.${state}`,
        count: known.length === parts.length ? known.reduce((sum, value) => sum + value, 0) : 'unknown',
        dimension: 'level',
        parts,
      }
    }),
  cases: ({ read }, area, day) => [
    { code: 'cases', count: read(`cases@${day}`, area) },
    { code: 'deaths', count: read(`deaths@${day}`, area) },
    { code: 'recovered', count: read(`recovered@${day}`, area) },
    ...SEVERITIES.map((severity) => ({ code: `waiting.${severity}`, count: read(`waiting.${severity}`, area) })),
  ],
  doses: ({ read }, area, day) =>
    DOSE_NUMBERS.map((dose) => ({ code: `doses.${dose}`, count: read(`doses.${dose}@${day}`, area) })),
}

function measureReport(
  { base, measure, subject, name, numbers, day }: Report,
  groups: readonly Group[],
  countedAt = numbers.at,
) {
  const codes = `${base}/CodeSystem/${measure}`
  return {
    resourceType: 'MeasureReport',
    id: `${measure}-${subject.replace('/', '-')}-${day}`,
    meta: { profile: [PROFILE] },
    status: 'complete',
    type: 'summary',
    measure: `${base}/Measure/${measure}`,
    subject: { reference: subject, display: name },
    date: new Date(countedAt).toISOString(),
    period: { start: `${day}T00:00:00${BANGKOK}`, end: `${day}T23:59:59${BANGKOK}` },
    group: groups.map((group) => ({
      code: coding(codes, group.code),
      population: [{ code: coding(POPULATION, 'initial-population'), ...count(group.count) }],
      ...(group.parts &&
        group.parts.length > 0 && {
          stratifier: [
            {
              code: [coding(codes, group.dimension ?? '')],
              stratum: group.parts.map(([value, of]) => ({
                component: [{ code: coding(codes, group.dimension ?? ''), value: { text: value } }],
                measureScore: score(of),
              })),
            },
          ],
        }),
    })),
  }
}

export function searchset(resource: object, url: string) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: 1,
    link: [{ relation: 'self', url }],
    entry: [{ resource, search: { mode: 'match' } }],
  }
}

const concept = z.looseObject({
  coding: z.array(z.looseObject({ code: z.string() })).optional(),
  text: z.string().optional(),
})
/** A count of beds that comes in. What this hub does not know in it is left alone. */
export const measureReportIn = z
  .looseObject({
    resourceType: z.literal('MeasureReport'),
    status: z.literal('complete'),
    measure: z.string().regex(/\/Measure\/beds(?:\|.*)?$/, 'choice'),
    subject: z.looseObject({ reference: z.string().regex(/^(?:.*\/)?Location\/\d{1,9}$/, 'facility_unknown') }),
    date: z.iso.datetime({ offset: true }).meta({ description: 'when it was counted' }),
    group: z
      .array(
        z.looseObject({
          code: concept,
          stratifier: z
            .array(
              z.looseObject({
                stratum: z
                  .array(
                    z.looseObject({
                      component: z
                        .array(z.looseObject({ code: concept, value: concept }))
                        .max(10)
                        .optional(),
                      value: concept.optional(),
                      measureScore: z.looseObject({ value: z.number() }),
                    }),
                  )
                  .max(20),
              }),
            )
            .max(10),
        }),
      )
      .min(1)
      .max(20),
  })
  .meta({ id: 'MeasureReport' })

type Incoming = z.output<typeof measureReportIn>
const nameOf = (of: z.output<typeof concept> | undefined) => of?.text ?? of?.coding?.[0]?.code ?? ''

/** @returns what the form for beds would send: levels with the states that were counted, for `bedsBody` to judge */
export function bedsOfReport({ subject, date, group }: Incoming): {
  readonly facility: number
  readonly body: z.input<typeof bedsBody>
} {
  const levels = new Map<string, Partial<Record<BedState, number>>>()
  for (const { code, stratifier } of group) {
    const state = BED_STATES.find((one) => nameOf(code) === `beds.${one}`)
    if (state === undefined) continue
    for (const { component, value, measureScore } of stratifier.flatMap(({ stratum }) => stratum)) {
      const level = nameOf(component?.find((one) => nameOf(one.code) === 'level')?.value ?? value)
      levels.set(level, { ...levels.get(level), [state]: measureScore.value })
    }
  }
  const counted = [...levels].map(([level, counts]) => ({ level, ...counts }))
  const facility = Number(subject.reference.slice(subject.reference.lastIndexOf('/') + 1))
  return { facility, body: { sourceAt: date, levels: counted as z.input<typeof bedsBody>['levels'] } }
}
