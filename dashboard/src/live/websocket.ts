import { BROKEN, type Transport, type TransportHandlers, type TransportLink } from './transport.ts'

/** Frames that may wait to be inflated; a client that falls behind further starts afresh. */
const INFLATE_QUEUE_MAX = 256

async function inflate(data: ArrayBuffer): Promise<string> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).text()
}

/**
 * Frames in the order they came. Text frames are given on at once unless a compressed one is still being inflated:
 * inflating is asynchronous, and a delta must not overtake the one before it.
 */
function inOrder(handlers: TransportHandlers, fail: () => void): (data: unknown) => void {
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  return (data) => {
    if (typeof data === 'string' && waiting === 0) return handlers.message(data)
    if (waiting >= INFLATE_QUEUE_MAX) return fail()
    waiting++
    const text = data instanceof ArrayBuffer ? inflate(data) : Promise.resolve(String(data))
    last = Promise.all([text, last])
      .then(([ready]) => handlers.message(ready))
      .catch(fail)
      .finally(() => {
        waiting--
      })
  }
}

/** `/live`: a plain WebSocket with text frames, the larger ones in raw deflate (`z=1`, hub/contract/live/packing.ts). */
export const webSocketTransport = (url: string): Transport => ({
  open(handlers: TransportHandlers): TransportLink {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    let over = false
    const end = (code: number) => {
      if (over) return
      over = true
      handlers.closed(code)
    }
    const receive = inOrder({ message: (text) => over || handlers.message(text), closed: handlers.closed }, () => {
      socket.close()
      end(BROKEN)
    })
    socket.onmessage = (event) => receive(event.data)
    socket.onclose = (event) => end(event.code)
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      close: () => {
        over = true
        socket.close()
      },
    }
  },
})

/** The address of the hub's carrier on the page's own origin. */
export function liveUrl(page: { readonly protocol: string; readonly host: string }, version: number): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/live?v=${version}&z=1`
}
