import type { World } from './link.ts'
import { BROKEN, type Transport, type TransportLink } from './transport.ts'

/** Close codes of the hub's own; whoever gets one has been heard by it. */
const HUBS_OWN = 4_000

export type OpeningHandlers = {
  /** before the first message */
  first(): void
  message(text: string): void
  /** once, unless it is closed from this side. `heard`: the hub has spoken, were it only to refuse */
  ended(code: number, heard: boolean): void
}

export type Opening = TransportLink & { heard(): boolean }

/** One opening of a carrier, watched until the hub is heard. @param helloMsMax ms it has for that; `null`: any */
export function watch(
  transport: Transport,
  after: World['after'],
  helloMsMax: number | null,
  handlers: OpeningHandlers,
): Opening {
  let heard = false
  let over = false
  let cancel: (() => void) | undefined
  const finish = (): boolean => {
    if (over) return false
    over = true
    cancel?.()
    return true
  }
  const ended = (code: number) => {
    if (finish()) handlers.ended(code, heard || code >= HUBS_OWN)
  }
  const link = transport.open({
    message(text) {
      if (over) return
      if (!heard) {
        heard = true
        cancel?.()
        handlers.first()
      }
      handlers.message(text)
    },
    closed: ended,
  })
  if (helloMsMax !== null) {
    cancel = after(helloMsMax, () => {
      link.close()
      ended(BROKEN)
    })
  }
  return {
    send: link.send,
    heard: () => heard,
    close() {
      if (finish()) link.close()
    },
  }
}
