import { z } from '@hono/zod-openapi'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField, wrongInput } from '../../contract/refusals/wrong-fields.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import {
  ENTITIES,
  ENTITY_SETS,
  isEntitySet,
  metadata,
  odataQuery,
  readFilter,
  readSelect,
  selected,
} from '../../work/exchange/odata.ts'
import type { AreaDirectory } from '../areas.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { PUBLIC_HEADERS, type PublicNumbers } from '../numbers.ts'
import { fault, json } from '../responses.ts'
import { createRouter } from '../router.ts'

const ROOT = '/api/odata'
/** What one answer holds; the rest is behind its nextLink. */
const PAGE = 5000
const VERSION = { ...PUBLIC_HEADERS, 'OData-Version': '4.0' }
const JSON_MINIMAL = { ...VERSION, 'Content-Type': 'application/json;odata.metadata=minimal' }
const XML = { ...VERSION, 'Content-Type': 'application/xml; charset=utf-8' }
const tags = ['exchange']
/** The properties of a row are those of `$metadata`. */
const page = z.object({ value: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) })

const service = open({
  method: 'get',
  path: ROOT,
  tags,
  summary: 'OData 4.0: the lists there are, for Excel and Power BI',
  responses: { 200: { description: 'The service document', content: json(z.looseObject({})) } },
})
const model = open({
  method: 'get',
  path: `${ROOT}/$metadata`,
  tags,
  summary: 'OData 4.0: the entity data model',
  responses: { 200: { description: 'CSDL', content: { 'application/xml': { schema: z.string() } } } },
})
const list = open({
  method: 'get',
  path: `${ROOT}/{entitySet}`,
  tags,
  summary: 'OData 4.0: a list; $top, $skip, $select, $count and $filter by comparisons joined by "and"',
  request: { params: z.object({ entitySet: z.string().max(40) }) },
  responses: {
    200: { description: 'A page', content: json(page) },
    400: fault('The query is not understood'),
    404: fault('There is no such list'),
  },
})

export function odataRoutes(deps: AppDeps, areas: AreaDirectory, numbers: () => Promise<PublicNumbers>) {
  const base = (c: HubContext) => `${deps.config.publicUrl ?? new URL(c.req.url).origin}${ROOT}`
  return createRouter()
    .openapi(service, (c) => {
      const value = Object.keys(ENTITY_SETS).map((name) => ({ name, kind: 'EntitySet', url: name }))
      return c.json({ '@odata.context': `${base(c)}/$metadata`, value }, 200, JSON_MINIMAL)
    })
    .openapi(model, (c) => c.body(metadata(), 200, XML))
    .openapi(list, async (c) => {
      const { entitySet } = c.req.valid('param')
      if (!isEntitySet(entitySet))
        throw new ApiError('not_found', undefined, { values: { what: 'list', id: entitySet } })
      // Not by the route: an option that is not known is refused, and other parameters are a proxy's own.
      const options = Object.entries(c.req.query()).filter(([name]) => name.startsWith('$'))
      const query = odataQuery.safeParse(Object.fromEntries(options))
      if (!query.success) throw wrongInput('query', query.error)
      const { $top, $skip, $filter, $select, $count } = query.data
      const type = ENTITY_SETS[entitySet]
      const filter = $filter === undefined ? undefined : readFilter($filter, type)
      if ($filter !== undefined && filter === undefined) throw unfitField('query', '$filter', 'wrong')
      const names = $select === undefined ? undefined : readSelect($select, type)
      if ($select !== undefined && names === undefined) throw unfitField('query', '$select', 'wrong')
      const { all, nation } = await numbers()
      const places = (await areas.list(NATION)).filter(({ code }) => !code.endsWith('00'))
      const every = ENTITIES[entitySet]({ nation: nation(), provinces: all(), places })
      const rows = filter ? every.filter(filter) : every
      const end = $top === undefined ? rows.length : Math.min(rows.length, $skip + $top)
      const until = Math.min(end, $skip + PAGE)
      const value = rows.slice($skip, until).map((row) => selected(row, names))
      const context = `${base(c)}/$metadata#${entitySet}${names ? `(${names.join(',')})` : ''}`
      const answer = {
        '@odata.context': context,
        ...($count === 'true' && { '@odata.count': rows.length }),
        value,
        ...(until < end && { '@odata.nextLink': nextLink(`${base(c)}/${entitySet}`, options, until, end) }),
      }
      return c.json(answer as z.input<typeof page>, 200, JSON_MINIMAL)
    })
}

function nextLink(list: string, options: readonly (readonly [string, string])[], skip: number, end: number): string {
  const next = new Map(options)
  next.set('$skip', String(skip))
  if (next.has('$top')) next.set('$top', String(end - skip))
  return `${list}?${[...next].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
