/** One text message. `phone`: E.164. */
export type TextMessage = { readonly phone: string; readonly text: string }

/** How text messages leave the hub. @throws Error when it was not taken; whoever calls decides what that means. */
export type Sender = {
  readonly name: 'webhook' | 'log'
  send(message: TextMessage): Promise<void>
}

export type Outbox = {
  /** Hands a message over; it never fails and never waits. @returns whether there was room. */
  post(message: TextMessage): boolean
  /** resolves when nothing is on its way any more */
  settled(): Promise<void>
}

/** Messages on their way at once; a provider that hangs for its whole time-out must not fill the memory. */
export const OUTBOX_MAX = 200

/** A request for help never waits for, nor fails because of, a text message. `onResult` counts them. */
export function createOutbox(
  sender: Sender,
  onResult: (result: 'sent' | 'failed' | 'full', error?: unknown) => void,
): Outbox {
  const underWay = new Set<Promise<void>>()
  return {
    post(message) {
      if (underWay.size >= OUTBOX_MAX) {
        onResult('full')
        return false
      }
      const sending = sender
        .send(message)
        .then(
          () => onResult('sent'),
          (error: unknown) => onResult('failed', error),
        )
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
      return true
    },
    async settled() {
      await Promise.all(underWay)
    },
  }
}
