import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { DELIVERY_MS_MAX, type Delivery, failed } from './delivery.ts'
import { isPrivateHost, PrivatePlace, publicLookup } from './private-hosts.ts'

/**
 * As `post`, to an address that somebody has typed: never to a private one, whatever its name resolves to, unless the operator has
 * named the host. @param allowed WEBHOOK_HOSTS @returns the status, or why there is none
 */
export function postOutward(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  allowed: readonly string[],
  timeoutMs = DELIVERY_MS_MAX,
): Promise<number | Delivery> {
  const { protocol, hostname } = new URL(url)
  if (isPrivateHost(hostname, allowed)) {
    return Promise.resolve(
      failed('refused', false, `${hostname} is a private address that WEBHOOK_HOSTS does not name`),
    )
  }
  const request = protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const call = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal,
      ...(!allowed.includes(hostname) && { lookup: publicLookup }),
    })
    call.once('response', (answer) => {
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    call.on('error', (error) => {
      if (signal.aborted) resolve(failed('timeout', true, `no answer within ${timeoutMs} ms`))
      else if (error instanceof PrivatePlace) resolve(failed('refused', false, error.message))
      else resolve(failed('unreachable', true, error.message))
    })
    call.end(body)
  })
}
