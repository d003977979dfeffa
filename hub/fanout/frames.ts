import { deflateRawSync } from 'node:zlib'
import type { HubMessage } from '../contract/live/messages.ts'
import { DEFLATE_FROM_BYTES } from '../contract/live/packing.ts'

/**
 * A message encoded once for all its readers. `text` is JSON; `packed` the same deflated (raw deflate, RFC 1951), for
 * clients that asked for it, or `undefined` where the text is so small that it would not pay.
 */
export type Frame = {
  readonly message: HubMessage
  readonly text: string
  readonly packed: Uint8Array | undefined
}

/** Level 4: within 6 % of level 9's size on snapshots, at a third of its time. */
const LEVEL = 4

export function encodeFrame(message: HubMessage): Frame {
  const text = JSON.stringify(message)
  let packed: Uint8Array | undefined
  return {
    message,
    text,
    get packed() {
      if (packed === undefined && text.length >= DEFLATE_FROM_BYTES) packed = deflateRawSync(text, { level: LEVEL })
      return packed
    },
  }
}
