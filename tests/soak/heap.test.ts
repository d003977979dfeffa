import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openHeap, WITH_INSPECTOR } from './heap.ts'
import { type Point, type Slope, slopeOf } from './slope.ts'

const SAMPLES = 48
const EVERY_MS = 40
/** Makes garbage all the time, as a hub does, in pieces so small that one in the making is not seen beside what is kept. */
const WORK =
  'let garbage; setInterval(() => { for (let k = 0; k < 20; k++) garbage = Array.from({ length: 1e3 }, Math.random) }, 5);'
const LEAK = 'const kept = []; setInterval(() => kept.push(Array.from({ length: 2e3 }, Math.random)), 10);'

/** Of the heap of a process, MB an hour. */
async function slopeOfProcess(code: string): Promise<Slope> {
  const child = spawn(process.execPath, ['-e', code], {
    env: { ...process.env, ...WITH_INSPECTOR },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said] = (await once(child.stderr, 'data')) as [Buffer]
  const heap = await openHeap(said.toString().split('\n'))
  onTestFinished(() => heap.close())
  const points: Point[] = []
  while (points.length < SAMPLES) {
    // A busy machine stands still for longer than a batch lasts: looks are counted, not timed.
    points.push({ at: (points.length * EVERY_MS) / 3_600_000, value: (await heap.used()) / 1e6 })
    await sleep(EVERY_MS)
  }
  return slopeOf(points)
}

test('a process that leaks is found, among all the garbage it makes', async () => {
  expect(await slopeOfProcess(WORK + LEAK)).toMatchObject({ verdict: 'grows' })
})

test('one that makes as much garbage and keeps none holds, in the end, what it held at the beginning', async () => {
  const { start, end } = await slopeOfProcess(WORK)
  expect(Math.abs(end - start)).toBeLessThan(0.5)
})
