import { WebSocket } from 'ws'

/** Gives a process of Node's an inspector on loopback, at a port of its own choice. */
export const WITH_INSPECTOR = { NODE_OPTIONS: '--inspect=127.0.0.1:0' }

const ANSWER_MS_MAX = 30_000

export type Heap = {
  /** @returns bytes that are in use after a whole garbage collection: what is left is held by somebody */
  used(): Promise<number>
  close(): void
}

/** @param said what a process started WITH_INSPECTOR has said so far */
export async function openHeap(said: readonly string[]): Promise<Heap> {
  const url = said.map((line) => /^Debugger listening on (ws:\/\/\S+)/.exec(line)?.[1]).find(Boolean)
  if (url === undefined) throw new Error(`the process has no inspector:\n${said.join('\n')}`)
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  let calls = 0
  const call = (method: string): Promise<Record<string, unknown>> => {
    const id = ++calls
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no answer to ${method}`)), ANSWER_MS_MAX)
      const hear = (data: Buffer): void => {
        const answer = JSON.parse(data.toString()) as { id?: number; result?: Record<string, unknown> }
        if (answer.id !== id) return
        clearTimeout(late)
        socket.off('message', hear)
        resolve(answer.result ?? {})
      }
      socket.on('message', hear)
      socket.send(JSON.stringify({ id, method }))
    })
  }
  return {
    async used() {
      await call('HeapProfiler.collectGarbage')
      return Number((await call('Runtime.getHeapUsage')).usedSize)
    },
    close: () => socket.terminate(),
  }
}
