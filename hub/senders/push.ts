import { createECDH } from 'node:crypto'
import webPush from 'web-push'
import { isLoopback } from '../runtime/loopback.ts'
import { isHostOf } from '../runtime/outward.ts'
import { type Delivery, deliveryOf, failed, type Message, post } from './delivery.ts'
import type { VapidKeys } from './vapid.ts'

export type PushTarget = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

export type PushMessage = Message & {
  /** messages of one tag replace each other, on the way and on the device */
  readonly tag: string
  /** ms that the push service keeps it for a device that is off */
  readonly keptMs: number
  readonly urgent: boolean
  /** it replaces what it is about without a sound */
  readonly quiet?: boolean
}

export type PushSender = (to: PushTarget, message: PushMessage) => Promise<Delivery>

/** RFC 8030: at most 32 characters of base64url. */
const topicOf = (tag: string): string => tag.replaceAll(/[^\w-]/g, '-').slice(0, 32)

/** @param subject whom a push service may write to: an https or mailto URL */
export function createPushSender(vapid: VapidKeys, subject: string, timeoutMs?: number): PushSender {
  return async ({ endpoint, p256dh, auth }, { keptMs, urgent, tag, ...message }) => {
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify({ ...message, tag }),
      {
        vapidDetails: { subject, ...vapid },
        contentEncoding: 'aes128gcm',
        TTL: Math.max(0, Math.floor(keptMs / 1000)),
        urgency: urgent ? 'high' : 'normal',
        topic: topicOf(tag),
      },
    )
    const { 'Content-Length': _, ...own } = headers as Record<string, string>
    const status = await post(
      endpoint,
      Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])),
      body,
      timeoutMs,
    )
    if (typeof status !== 'number') return status
    // Gone, or made for another key of ours: it will never take a message again.
    if ([401, 403, 404, 410].includes(status)) return failed('gone', false, `answered ${status}`)
    return deliveryOf(status)
  }
}

/** Whether the host of an endpoint is one of `hosts` (`*.` before a name: all below it); http to this machine alone. */
export function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  const { protocol, hostname } = new URL(endpoint)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return false
  return isHostOf(hostname, hosts)
}

/** Whether keys are what a browser makes: a point of P-256, and 16 bytes. */
export function areDeviceKeys({ p256dh, auth }: Pick<PushTarget, 'p256dh' | 'auth'>): boolean {
  if (Buffer.from(auth, 'base64url').length !== 16) return false
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  try {
    ecdh.computeSecret(Buffer.from(p256dh, 'base64url'))
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
