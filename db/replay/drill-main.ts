import type pg from 'pg'
import { createSession } from '../client.ts'
import { catchSignals, exitIfInterrupted, withDatabase } from '../interrupt.ts'
import { startDrill } from './drill.ts'
import { fillBoards } from './drill-board.ts'
import { fillSupplies } from './drill-supplies.ts'

const fillAll = async (client: pg.ClientBase) => [await fillBoards(client), await fillSupplies(client)] as const

const gone = new AbortController()
// `make run` starts this with a channel: it closes when that process is gone, even by kill -9.
process.once('disconnect', () => gone.abort())
const signals = catchSignals()
// A hang-up of the whole group: whoever started this decides what it means.
process.on('SIGHUP', () => undefined)
const signal = AbortSignal.any([signals, gone.signal])

try {
  await withDatabase(signals, process.env, undefined, async ({ ownerUrl }) => {
    const drill = await startDrill(ownerUrl, {
      signal,
      onLine: (line) => process.stdout.write(`${line}\n`),
    })
    const client = createSession(ownerUrl, 'jitasa drill boards')
    await client.connect()
    const [requests] = await fillAll(client).finally(() => client.end())
    if (requests > 0) process.stdout.write(`drill: ${requests} requests for help on the boards\n`)
    await drill.ended
  })
} catch (error) {
  exitIfInterrupted(error)
  process.stderr.write(`drill: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  if (process.connected) process.disconnect()
}
