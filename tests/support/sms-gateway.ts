import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type SmsGateway = {
  /** for SMS_WEBHOOK_URL */
  readonly url: string
  /** the six digits of the newest message to a number that ends so; waits for it */
  digitsFor(ending: string): Promise<string>
  stop(): Promise<void>
}

const WAIT_MS_MAX = 15_000

/** An agency's text-message gateway that takes everything and delivers nothing. */
export async function startSmsGateway(): Promise<SmsGateway> {
  const messages: { readonly to: string; readonly text: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    messages.push(JSON.parse(Buffer.concat(chunks).toString()) as { to: string; text: string })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`,
    async digitsFor(ending) {
      const until = Date.now() + WAIT_MS_MAX
      while (Date.now() < until) {
        const found = messages.findLast(({ to }) => to.endsWith(ending))?.text.match(/\b\d{6}\b/)
        if (found) return found[0]
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`no message to …${ending} among ${messages.length}`)
    },
    stop: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  }
}
