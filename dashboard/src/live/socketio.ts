import { io } from 'socket.io-client'
import { BROKEN, type Transport, type TransportHandlers, type TransportLink } from './transport.ts'

/** hub/fanout/socketio.ts: a client's message is the event `m`; the hub's come under their own names. */
const CLIENT_EVENT = 'm'
const CLOSE_EVENT = 'close'

function codeOf(why: unknown): number {
  return typeof why === 'object' && why !== null && 'code' in why && typeof why.code === 'number' ? why.code : BROKEN
}

/**
 * The hub's other carrier: long polling, which any network that loads a page lets through, and a WebSocket of its own
 * where that works. It never reconnects by itself: connection.ts decides that for both carriers.
 */
export function socketIoTransport(
  origin: string,
  version: number,
  transports: readonly ('polling' | 'websocket')[] = ['polling', 'websocket'],
): Transport {
  return {
    open(handlers: TransportHandlers): TransportLink {
      const socket = io(origin, {
        forceNew: true,
        reconnection: false,
        transports: [...transports],
        query: { v: String(version) },
      })
      let over = false
      const end = (code: number) => {
        if (over) return
        over = true
        socket.disconnect()
        handlers.closed(code)
      }
      socket.onAny((event: string, message: unknown) => {
        if (over) return
        if (event === CLOSE_EVENT) end(codeOf(message))
        else handlers.message(JSON.stringify(message))
      })
      socket.on('disconnect', () => end(BROKEN))
      socket.on('connect_error', () => end(BROKEN))
      return {
        send(text) {
          if (socket.connected) socket.emit(CLIENT_EVENT, JSON.parse(text))
        },
        close() {
          over = true
          socket.disconnect()
        },
      }
    },
  }
}
