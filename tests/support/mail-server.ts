import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type MailServer = {
  readonly port: number
  /** for SMTP_URL */
  readonly url: string
  /** messages as they came, in order */
  readonly received: { readonly to: readonly string[]; readonly source: string }[]
  /** from now on */
  mode: 'takes' | 'busy' | 'refuses' | 'hangs at the greeting' | 'hangs after the message'
  /** six digits of the newest mail to this address, once it is there */
  codeFor(address: string): Promise<string>
  stop(): Promise<void>
}

const WAIT_MS_MAX = 20_000

function refusal(responseCode: number): Error {
  return Object.assign(new Error(responseCode < 500 ? 'busy' : 'no such mailbox'), { responseCode })
}

/** A real SMTP server on this machine. @param port of one that was there before */
export async function startMailServer(port = 0): Promise<MailServer> {
  const received: MailServer['received'] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onConnect(_, done) {
      if (mail.mode !== 'hangs at the greeting') done()
    },
    onRcptTo(_, __, done) {
      if (mail.mode === 'busy') return done(refusal(450))
      return mail.mode === 'refuses' ? done(refusal(550)) : done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
        })
        if (mail.mode !== 'hangs after the message') done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const bound = (server.server.address() as AddressInfo).port
  const mail: MailServer = {
    port: bound,
    url: `smtp://127.0.0.1:${bound}`,
    received,
    mode: 'takes',
    async codeFor(address) {
      const until = Date.now() + WAIT_MS_MAX
      while (Date.now() < until) {
        const found = received.findLast(({ to }) => to.includes(address))?.source.match(/^\d{6}\r?$/m)
        if (found) return found[0].trim()
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`no code came to ${address}`)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
  return mail
}
