import type { MessageFailure } from '../contract/vocabulary/notifications.ts'

/** ms that one message may take, whatever the other side does. */
export const DELIVERY_MS_MAX = 10_000

/** What a notification says, in the language of who gets it: no name, no number of a person, no address. */
export type Message = {
  readonly title: string
  readonly body: string
  /** where it leads, absolute */
  readonly url: string
}

/** What became of a message. `again`: it was not taken, and may be later. */
export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed'; readonly failure: MessageFailure; readonly again: boolean; readonly why: string }

export const SENT: Delivery = { kind: 'sent' }

export function failed(failure: MessageFailure, again: boolean, why: string): Delivery {
  return { kind: 'failed', failure, again, why }
}

/** A busy or broken server may take it later; a refusal stays one. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500

/** POSTs within DELIVERY_MS_MAX. A redirect is none of ours to follow. @returns the status, or why there is none */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
  timeoutMs = DELIVERY_MS_MAX,
): Promise<number | Delivery> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    return answer.status
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: Error }
    if (name === 'TimeoutError') return failed('timeout', true, `no answer within ${timeoutMs} ms`)
    return failed('unreachable', true, cause?.message ?? message)
  }
}

/** What an HTTP status says of a message. */
export function deliveryOf(status: number): Delivery {
  if (status >= 200 && status < 300) return SENT
  return failed(isPassing(status) ? 'unreachable' : 'refused', isPassing(status), `answered ${status}`)
}
