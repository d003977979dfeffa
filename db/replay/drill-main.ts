import pg from 'pg'
import { openDatabase } from '../connection.ts'
import { startDrill } from './drill.ts'
import { fillBoards } from './drill-board.ts'

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
// `make run` starts this with a channel: it closes when that process is gone, even by kill -9.
process.once('disconnect', () => stop.abort())

process.once('disconnect', () => stop.abort())

const connections = await openDatabase(process.env)
try {
  const drill = await startDrill(connections.ownerUrl, {
    signal: stop.signal,
    onLine: (line) => process.stdout.write(`${line}\n`),
  })
  const client = new pg.Client({ connectionString: connections.ownerUrl })
  await client.connect()
  const requests = await fillBoards(client).finally(() => client.end())
  if (requests > 0) process.stdout.write(`drill: ${requests} requests for help on the boards\n`)
  await drill.ended
} catch (error) {
  process.stderr.write(`drill: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await connections.stop()
  if (process.connected) process.disconnect()
}
