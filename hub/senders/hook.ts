import { createHash } from 'node:crypto'
import { type Delivery, deliveryOf, type Message, SENT } from './delivery.ts'
import { postOutward } from './post-outward.ts'
import { filled } from './template.ts'

export type HookTarget = {
  readonly url: string
  readonly template: unknown
  /** of the header Authorization */
  readonly authorization: string | null
}
export type HookMessage = Message & {
  readonly kind: string
  readonly area: string
  /** of the notification: the same in every try */
  readonly key: string
}
export type HookSender = (to: HookTarget, message: HookMessage) => Promise<Delivery>

/** A UUID that follows from the key, as LINE wants its retry keys. */
function uuidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/**
 * A try whose answer was lost is made again with the same key: `Idempotency-Key`, and LINE's own name of it, by which
 * LINE answers 409 to what it has already taken.
 * @param privateHosts WEBHOOK_HOSTS
 */
export function createHookSender(privateHosts: readonly string[], timeoutMs?: number): HookSender {
  return async ({ url, template, authorization }, { key, ...filling }) => {
    const id = uuidOf(key)
    const status = await postOutward(
      url,
      {
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-line-retry-key': id,
        ...(authorization !== null && { authorization }),
      },
      JSON.stringify(filled(template, filling)),
      privateHosts,
      timeoutMs,
    )
    if (typeof status !== 'number') return status
    return status === 409 ? SENT : deliveryOf(status)
  }
}
