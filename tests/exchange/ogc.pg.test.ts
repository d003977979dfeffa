import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OgcApiEndpoint } from '@camptocamp/ogc-client'
import { check } from '@placemarkio/check-geojson'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchangeHubForFile } from './hub.ts'

const { hub } = await exchangeHubForFile()
let server: Server
let url = ''

beforeAll(async () => {
  // The client fetches by itself, from an address: links that name http://localhost are led to this port.
  server = createServer(async (request, response) => {
    const answer = await hub.fetch(request.method ?? 'GET', request.url ?? '/')
    const text = (await answer.text()).replaceAll('http://localhost/', `${url}/`)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const items = async (collection: string, query = '') => {
  const response = await hub.fetch('GET', `/api/ogc/collections/${collection}/items${query}`)
  return { status: response.status, text: await response.text() }
}
type Page = {
  readonly numberMatched: number
  readonly numberReturned: number
  readonly features: readonly {
    readonly id: string
    readonly geometry: { type: string } | null
    readonly properties: Record<string, unknown>
  }[]
  readonly links: readonly { readonly rel: string; readonly href: string }[]
}
const page = async (collection: string, query = ''): Promise<Page> => {
  const { status, text } = await items(collection, query)
  expect(status, text).toBe(200)
  // Read by a checker of RFC 7946 that is not ours.
  expect(check(text)).toMatchObject({ type: 'FeatureCollection' })
  return JSON.parse(text)
}

describe('OGC API Features, read by a client that is not ours', () => {
  test('finds the collections, and that they are features', async () => {
    const endpoint = new OgcApiEndpoint(`${url}/api/ogc`)
    expect(await endpoint.hasFeatures).toBe(true)
    expect((await endpoint.featureCollections).sort()).toEqual(['districts', 'facilities', 'provinces'])
    expect(await endpoint.getCollectionInfo('facilities')).toMatchObject({
      id: 'facilities',
      itemFormats: ['application/geo+json'],
    })
  })

  test('reads a facility with its place and its beds', async () => {
    const endpoint = new OgcApiEndpoint(`${url}/api/ogc`)
    const [feature] = await endpoint.getCollectionItems('facilities', 1)
    expect(feature).toMatchObject({
      geometry: { type: 'Point', coordinates: [98.97, 18.79] },
      properties: {
        nameEn: 'Hospital A',
        kind: 'hospital',
        district: '5001',
        beds_staffed_2_1: 10,
        beds_available_2_1: 4,
      },
    })
    expect(await endpoint.getCollectionItem('facilities', String(hub.facility))).toMatchObject({
      properties: { nameEn: 'Hospital A' },
    })
  })
})

describe('items', () => {
  test('the provinces are 77 polygons with the numbers of the screens; unknown is null', async () => {
    const { features, numberMatched } = await page('provinces', '?limit=100')
    expect(numberMatched).toBe(77)
    expect(features.every(({ geometry }) => /Polygon$/.test(geometry?.type ?? ''))).toBe(true)
    expect(features.find(({ id }) => id === '50')?.properties).toMatchObject({ cases_today: 16, waiting_red: 16 })
    expect(features.find(({ id }) => id === '10')?.properties).toMatchObject({ cases_today: 0 })
    expect(features.find(({ id }) => id === '30')?.properties).toMatchObject({ cases_today: null })
  })

  test('of districts everybody reads fives, and null below', async () => {
    const { features, numberMatched } = await page('districts', '?limit=10000')
    expect(numberMatched).toBe(928)
    const of = (code: string) => features.find(({ id }) => id === code)?.properties.waiting_red
    expect([of('5001'), of('5002'), of('5003')]).toEqual([10, null, null])
  })

  test('a box and pages, by links until there is none', async () => {
    const north = await page('facilities', '?bbox=98.9,18.7,99,18.9')
    expect(north.features.map(({ properties }) => properties.nameEn)).toEqual(['Hospital A'])
    const first = await page('facilities', '?limit=1')
    const next = first.links.find(({ rel }) => rel === 'next')?.href ?? ''
    expect([first.numberMatched, first.numberReturned]).toEqual([2, 1])
    const second = await page('facilities', new URL(next).search)
    expect(second.features.map(({ properties }) => properties.nameEn)).toEqual(['Field B'])
    expect(second.links.some(({ rel }) => rel === 'next')).toBe(false)
  })

  test.each(['?limit=0', '?limit=x', '?offset=-1', '?bbox=1,2,3', '?bbox=a,b,c,d', '?bbox=1,9,2,3'])(
    '%s is refused',
    async (query) => {
      expect((await items('facilities', query)).status).toBe(400)
    },
  )
  test('a collection and a feature that do not exist are not found', async () => {
    expect((await items('constructor')).status).toBe(404)
    expect((await items('facilities/items'.replace('/items', ''), '/999999')).status).toBe(404)
  })
})
