import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { day } from '../../contract/api/common.ts'
import { bedsBody } from '../../contract/api/reports.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField, wrongInput } from '../../contract/refusals/wrong-fields.ts'
import { isProvince } from '../../contract/vocabulary/areas.ts'
import { BED_STATES } from '../../contract/vocabulary/beds.ts'
import { requestHash, runCommand } from '../../work/command/run.ts'
import {
  areaReport,
  bedsOfReport,
  facilityReport,
  MEASURES,
  measureReportIn,
  type Report,
  searchset,
} from '../../work/exchange/fhir.ts'
import { reportBeds } from '../../work/reports/reports.ts'
import { open, secured, signedInCommander } from '../auth/secured.ts'
import { givenKey } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { numbersFor } from '../numbers.ts'
import { fault, taken } from '../responses.ts'
import { createRouter } from '../router.ts'

const FHIR_JSON = { 'Content-Type': 'application/fhir+json; charset=utf-8' }
const tags = ['exchange']
const answer = z.looseObject({ resourceType: z.string() })
const fhir = (description: string) => ({ description, content: { 'application/fhir+json': { schema: answer } } })

const search = open({
  method: 'get',
  path: '/api/fhir/MeasureReport',
  tags,
  summary: 'FHIR R4: beds, cases or doses of an area or facility, in the shape of IHE mADX 3.0.0',
  request: {
    query: z.object({
      measure: z.enum(MEASURES),
      subject: z
        .string()
        .regex(/^(?:Location\/\d{1,9}|TH|\d{2}|\d{4})$/, 'area_unknown')
        .default('TH')
        .describe('an area code, or Location/<number of a facility> for its beds'),
      day: day.optional().describe('default: the operation’s day'),
    }),
  },
  responses: { 200: fhir('A Bundle with one MeasureReport'), 404: fault('There is no such facility') },
})

const report = secured(
  {
    method: 'post',
    path: '/api/fhir/MeasureReport',
    tags,
    summary: 'FHIR R4: a facility reports its beds, by the same command as the form',
    request: { body: taken(measureReportIn) },
    responses: {
      200: fhir('The beds as they stand now'),
      400: fault('Fields are wrong'),
      404: fault('No such facility in your area'),
      409: fault('A newer count stands'),
      422: fault('A value is not possible'),
    },
  },
  'facility.report',
)

export function fhirRoutes(deps: AppDeps) {
  const base = `${deps.config.publicUrl ?? ''}/api/fhir`

  /** @param code of an area, 2 or 4 digits, whose numbers are read, or TH */
  async function reportOf(c: HubContext, asked: Omit<Report, 'base' | 'numbers' | 'day'>, code: string, of?: string) {
    const { numbers, headers } = await numbersFor(deps, c, code)
    return { report: { ...asked, base, numbers, day: of ?? numbers.today }, headers }
  }

  const bedsOf = async (c: HubContext, facility: number) => {
    const row = deps.situation.row(`facility/${facility}`)
    if (row === undefined) throw new ApiError('not_found', undefined, { values: { what: 'facility', id: facility } })
    const subject = `Location/${facility}`
    const asked = { measure: 'beds' as const, subject, name: String(row[5]) }
    const found = await reportOf(c, asked, String(row[3]))
    return { resource: facilityReport(found.report, facility), headers: found.headers }
  }

  return createRouter()
    .openapi(search, async (c) => {
      const { measure, subject, day: of } = c.req.valid('query')
      const facility = /^Location\/(\d+)$/.exec(subject)?.[1]
      if (facility !== undefined) {
        if (measure !== 'beds') throw unfitField('query', 'measure', 'choice')
        const { resource, headers } = await bedsOf(c, Number(facility))
        return c.json(searchset(resource, c.req.url), 200, { ...headers, ...FHIR_JSON })
      }
      if (subject !== 'TH' && !isProvince(subject.slice(0, 2))) throw unfitField('query', 'subject', 'area_unknown')
      const asked = { measure, subject: `Location/area-${subject}`, name: subject }
      const found = await reportOf(c, asked, subject, of)
      return c.json(searchset(areaReport(found.report, subject), c.req.url), 200, { ...found.headers, ...FHIR_JSON })
    })
    .openapi(report, async (c) => {
      const input = c.req.valid('json')
      const { facility, body } = bedsOfReport(input)
      const beds = bedsBody.safeParse(body)
      if (!beds.success) throw wrongInput('json', beds.error)
      // A FHIR client sends no key: the same report is the same request.
      const hash = requestHash(`${c.req.method} ${c.req.path}`, input)
      const key = givenKey(c) ?? `fhir-${createHash('sha256').update(hash).digest('hex')}`
      const by = await signedInCommander(c)
      const done = await runCommand(deps, by, { key, hash, requestId: c.get('requestId') }, async (context) => ({
        status: 200,
        body: await reportBeds(context, facility, beds.data),
      }))
      return c.json({ resourceType: 'Parameters', parameter: parametersOf(done.body) }, 200, FHIR_JSON)
    })
}

/** What stands after a report, level by level: the stream has not brought it to the cells yet. */
function parametersOf({ facility, levels }: Awaited<ReturnType<typeof reportBeds>>) {
  return [
    { name: 'subject', valueReference: { reference: `Location/${facility}` } },
    ...levels.map((row) => ({
      name: 'level',
      part: [
        { name: 'level', valueCode: row.level },
        ...BED_STATES.map((state) => ({ name: state, valueInteger: row[state] })),
      ],
    })),
  ]
}
