import { afterEach, expect, test } from 'vitest'
import { connectTestClient, newCase, startTestHub, type TestHub } from '../support/carriers.ts'

let hub: TestHub
afterEach(() => hub.stop())

test('[C6] a hub that stops brings every scope up to now, a quiet one too, before it says when to come back', async () => {
  hub = await startTestHub()
  hub.fanout.replaced()
  const client = await connectTestClient('websocket', hub.port)
  await client.next('hello')
  for (const s of ['province:50', 'province:10'] as const) {
    client.send({ t: 'sub', s, at: 0 })
    expect(await client.next('delta')).toMatchObject({ s, to: 100 })
  }
  hub.commit(newCase(200, '5001'))
  expect(await client.next('delta')).toMatchObject({ s: 'province:50', from: 100, to: 200 })
  hub.commit(newCase(300, '5001'))
  await hub.fanout.stop(0)
  const last = [await client.next('delta'), await client.next('delta'), await client.next('delta')]
  const upTo = (s: string) => last.filter((delta) => delta.s === s).at(-1)
  expect(upTo('province:50')).toMatchObject({ to: 300 })
  expect(upTo('province:10')).toMatchObject({ from: 100, to: 300, c: [], r: [], x: [] })
  expect(await client.next('bye')).toMatchObject({ code: 4000, in: 0 })
  expect(await client.closed).toEqual({ code: 4000 })
})
