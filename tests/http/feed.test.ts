import { afterAll, expect, it } from 'vitest'
import { isSealed, wayFrom } from '../../hub/contract/live/feed.ts'
import type { FeedIndex } from '../../hub/contract/live/feed-messages.ts'
import type { Situation } from '../../hub/situation/index.ts'
import { startHub } from '../security/hub.ts'

const nobody = 'postgres://nobody@127.0.0.1:1/none'
const hub = startHub({ apiUrl: nobody, authUrl: nobody, env: { REQUESTS_PER_MINUTE: '5' } })
afterAll(() => hub.stop())

async function get(path: string) {
  const response = await hub.fetch('GET', path)
  const text = await response.text()
  return { status: response.status, keep: response.headers.get('cache-control'), body: JSON.parse(text) }
}

it('[G1] the index may be kept by caches for a second, its snapshot for ever, and what is not there by nobody', async () => {
  expect(await get('/feed/nation')).toMatchObject({ status: 503, keep: 'no-store' })
  ;(hub.deps.situation as Situation).reset({
    epoch: 'e1',
    position: 900,
    at: 1_636_600_000_000,
    groups: [],
    rows: [{ table: 'operation', row: { id: '1', day: '2021-11-11', kind: 'live', title_th: '', title_en: '' } }],
  })
  const index = await get('/feed/nation')
  expect(index).toMatchObject({ status: 200, keep: 'public, max-age=0, s-maxage=1' })
  expect(isSealed(index.body as FeedIndex)).toBe(true)
  const { hello, sum, ...rest } = index.body as FeedIndex
  expect(wayFrom(0, { ...rest })).toEqual([[0, 900]])
  expect(await get(`/feed/nation/${hello.e}/snapshot-900`)).toMatchObject({
    status: 200,
    keep: 'public, max-age=31536000, immutable',
    body: { t: 'delta', s: 'nation', from: 0, to: 900, sum },
  })
  for (const gone of [
    'nation/e1/800-900',
    'nation/e1/snapshot-901',
    'nation/e0/snapshot-900',
    'nation/e1/x',
    'province:50',
    'x',
  ])
    expect(await get(`/feed/${gone}`), gone).toMatchObject({
      status: 404,
      keep: 'no-store',
      body: { error: { code: 'no_feed', message: expect.stringContaining(gone) } },
    })
  expect(await get('/feed/board:50')).toMatchObject({ status: 404 })
  expect((await hub.fetch('GET', '/feed/')).headers.get('content-type')).toMatch(/json/)
})

it('[G6] says again what it was asked to, for nobody else, and whether to read it at all', async () => {
  const echoed = await get('/feed/nation?echo=x1')
  expect(echoed).toMatchObject({ status: 200, keep: 'no-store', body: { echo: 'x1' } })
  expect(isSealed(echoed.body as FeedIndex)).toBe(true)
  expect(isSealed({ ...(echoed.body as FeedIndex), echo: 'x2' })).toBe(false)
  expect(await get('/feed/nation?past=3')).toMatchObject({ status: 200, keep: 'public, max-age=0, s-maxage=1' })
  expect(await get('/feed/nation?echo=two words')).toMatchObject({ status: 400 })
  expect(await get('/feed')).toMatchObject({
    status: 200,
    keep: 'public, max-age=0, s-maxage=1',
    body: { sockets: 'open' },
  })
})

it('[G6] limits what one address may ask past all caches, and no cache', async () => {
  const statuses = async (path: string) => {
    const all = await Promise.all(Array.from({ length: 9 }, () => hub.fetch('GET', path, { address: '198.51.100.7' })))
    return all.map(({ status }) => status)
  }
  expect((await statuses('/feed/nation?echo=y')).filter((status) => status === 429)).toHaveLength(4)
  expect(await statuses('/feed/nation')).toEqual(Array.from({ length: 9 }, () => 200))
})
