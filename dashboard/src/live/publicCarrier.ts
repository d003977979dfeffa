import { type Carrier, returnInMs } from './carrier.ts'
import { CONNECT_TIMEOUT_MS } from './connection.ts'
import type { FallbackTransport } from './fallback.ts'
import type { World } from './link.ts'
import { type Opening, watch } from './opening.ts'
import type { Transport, TransportHandlers, TransportLink } from './transport.ts'

export type PublicCarrierOptions = {
  readonly sockets: FallbackTransport
  readonly feed: Transport
  readonly world: Pick<World, 'random' | 'after'>
  /** whether visitors are to read the feed now; not when nobody says so */
  readonly readsFeed: () => Promise<boolean>
}

export type AnyCarrier = Carrier | 'feed'
export type PublicCarrier = Transport & { carrier(): AnyCarrier }

/**
 * For those without an account: a socket, or the public feed while the hub says that sockets are scarce. It is asked at
 * first, and when a socket did not come about; on the feed now and then, and the socket is heard before the feed is let go.
 */
export function createPublicCarrier({ sockets, feed, world, readsFeed }: PublicCarrierOptions): PublicCarrier {
  let onFeed = false
  let asks = true

  const open = (handlers: TransportHandlers): TransportLink => {
    let over = false
    let current: TransportLink | undefined
    let back: Opening | undefined
    let cancelReturn: (() => void) | undefined
    let tries = 0
    let isHeard = false
    const stop = () => {
      over = true
      cancelReturn?.()
      back?.close()
    }
    const ended = (code: number, heard = false) => {
      if (over) return
      stop()
      asks = onFeed || !heard
      handlers.closed(code)
    }
    const onSocket = () => {
      isHeard = true
      onFeed = false
      asks = false
    }
    const returnLater = () => {
      cancelReturn = world.after(returnInMs(tries++, world.random()), () => void tryReturning())
    }
    const tryReturning = async () => {
      const reads = await readsFeed()
      if (over) return
      if (reads) return returnLater()
      back = watch(sockets, world.after, CONNECT_TIMEOUT_MS, {
        first() {
          current?.close()
          current = back
          back = undefined
          onSocket()
        },
        message: handlers.message,
        ended(code, heard) {
          if (back === undefined && heard) return ended(code, heard)
          back = undefined
          returnLater()
        },
      })
    }
    const begin = (reads: boolean) => {
      if (over) return
      onFeed = reads
      if (reads) {
        current = feed.open({ message: handlers.message, closed: (code) => ended(code) })
        returnLater()
      } else {
        current = watch(sockets, world.after, null, { first: onSocket, message: handlers.message, ended })
      }
    }
    if (asks) void readsFeed().then(begin)
    else begin(false)
    return {
      send: (text) => current?.send(text),
      close() {
        if (over) return
        stop()
        asks ||= !isHeard
        current?.close()
      },
    }
  }
  return { open, carrier: () => (onFeed ? 'feed' : sockets.carrier()) }
}
