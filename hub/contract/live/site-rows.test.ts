import { expect, test } from 'vitest'
import { packSite, readSite } from '../vocabulary/sites.ts'
import type { RowObject } from './rows.ts'
import { newestSites, sitesOf } from './site-rows.ts'

const facility = (id: string, over: Partial<RowObject<'facility'>> = {}): RowObject<'facility'> => ({
  id,
  kind: 'hospital',
  district: '5001',
  nameTh: `รพ. ${id}`,
  nameEn: `Hospital ${id}`,
  lat: 18.123_456,
  lon: 98.987_654,
  reportedAt: 9_000,
  hours: null,
  ...over,
})
const beds = (owner: number, level: '2.2' | '3', available: number, reportedAt: number): RowObject<'beds'> => ({
  id: `${owner}.${level}`,
  facility: owner,
  level,
  staffed: 10,
  available,
  held: 0,
  occupied: 10 - available,
  cleaning: 0,
  blocked: 0,
  reportedAt,
})

test('a site says the free beds of the levels it reported, and is as old as the oldest of them', () => {
  const [site] = sitesOf([facility('7')], [beds(7, '3', 2, 5_000), beds(7, '2.2', 0, 8_000), beds(8, '3', 9, 1)])
  expect(site).toMatchObject({ lat: 18.1235, lon: 98.9877, reportedAt: 5_000, free: { '3': 2, '2.2': 0 } })
})

test('without a place it is on no map; without beds it is as old as its own report', () => {
  const found = sitesOf([facility('1', { lat: null }), facility('2', { kind: 'vaccination' })], [])
  expect(found.map(({ id, reportedAt, free }) => [id, reportedAt, free])).toEqual([['2', 9_000, {}]])
})

test('what travels is what is read: a level without a report is not one without a bed', () => {
  const sites = sitesOf(
    [facility('7', { hours: '24/7' }), facility('8', { reportedAt: null })],
    [beds(7, '3', 0, 5_000)],
  )
  expect(sites.map((site) => readSite(packSite(site)))).toEqual(sites)
  expect(packSite(sites[0]!)[8]).toEqual([null, null, null, null, 0])
  expect(packSite(sites[1]!)[8]).toEqual([])
})

test('of too many the newest reports stay, in their order', () => {
  const sites = sitesOf(
    ['1', '2', '3'].map((id, i) => facility(id, { reportedAt: [3_000, null, 7_000][i] ?? null })),
    [],
  )
  expect(newestSites(sites, 2).map(({ id }) => id)).toEqual(['1', '3'])
  expect(newestSites(sites, 3)).toBe(sites)
})
