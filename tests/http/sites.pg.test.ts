import { afterAll, beforeAll, expect, test } from 'vitest'
import type { sitesAnswer } from '../../hub/contract/api/sites.ts'
import { readSite, SITES_MAX, type SiteTuple } from '../../hub/contract/vocabulary/sites.ts'
import { type ServedHub, serveHub } from './served-hub.ts'

type Sites = ReturnType<(typeof sitesAnswer)['parse']>

/** What travels on a phone's line, for 1,500 facilities, once a minute at most. */
const NATION_GZIP_BYTES_MAX = 60_000
const FACILITIES = 1_500
const PROVINCES = ['10', '50', '90', '20', '30']

let served: ServedHub
const sites = async (path: string) => (await served.get(path)).json() as unknown as Sites

function fill(): void {
  const at = (s: number) => `2021-11-11 ${String(1 + (s % 9)).padStart(2, '0')}:00:00+00`
  served.situation.apply({
    position: 950,
    at: 1_636_600_001_000,
    changes: Array.from({ length: FACILITIES }, (_, i) => {
      const district = `${PROVINCES[i % PROVINCES.length]}01`
      const facility = {
        id: String(i + 1),
        kind: i % 3 === 0 ? 'hospital' : 'vaccination',
        district,
        name_th: `โรงพยาบาลชุมชน ${i + 1}`,
        name_en: `Community hospital ${i + 1}`,
        lat: String(13 + (i % 97) / 31),
        lon: String(99 + (i % 89) / 29),
        active: 't',
        reported_at: at(i),
        hours: i % 3 === 0 ? null : 'Mo-Fr 08:00-16:30',
      }
      const beds = ['2.1', '2.2', '3'].map((level) => ({
        facility_id: facility.id,
        level,
        district,
        staffed: '20',
        available: String(i % 20),
        held: '0',
        occupied: '0',
        cleaning: '0',
        blocked: '0',
        reported_at: at(i),
      }))
      return [
        { kind: 'insert' as const, table: 'facilities', row: facility },
        ...(i % 3 === 0 ? beds.map((row) => ({ kind: 'insert' as const, table: 'beds', row })) : []),
      ]
    }).flat(),
  })
}

beforeAll(async () => {
  served = await serveHub()
})
afterAll(() => served.stop())

test('before the first snapshot there are none, and it says so', async () => {
  expect((await served.get('/api/sites')).status).toBe(503)
  served.takeSnapshot()
  fill()
})

test('a nation has the sites of its provinces, a province its own, without an account', async () => {
  const nation = await sites('/api/sites')
  expect([nation.sites.length, nation.left]).toEqual([FACILITIES, 0])
  const province = await sites('/api/sites?area=50')
  expect(province.sites).toHaveLength(FACILITIES / PROVINCES.length)
  const first = readSite(province.sites.find(([id]) => id === '7') as SiteTuple)
  expect(first).toMatchObject({
    kind: 'hospital',
    nameEn: 'Community hospital 7',
    free: { '2.1': 6, '2.2': 6, '3': 6 },
  })
  expect(new Date(first.reportedAt ?? 0).toISOString()).toBe('2021-11-11T07:00:00.000Z')
  expect(nation.sites.length).toBeLessThan(SITES_MAX)
})

test('any cache may keep it for a while, and what stands is not sent again', async () => {
  const whole = await served.get('/api/sites', ['Accept-Encoding: gzip'])
  expect(whole.header('cache-control')).toBe('public, max-age=15')
  console.log(`1,500 facilities: ${whole.body.length} bytes gzipped`)
  expect(whole.body.length).toBeLessThan(NATION_GZIP_BYTES_MAX)
  const again = await served.get('/api/sites', ['Accept-Encoding: gzip', `If-None-Match: ${whole.header('etag')}`])
  expect([again.status, again.body.length]).toEqual([304, 0])
})

test.each(['/api/sites?area=99', '/api/sites?area=5001', '/api/sites?area=x', '/api/sites?area='])(
  '%s names no province',
  async (path) => {
    const answer = await served.get(path)
    expect([answer.status, answer.json()]).toMatchObject([400, { error: { message: expect.stringMatching(/area/) } }])
  },
)
