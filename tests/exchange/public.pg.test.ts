import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Group } from '../../hub/situation/change.ts'
import { COUNTED } from '../../hub/situation/counted.ts'
import type { Situation } from '../../hub/situation/situation.ts'
import { hubForFile } from '../support/for-file.ts'
import { TODAY } from './hub.ts'

const clock = { at: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.at }
const { hub } = await hubForFile(() => ({ clock }))

const DISTRICTS = ['5001', '5002', '5003', '5000']
const SEEN = ['50', ...DISTRICTS]

/** Everything somebody without an account can ask that may speak of a district of province 50. */
const ADDRESSES = [
  '/api/situation?scope=nation',
  '/api/situation?scope=public:50',
  ...SEEN.flatMap((area) => ['cases', 'doses'].map((of) => `/api/fhir/MeasureReport?measure=${of}&subject=${area}`)),
  '/api/ogc/collections/districts/items?limit=10000&bbox=98,17.2,99.7,20.2',
  '/api/ogc/collections/provinces/items/50',
  '/api/odata/DayCounts',
  '/api/odata/Provinces',
  '/api/dhis2/dataValueSets?orgUnit=50',
]
/** What is refused to who has no account. */
const REFUSED = [
  '/api/situation?scope=province:50',
  '/api/situation?scope=board:50',
  `/api/history?area=5001&metric=cases&from=${TODAY}&to=${TODAY}`,
  '/api/cases?area=50',
  '/api/reports?area=50&metric=doses.1',
  '/api/facilities?area=50',
]

const CASES = COUNTED.find(({ table }) => table === 'cases')!

function fill(counts: readonly number[]): void {
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
  return Promise.all(
    ADDRESSES.map(async (path) => {
      const response = await hub.fetch('GET', path)
      const text = await response.text()
      expect(response.status, `${path}: ${text}`).toBe(200)
      return text.replace(/"(?:to|timeStamp|date)":(?:"[^"]*"|\d+)/g, '')
    }),
  )
}

test('what is of an account is refused without one', async () => {
  for (const path of REFUSED) expect((await hub.fetch('GET', path)).status, path).toBe(401)
})

test('public answers are kept by caches for seconds, name the licence, and none of an account is kept', async () => {
  fill([13, 3, 0, 0])
  const open = await hub.fetch('GET', '/api/fhir/MeasureReport?measure=cases&subject=5001')
  expect(open.headers.get('cache-control')).toBe('public, max-age=10')
  expect(open.headers.get('link')).toContain('https://creativecommons.org/licenses/by/4.0/')
  expect(open.headers.get('vary')).toContain('Authorization')
})

test('no answer to anybody, nor all of them together, tells a district’s count of 1 to 4: with one person fewer they are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.nat(12)), async (counts) => {
      fill(counts)
      const told = await everything()
      for (const [i, count] of counts.slice(0, -1).entries()) {
        if (count < 1 || count > 4) continue
        fill(counts.map((each, at) => (at === i ? each - 1 : at === DISTRICTS.length - 1 ? each + 1 : each)))
        expect(await everything()).toEqual(told)
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)
