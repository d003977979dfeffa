import { BROKEN, type Transport, type TransportHandlers, type TransportLink } from './transport.ts'

/** A transport that is fetched when it is first opened. One that cannot be fetched is a link that did not come about. */
export function lazyTransport(load: () => Promise<Transport>): Transport {
  return {
    open(handlers: TransportHandlers): TransportLink {
      let link: TransportLink | undefined
      let over = false
      load().then(
        (transport) => {
          if (!over) link = transport.open(handlers)
        },
        () => over || handlers.closed(BROKEN),
      )
      return {
        send: (text) => link?.send(text),
        close() {
          over = true
          link?.close()
        },
      }
    },
  }
}
