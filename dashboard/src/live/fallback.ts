import { type Carrier, type Choice, failed, firstChoice, helloMsMax, returnInMs, spoke } from './carrier.ts'
import { CONNECT_TIMEOUT_MS } from './connection.ts'
import type { World } from './link.ts'
import { type Opening, watch } from './opening.ts'
import type { Transport, TransportHandlers, TransportLink } from './transport.ts'

export type FallbackOptions = {
  readonly carriers: Readonly<Record<Carrier, Transport>>
  readonly world: Pick<World, 'random' | 'after'>
  /** what spoke last in this tab, before the page was loaded */
  readonly remembered: Carrier | null
  readonly remember: (carrier: Carrier) => void
}

export type FallbackTransport = Transport & {
  /** what carries, or was the last to carry */
  carrier(): Carrier
}

/**
 * `/live`, and Socket.IO where the network breaks WebSockets (carrier.ts says when). On the fallback `/live` is tried
 * behind the working link; when the hub is heard there, the link moves over in between two frames: its `hello` makes
 * the client subscribe again from the positions it holds, so nothing is lost and nothing goes stale.
 */
export function createFallback(options: FallbackOptions): FallbackTransport {
  const { carriers, world } = options
  let choice: Choice = firstChoice(options.remembered)
  let carrying: Carrier = choice.carrier

  const hear = (carrier: Carrier) => {
    choice = spoke(carrier)
    carrying = carrier
    options.remember(carrier)
  }

  const open = (handlers: TransportHandlers): TransportLink => {
    const began = choice.carrier
    let over = false
    let tries = 0
    let back: Opening | undefined
    let cancelReturn: (() => void) | undefined

    const stopReturning = () => {
      cancelReturn?.()
      cancelReturn = undefined
      back?.close()
      back = undefined
    }
    const ended = (code: number) => {
      if (over) return
      over = true
      stopReturning()
      handlers.closed(code)
    }
    const returnLater = () => {
      cancelReturn = world.after(returnInMs(tries++, world.random()), tryReturning)
    }
    const tryReturning = () => {
      back = watch(carriers.live, world.after, CONNECT_TIMEOUT_MS, {
        first() {
          current.close()
          if (back) current = back
          back = undefined
          hear('live')
        },
        message: handlers.message,
        ended(code, heard) {
          if (back === undefined && heard) return ended(code)
          back = undefined
          returnLater()
        },
      })
    }
    let current = watch(carriers[began], world.after, helloMsMax(choice), {
      first() {
        hear(began)
        if (began === 'socketio') returnLater()
      },
      message: handlers.message,
      ended(code, heard) {
        if (!heard) choice = failed(choice)
        ended(code)
      },
    })
    return {
      send: (text) => current.send(text),
      close() {
        if (over) return
        over = true
        if (!current.heard()) choice = failed(choice)
        stopReturning()
        current.close()
      },
    }
  }
  return { open, carrier: () => carrying }
}
