import { type ChildProcess, spawn } from 'node:child_process'
import { on, once } from 'node:events'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'

const SOCKETS = 5
const FLOOD_MS = 300
let child: ChildProcess | undefined

afterEach(() => {
  child?.kill('SIGKILL')
})

async function hear(lines: Interface, event: string): Promise<Record<string, unknown>> {
  for await (const [line] of on(lines, 'line') as AsyncIterable<[string]>) {
    const said = JSON.parse(line) as Record<string, unknown>
    if (said.event === event) return said
  }
  throw new Error(`the server ended before '${event}'`)
}

it('every message that this hub’s server counts as published comes to every socket, though a round over its shards takes many turns of the loop', async () => {
  child = spawn(process.execPath, [path.join(import.meta.dirname, 'hub.ts'), 'live', '0', '1'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { stdin, stdout } = child
  const lines = createInterface({ input: stdout! })
  const { port } = await hear(lines, 'listening')
  const counts = Array.from({ length: SOCKETS }, () => 0)
  const sockets = await Promise.all(
    counts.map(async (_, i) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/live?v=${PROTOCOL_VERSION}`)
      await once(socket, 'open')
      socket.send('{"t":"sub","s":"nation","at":0}')
      await new Promise<void>((resolve) => {
        socket.on('message', (data: Buffer) => {
          if (!data.toString().startsWith('{"t":"delta"')) return
          counts[i]!++
          resolve()
        })
      })
      return socket
    }),
  )
  const before = [...counts]
  stdin!.write('flood 300\n')
  await new Promise((resolve) => setTimeout(resolve, FLOOD_MS))
  const stopped = hear(lines, 'stopped')
  stdin!.write('stop\n')
  const published = Number((await stopped).published)
  expect(published).toBeGreaterThan(10)
  await expect.poll(() => counts.map((count, i) => count - before[i]!)).toEqual(counts.map(() => published))
  for (const socket of sockets) socket.terminate()
})
