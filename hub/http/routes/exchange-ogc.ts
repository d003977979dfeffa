import { readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import type { Feature, Geometry } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { areaFeature, facilityFeatures, isInBox, pageOf, readBox } from '../../work/exchange/features.ts'
import type { AreaDirectory } from '../areas.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { PUBLIC_HEADERS, type PublicNumbers } from '../numbers.ts'
import { fault, json } from '../responses.ts'
import { createRouter } from '../router.ts'

const ROOT = '/api/ogc'
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const CONFORMS = ['core', 'geojson', 'oas30'].map(
  (of) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${of}`,
)
const GEOJSON = { 'Content-Type': 'application/geo+json; charset=utf-8' }
/** Thailand and its sea. */
const EXTENT = [97.3, 5.6, 105.7, 20.5]
const LIMIT_DEFAULT = 1000
const LIMIT_MAX = 10_000
const tags = ['exchange']
const geoJson = z.object({ type: z.string() })

const COLLECTIONS = {
  facilities: 'Hospitals, field hospitals, vaccination points and other sites, with their beds by level',
  provinces: 'The 77 provinces, with their numbers of now',
  districts: 'The districts, by their points; counts of people by fives',
} as const
type Collection = keyof typeof COLLECTIONS

const anything = z.looseObject({})
const got = (description: string) => ({ 200: { description, content: json(anything) } })
const found = { 404: fault('There is no such collection or feature') }
const geo = (description: string) => ({
  200: { description, content: { 'application/geo+json': { schema: geoJson } } },
})
const collectionParams = z.object({ collection: z.string().max(40) })

const landing = open({
  method: 'get',
  path: ROOT,
  tags,
  summary: 'OGC API Features: landing page',
  responses: got('Links'),
})
const conformance = open({
  method: 'get',
  path: `${ROOT}/conformance`,
  tags,
  summary: 'OGC API Features: what it conforms to',
  responses: got('Classes'),
})
const collections = open({
  method: 'get',
  path: `${ROOT}/collections`,
  tags,
  summary: 'OGC API Features: collections',
  responses: got('Collections'),
})
const collection = open({
  method: 'get',
  path: `${ROOT}/collections/{collection}`,
  tags,
  summary: 'OGC API Features: one collection',
  request: { params: collectionParams },
  responses: { ...got('The collection'), ...found },
})
const items = open({
  method: 'get',
  path: `${ROOT}/collections/{collection}/items`,
  tags,
  summary: 'OGC API Features: features as GeoJSON',
  request: {
    params: collectionParams,
    query: z.object({
      bbox: z.string().max(200).optional().describe('west,south,east,north in degrees'),
      limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
  },
  responses: { ...geo('A page'), ...found },
})
const item = open({
  method: 'get',
  path: `${ROOT}/collections/{collection}/items/{item}`,
  tags,
  summary: 'OGC API Features: one feature',
  request: { params: collectionParams.extend({ item: z.string().max(40) }) },
  responses: { ...geo('The feature'), ...found },
})

export function ogcRoutes(deps: AppDeps, areas: AreaDirectory, numbers: () => Promise<PublicNumbers>) {
  const base = (c: HubContext) => `${deps.config.publicUrl ?? new URL(c.req.url).origin}${ROOT}`
  const link = (href: string, rel: string, type = 'application/json', title?: string) => ({
    href,
    rel,
    type,
    ...(title && { title }),
  })
  let shapes: Promise<ReadonlyMap<string, Geometry>> | undefined

  async function featuresOf(name: Collection): Promise<Feature<Geometry | null>[]> {
    const { all, nation } = await numbers()
    if (name === 'facilities') return all().flatMap(facilityFeatures)
    const provinces = await areas.list(NATION)
    const drawn = provinces.filter(({ code }) => !code.endsWith('00'))
    if (name === 'provinces') {
      shapes ??= readShapes()
      const geometry = await shapes
      return drawn.map((place) => areaFeature(place, geometry.get(place.code) ?? null, nation()))
    }
    const byProvince = new Map(provinces.map(({ code }, i) => [code, all()[i]]))
    const lists = await Promise.all(drawn.map(({ code }) => areas.list(code)))
    return lists.flat().flatMap((place) => {
      const of = byProvince.get(place.code.slice(0, 2))
      return of && place.level === 'district' ? [areaFeature(place, null, of)] : []
    })
  }

  const describe = (c: HubContext, name: Collection) => ({
    id: name,
    title: name,
    description: COLLECTIONS[name],
    extent: { spatial: { bbox: [EXTENT], crs: CRS84 } },
    itemType: 'feature',
    crs: [CRS84],
    links: [
      link(`${base(c)}/collections/${name}`, 'self'),
      link(`${base(c)}/collections/${name}/items`, 'items', 'application/geo+json', name),
    ],
  })

  return createRouter()
    .openapi(landing, (c) =>
      c.json(
        {
          title: 'Jitasa',
          description: 'Facilities and areas with their numbers',
          links: [
            link(base(c), 'self'),
            link(
              base(c).replace(ROOT, '/api/openapi.json'),
              'service-desc',
              'application/vnd.oai.openapi+json;version=3.1',
            ),
            link(base(c).replace(ROOT, '/api/reference'), 'service-doc', 'text/html'),
            link(`${base(c)}/conformance`, 'conformance'),
            link(`${base(c)}/collections`, 'data'),
          ],
        },
        200,
        PUBLIC_HEADERS,
      ),
    )
    .openapi(conformance, (c) => c.json({ conformsTo: CONFORMS }, 200, PUBLIC_HEADERS))
    .openapi(collections, (c) =>
      c.json(
        {
          links: [link(`${base(c)}/collections`, 'self')],
          collections: Object.keys(COLLECTIONS).map((name) => describe(c, demandCollection(name))),
        },
        200,
        PUBLIC_HEADERS,
      ),
    )
    .openapi(collection, (c) =>
      c.json(describe(c, demandCollection(c.req.valid('param').collection)), 200, PUBLIC_HEADERS),
    )
    .openapi(items, async (c) => {
      const { bbox, limit, offset } = c.req.valid('query')
      const name = demandCollection(c.req.valid('param').collection)
      const box = bbox === undefined ? undefined : readBox(bbox)
      if (bbox !== undefined && box === undefined) throw unfitField('query', 'bbox', 'wrong')
      const all = await featuresOf(name)
      const page = pageOf(box ? all.filter((one) => isInBox(one, box)) : all, offset, limit)
      const at = (from: number) => {
        const query = new URLSearchParams({ ...(bbox && { bbox }), limit: String(limit), offset: String(from) })
        return `${base(c)}/collections/${name}/items?${query}`
      }
      const links = [link(at(offset), 'self', 'application/geo+json')]
      if (offset + limit < page.numberMatched) links.push(link(at(offset + limit), 'next', 'application/geo+json'))
      const timeStamp = new Date(deps.clock.now()).toISOString()
      const answer = { ...page, timeStamp, links } as z.input<typeof geoJson>
      return c.json(answer, 200, { ...PUBLIC_HEADERS, ...GEOJSON })
    })
    .openapi(item, async (c) => {
      const { collection: of, item: id } = c.req.valid('param')
      const name = demandCollection(of)
      const one = (await featuresOf(name)).find((each) => each.id === id)
      if (one === undefined) throw new ApiError('not_found', undefined, { values: { what: 'feature', id } })
      const at = `${base(c)}/collections/${name}`
      const links = [link(`${at}/items/${id}`, 'self', 'application/geo+json'), link(at, 'collection')]
      return c.json({ ...one, links }, 200, { ...PUBLIC_HEADERS, ...GEOJSON })
    })
}

function demandCollection(name: string): Collection {
  if (Object.hasOwn(COLLECTIONS, name)) return name as Collection
  throw new ApiError('not_found', undefined, { values: { what: 'collection', id: name } })
}

/** The polygons of the provinces, by code. */
async function readShapes(): Promise<ReadonlyMap<string, Geometry>> {
  const file = new URL('../../../db/areas/provinces.topo.json', import.meta.url)
  const topology = JSON.parse(await readFile(file, 'utf8')) as Topology<{ provinces: GeometryCollection }>
  const { features } = feature(topology, topology.objects.provinces)
  return new Map(features.map(({ id, geometry }) => [String(id), geometry]))
}
