import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { record } from '../support/measures.ts'

const SEEDS = 10_000
const PROCESSES = 2
const run = promisify(execFile)

it(`${SEEDS} seeds of the simulation`, async () => {
  const began = Date.now()
  const share = SEEDS / PROCESSES
  const outputs = await Promise.all(
    Array.from({ length: PROCESSES }, (_, i) =>
      run(process.execPath, [
        path.join(import.meta.dirname, '../sim/run.ts'),
        String(1 + i * share),
        String((i + 1) * share),
      ]),
    ),
  )
  const seconds = Math.round((Date.now() - began) / 100) / 10
  const failing = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as number[])
  expect(failing).toEqual([])
  const how = `seeds 1 to ${SEEDS} on ${PROCESSES} processes: hubs, carriers and the dashboard's link on a bad network; each client must end equal to the truth`
  await record(
    {
      name: 'simulated seeds that end wrong',
      value: failing.length,
      unit: 'seeds',
      goal: '0',
      met: failing.length === 0,
      how,
    },
    { name: `${SEEDS} simulated seeds`, value: seconds, unit: 's', goal: '< 180 s', met: seconds < 180, how },
  )
})
