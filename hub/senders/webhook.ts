import type { Sender } from './sender.ts'

/** ms for one attempt */
export const WEBHOOK_TIMEOUT_MS = 5_000
const TRIES_MAX = 2

/** POSTs `{to, text}` as JSON to the agency's gateway, which answers 2xx when it has taken the message. */
export function createWebhookSender(url: string, timeoutMs = WEBHOOK_TIMEOUT_MS): Sender {
  async function attempt(body: string): Promise<void> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`the SMS gateway answered ${answer.status}`)
  }
  return {
    name: 'webhook',
    async send({ phone, text }) {
      const body = JSON.stringify({ to: phone, text })
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(body)
        } catch (error) {
          if (tries === TRIES_MAX) throw error
        }
      }
    },
  }
}
