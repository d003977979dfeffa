import { expect, test } from 'vitest'
import { createMetrics, mayScrape } from './metrics.ts'

test('two hubs in one process count apart, under one prefix', async () => {
  const [one, other] = [createMetrics(), createMetrics()]
  one.counter('deltas_total', 'deltas', ['scope']).inc({ scope: 'nation' })
  other.counter('deltas_total', 'deltas', ['scope'])
  one.histogram('fold_seconds', 'folding', [0.1, 1]).observe(0.5)
  expect(await one.registry.metrics()).toMatch(/jitasa_deltas_total\{scope="nation"\} 1/)
  expect(await other.registry.metrics()).not.toMatch(/scope="nation"/)
})

test('the process’s own metrics are there when they are asked for', async () => {
  const { registry } = createMetrics({ processMetrics: true })
  expect(await registry.metrics()).toMatch(/nodejs_eventloop_lag_p99_seconds/)
})

test('with a token, only its bearer may scrape; without one, this machine alone', () => {
  const address = '192.0.2.1'
  const asked = [undefined, '', 'Bearer', 'Bearer S3CRE', 'Bearer S3CRET', 'bearer S3CRET', 'Bearer S3CRETS', 'S3CRET']
  expect(asked.filter((authorization) => mayScrape({ metricsToken: 'S3CRET' }, { authorization, address }))).toEqual([
    'Bearer S3CRET',
  ])
  expect(mayScrape({ metricsToken: 'S3CRET' }, { authorization: undefined, address: '127.0.0.1' })).toBe(false)
  const may = (from: string) => mayScrape({}, { authorization: 'Bearer S3CRET', address: from })
  expect(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'].map(may)).toEqual([true, true, true, true])
  expect(['', address, '::', '::ffff:192.0.2.1', '1127.0.0.1', 'fe80::1'].some(may)).toBe(false)
})
