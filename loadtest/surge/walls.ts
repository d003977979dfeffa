import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'

/** Bytes of messages that one wall took in a second of the run: packed, as the dashboard asks for them, and as text. */
export type WallSecond = { readonly second: number; readonly packed: number; readonly plain: number }

type Kind = 'packed' | 'plain'

/** Two walls that only weigh what they get, from outside of k6. */
export function watchWalls(url: string, beganAt: number) {
  const bytes = new Map<number, Record<Kind, number>>()
  const open = (kind: Kind): WebSocket => {
    const socket = new WebSocket(
      `${url.replace(/^http/, 'ws')}/live?v=${PROTOCOL_VERSION}${kind === 'packed' ? '&z=1' : ''}`,
      {
        perMessageDeflate: false,
      },
    )
    let whole = true
    socket.on('open', () => socket.send(JSON.stringify({ t: 'sub', s: 'nation', at: 0 })))
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // Hello and the whole scope come once; a wall is weighed by what comes every second.
      if (whole) {
        whole = !isBinary && !data.subarray(0, 12).includes('delta')
        return
      }
      const second = Math.floor((Date.now() - beganAt) / 1000)
      const at = bytes.get(second) ?? { packed: 0, plain: 0 }
      at[kind] += data.length
      bytes.set(second, at)
    })
    socket.on('error', (error) => process.stderr.write(`a wall cannot be weighed: ${error.message}\n`))
    return socket
  }
  const sockets = [open('packed'), open('plain')]
  return {
    seconds: (): WallSecond[] => [...bytes].sort((a, b) => a[0] - b[0]).map(([second, of]) => ({ second, ...of })),
    stop: (): void => {
      for (const socket of sockets) socket.terminate()
    },
  }
}
