import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { countStarved } from './starved.ts'

const SLACK_MS = 60

test('what the process computes itself is not taken for the machine’s fault', async () => {
  const starved = countStarved()
  const [cpu, began] = [process.cpuUsage(), performance.now()]
  while (process.cpuUsage(cpu).user < 200_000) starved.end.toString()
  await sleep(1)
  const { user, system } = process.cpuUsage(cpu)
  expect(starved.end()).toBeLessThan(performance.now() - began - (user + system) / 1000 + SLACK_MS)
})

test('a time without a core is', () => {
  const starved = countStarved()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  expect(starved.end()).toBeGreaterThan(200)
})
