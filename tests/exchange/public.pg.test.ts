import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Group } from '../../hub/situation/change.ts'
import { COUNTED } from '../../hub/situation/counted.ts'
import type { Situation } from '../../hub/situation/situation.ts'
import { hubForFile } from '../support/for-file.ts'
import { TODAY } from './hub.ts'

const clock = { at: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.at }
const { hub, database } = await hubForFile(() => ({ clock }))

const DISTRICTS = ['5001', '5002', '5003', '5000']
const SEEN = ['50', ...DISTRICTS]
const DAYS = `from=${TODAY}&to=${TODAY}`

/** Everything somebody without an account can ask that may speak of a district of province 50. */
const ADDRESSES = [
  '/api/situation?scope=nation',
  '/api/situation?scope=public:50',
  '/feed/nation/e/snapshot-{position}',
  '/feed/public:50/e/snapshot-{position}',
  ...SEEN.flatMap((area) => ['cases', 'doses'].map((of) => `/api/fhir/MeasureReport?measure=${of}&subject=${area}`)),
  '/api/ogc/collections/districts/items?limit=10000&bbox=98,17.2,99.7,20.2',
  '/api/ogc/collections/provinces/items/50',
  '/api/ogc/collections/facilities/items',
  ...DISTRICTS.slice(0, -1).map((district) => `/api/ogc/collections/districts/items/${district}`),
  ...['DayCounts', 'Provinces', 'Facilities', 'Beds'].map((set) => `/api/odata/${set}`),
  ...SEEN.map((area) => `/api/odata/DayCounts?$filter=Area%20eq%20'${area}'`),
  '/api/dhis2/dataValueSets?orgUnit=50',
  ...['50', 'TH'].flatMap((area) => ['cases', 'deaths'].map((of) => `/api/history?area=${area}&metric=${of}&${DAYS}`)),
  '/api/sites?area=50',
]
/** Open to everybody too, and without a count of people: of the hub, its feed and its areas, of the caller's own request, of formats. */
const COUNTS_NOBODY = [
  '/feed',
  '/feed/{scope}',
  '/api/config',
  '/api/session',
  '/api/areas',
  '/api/areas/provinces.topo.json',
  '/api/help/consent',
  '/api/privacy',
  '/api/deadlines.ics',
  // A number of a whole province, which everybody may know.
  '/api/cap/public',
  '/api/cap/public/messages/{id}',
  '/api/help/status',
  '/api/auth/callback/agency',
  '/healthz',
  '/readyz',
  '/metrics',
  '/api/ogc',
  '/api/ogc/conformance',
  '/api/ogc/collections',
  '/api/ogc/collections/{collection}',
  '/api/odata',
  '/api/odata/$metadata',
]
/** What is refused to who has no account. */
const REFUSED = [
  '/api/openapi.json',
  '/api/reference',
  '/api/situation?scope=province:50',
  '/api/situation?scope=board:50',
  `/api/history?area=5001&metric=cases&from=${TODAY}&to=${TODAY}`,
  '/api/cases?area=50',
  '/api/reports?area=50&metric=doses.1',
  '/api/facilities?area=50',
]

const CASES = COUNTED.find(({ table }) => table === 'cases')!

async function fill(counts: readonly number[]): Promise<void> {
  await database.pool.query('delete from cases')
  await database.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, outcome, outcome_day, source)
     select district, $3, 'confirmed', 'red', 'hi', 'died', $3, 'api'
     from unnest($1::text[], $2::int[]) as of (district, n), generate_series(1, n)`,
    [DISTRICTS, counts, TODAY],
  )
  const situation = hub.deps.situation as unknown as Situation
  const groups = DISTRICTS.flatMap((district, i) =>
    CASES.metrics.map((_, metric): Group => {
      const row = { district, report_day: TODAY, outcome_day: TODAY, severity: 'red', care_place: 'hi' }
      return { table: 'cases', metric, row, n: counts[i] ?? 0 }
    }),
  )
  const rows = [{ table: 'operation', row: { id: '1', day: TODAY, kind: 'drill', title_th: '', title_en: '' } }]
  situation.reset({ epoch: 'e', position: situation.position + 10, at: 1, groups, rows })
  clock.at += 60_000
}

/** Bodies without what says when, and where in the log it was. */
async function everything(): Promise<string[]> {
  for (const scope of ['nation', 'public:50']) expect((await hub.fetch('GET', `/feed/${scope}`)).status).toBe(200)
  return Promise.all(
    ADDRESSES.map(async (template) => {
      const path = template.replace('{position}', String(hub.deps.situation.position))
      const response = await hub.fetch('GET', path)
      const text = await response.text()
      expect(response.status, `${path}: ${text}`).toBe(200)
      return text.replace(/"(?:to|timeStamp|date)":(?:"[^"]*"|\d+)/g, '')
    }),
  )
}

test('every address that is open to everybody is asked here, or says nothing of people', async () => {
  const { paths } = (await (await hub.fetch('GET', '/api/openapi.json', { address: '127.0.0.1' })).json()) as {
    paths: Record<string, { get?: { responses: Record<string, unknown> } }>
  }
  // Whatever wants an account says 401.
  const open = Object.entries(paths).filter(([, { get }]) => get !== undefined && !('401' in get.responses))
  const asked = (template: string) => {
    const like = new RegExp(`^${template.replace(/[$.]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`)
    return ADDRESSES.some((address) => like.test(address.split('?')[0]!))
  }
  const missing = open.map(([template]) => template).filter((one) => !COUNTS_NOBODY.includes(one) && !asked(one))
  expect(open.length).toBeGreaterThan(15)
  expect(missing).toEqual([])
})

test('what is of an account is refused without one', async () => {
  for (const path of REFUSED) expect((await hub.fetch('GET', path)).status, path).toBe(401)
})

test('public answers are kept by caches for seconds, name the licence, and none of an account is kept', async () => {
  await fill([13, 3, 0, 0])
  const open = await hub.fetch('GET', '/api/fhir/MeasureReport?measure=cases&subject=5001')
  expect(open.headers.get('cache-control')).toBe('public, max-age=10')
  expect(open.headers.get('link')).toContain('https://creativecommons.org/licenses/by/4.0/')
  expect(open.headers.get('vary')).toContain('Authorization')
})

test('no answer to anybody, nor all of them together, tells a district’s count of 1 to 4: with one person fewer they are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.nat(12)), async (counts) => {
      await fill(counts)
      const told = await everything()
      for (const [i, count] of counts.slice(0, -1).entries()) {
        if (count < 1 || count > 4) continue
        await fill(counts.map((each, at) => (at === i ? each - 1 : at === DISTRICTS.length - 1 ? each + 1 : each)))
        expect(await everything()).toEqual(told)
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)

test('of fewer than five it is said that they are: by the field of a feature and by the reason of a measure, and never 0', async () => {
  await fill([13, 3, 0, 0])
  const of = async (district: string) =>
    (await (await hub.fetch('GET', `/api/ogc/collections/districts/items/${district}`)).json()) as {
      properties: Record<string, unknown>
    }
  for (const district of ['5002', '5003']) {
    const { properties } = await of(district)
    expect(properties).toMatchObject({ cases_today: null, deaths_today: null, waiting_red: null })
    expect(properties.fewer_than_5).toBe(
      'cases_today deaths_today cases_total deaths_total waiting_unknown waiting_green waiting_yellow waiting_red',
    )
    const measure = await hub.fetch('GET', `/api/fhir/MeasureReport?measure=cases&subject=${district}`)
    const text = await measure.text()
    expect(text).toContain('"valueCode":"masked"')
    expect(text).not.toContain('"count":0')
    const values = await hub.fetch('GET', '/api/dhis2/dataValueSets?orgUnit=50')
    const { dataValues } = (await values.json()) as { dataValues: { dataElement: string; orgUnit: string }[] }
    const people = dataValues.filter(({ dataElement }) => /^(?:cases|deaths|waiting|recovered)/.test(dataElement))
    expect(people.filter(({ orgUnit }) => orgUnit === district)).toEqual([])
    expect(people.some(({ orgUnit }) => orgUnit === '5001')).toBe(true)
  }
  expect((await of('5001')).properties).toMatchObject({ cases_today: 10 })
})
