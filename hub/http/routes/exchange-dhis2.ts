import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import { parse } from 'csv-parse/sync'
import { day } from '../../contract/api/common.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField, wrongInput } from '../../contract/refusals/wrong-fields.ts'
import { isProvince, NATION } from '../../contract/vocabulary/areas.ts'
import { addDays } from '../../contract/vocabulary/days.ts'
import { DAYS_OWN } from '../../contract/vocabulary/metrics.ts'
import { requestHash, runCommand } from '../../work/command/run.ts'
import {
  type CSV_HEAD,
  csvOf,
  dataValueSetIn,
  dataValuesOf,
  dhis2Mapping,
  totalsOf,
} from '../../work/exchange/dhis2.ts'
import { takeTotals } from '../../work/exchange/take-totals.ts'
import type { AreaDirectory } from '../areas.ts'
import { open, secured, signedInCommander } from '../auth/secured.ts'
import { givenKey } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { numbersFor } from '../numbers.ts'
import { fault, json, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const PATH = '/api/dhis2/dataValueSets'
const tags = ['exchange']
const CSV = { 'Content-Type': 'application/csv; charset=utf-8' }
const dataValue = z.object({ dataElement: z.string(), period: z.string(), orgUnit: z.string(), value: z.string() })
const ROWS_MAX = 5001

const out = open({
  method: 'get',
  path: PATH,
  tags,
  summary: 'DHIS2: the numbers of an area and what is inside it as data values, JSON or CSV',
  request: {
    query: z.object({
      orgUnit: z
        .string()
        .regex(/^(?:TH|\d{2})$/, 'area_unknown')
        .default('TH')
        .describe('TH or a province'),
      children: z.enum(['true', 'false']).default('true').describe('with the areas right inside'),
      startDate: day.optional().describe('default: the operation’s day'),
      endDate: day.optional(),
      format: z.enum(['json', 'csv']).default('json'),
    }),
  },
  responses: {
    200: {
      description: 'A data value set',
      content: {
        'application/json': { schema: z.object({ dataValues: z.array(dataValue) }) },
        'application/csv': { schema: z.string() },
      },
    },
    400: fault('The request is wrong'),
  },
})

const take = secured(
  {
    method: 'post',
    path: PATH,
    tags,
    summary: 'DHIS2: totals of tests by district and doses by facility come in, as reports and corrections',
    request: {
      query: z.object({ acceptImplausible: z.enum(['true', 'false']).default('false') }),
      body: {
        required: true,
        description: 'a data value set: JSON, or CSV under application/csv',
        content: { ...json(z.looseObject({})), 'application/csv': { schema: z.string() } },
      },
    },
    responses: {
      200: ok(
        'What became of it',
        z.object({
          status: z.literal('SUCCESS'),
          importCount: z.object({
            imported: z.number(),
            updated: z.number(),
            ignored: z.number(),
            deleted: z.number(),
          }),
        }),
      ),
      400: fault('A value cannot be read: `details` says which'),
      404: fault('No such place in your area'),
      409: fault('Not possible now'),
      422: fault('A value is not possible'),
    },
  },
  'test.report',
)

export function dhis2Routes(deps: AppDeps, areas: AreaDirectory) {
  const mapping = deps.config.dhis2Mapping === undefined ? undefined : readMapping(deps.config.dhis2Mapping)
  // Whoever asks first is told; until then nothing listens to it.
  mapping?.catch(() => undefined)
  return createRouter()
    .openapi(out, async (c) => {
      const { orgUnit, children, startDate, endDate, format } = c.req.valid('query')
      if (orgUnit !== NATION && !isProvince(orgUnit)) throw unfitField('query', 'orgUnit', 'area_unknown')
      const { numbers, headers } = await numbersFor(deps, c, orgUnit)
      const inside = children === 'true' ? (await areas.list(orgUnit)).map(({ code }) => code) : []
      const days = daysBetween(startDate ?? endDate ?? numbers.today, endDate ?? startDate ?? numbers.today)
      const dataValues = dataValuesOf(numbers, [orgUnit, ...inside], days, await mapping)
      return format === 'csv'
        ? c.body(csvOf(dataValues), 200, { ...headers, ...CSV })
        : c.json({ dataValues }, 200, headers)
    })
    .openapi(take, async (c) => {
      const body = await bodyOf(c)
      const set = dataValueSetIn.safeParse(body)
      if (!set.success) throw wrongInput('json', set.error)
      const totals = totalsOf(set.data, await mapping)
      if ('field' in totals) {
        const key =
          totals.field === 'period' ? 'day_wrong' : totals.field === 'orgUnit' ? 'area_unknown' : 'metric_unknown'
        throw unfitField('json', `dataValues.${totals.index}.${totals.field}`, key)
      }
      const hash = requestHash(`${c.req.method} ${c.req.path}`, set.data)
      const accept = c.req.valid('query').acceptImplausible === 'true'
      // A set that comes again later may be right again: only while it is repeated within the minute is it the same request.
      const minute = Math.floor(deps.clock.now() / 60_000)
      const own = createHash('sha256').update(hash).update(`${accept}:${minute}`).digest('hex')
      const key = givenKey(c) ?? `dhis2-${own}`
      const by = await signedInCommander(c)
      const done = await runCommand(deps, by, { key, hash, requestId: c.get('requestId') }, async (context) => ({
        status: 200,
        body: await takeTotals(context, totals, accept),
      }))
      return c.json({ status: 'SUCCESS' as const, importCount: done.body }, 200)
    })
}

/** @throws RangeError of zod for a file that is no mapping */
async function readMapping(path: string) {
  return dhis2Mapping.parse(JSON.parse(await readFile(path, 'utf8')))
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = from; at <= to; at = addDays(at, 1)) {
    days.push(at)
    if (days.length > DAYS_OWN) throw unfitField('query', 'startDate', 'wrong')
  }
  return days
}

async function bodyOf(c: HubContext): Promise<unknown> {
  if (!/csv/i.test(c.req.header('content-type') ?? '')) return c.req.json()
  try {
    const rows: string[][] = parse(await c.req.text(), {
      bom: true,
      trim: true,
      relax_column_count: true,
      to: ROWS_MAX + 1,
    })
    const [head = [], ...lines] = rows
    const at = (name: (typeof CSV_HEAD)[number]) => head.findIndex((each) => each.toLowerCase() === name)
    const [element, period, unit, value] = [at('dataelement'), at('period'), at('orgunit'), at('value')]
    return {
      dataValues: lines.map((line) => ({
        dataElement: line[element] ?? '',
        period: line[period] ?? '',
        orgUnit: line[unit] ?? '',
        value: line[value] ?? '',
      })),
    }
  } catch (error) {
    throw new ApiError('invalid_input', undefined, { message: `The CSV cannot be read: ${(error as Error).message}` })
  }
}
