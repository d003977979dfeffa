import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { databaseForFile } from '../support/for-file.ts'
import { type BodiesResult, fuzzRunning } from './bodies.ts'

/** BODIES: another number of them. */
const COUNT = Number(process.env.BODIES ?? 5_000)
/** Printed when it fails; BODIES_SEED repeats it. */
const SEED = Number(process.env.BODIES_SEED ?? Math.floor(Math.random() * 2 ** 31))

const database = await databaseForFile()
let found: BodiesResult
beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  found = await fuzzRunning({ database, count: COUNT, seed: SEED })
}, 900_000)

test('odd bodies and queries of every route, by every role and strangers: no 5xx, no end, no error in the log; each refusal has code and sentence', () => {
  expect(found.failures.slice(0, 20), `seed ${SEED}`).toEqual([])
  expect(found.sent).toBe(COUNT)
})

test('every route was entered: a valid request was let in, and an odd one refused by what it says', () => {
  expect(found.notEntered, `seed ${SEED}`).toEqual([])
  expect(Object.keys(found.statuses).length).toBeGreaterThan(150)
})

test('what the hub shows is then what SQL holds', () => {
  expect(found.differences).toEqual([])
})
