import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopback } from '../runtime/loopback.ts'
import { DELIVERY_MS_MAX, type Delivery, failed, type Message, SENT } from './delivery.ts'

export type Mail = Message & {
  readonly to: string
  /** the same in every try: a server or a reader that has it already shows it once */
  readonly messageId: string
  readonly at: Date
  /** the message id of what it answers: readers show them as one thread */
  readonly answers?: string | null
}

export type MailSender = (mail: Mail) => Promise<Delivery>

type SmtpError = Error & { readonly code?: string; readonly responseCode?: number }

/** RFC 5321: 4yz may be tried again, 5yz not. */
const PERMANENT = 500

/** @param url SMTP_URL @param from SMTP_FROM */
export function createMailSender(url: string, from: string, timeoutMs = DELIVERY_MS_MAX): MailSender {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const options = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // Passwords and messages cross the network sealed, or not at all.
    requireTLS: !secure && !isLoopback(hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  }
  const auth = username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }

  return async ({ to, title, body, url: link, messageId, at, answers }) => {
    const content = await new MailComposer({
      from,
      to,
      subject: title,
      text: link === '' ? `${body}\n` : `${body}\n\n${link}\n`,
      messageId,
      date: at,
      ...(answers && { inReplyTo: answers, references: answers }),
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build()
    let handedOver = false
    // Read only when the server has said that it takes the message.
    const message = Readable.from(
      (function* () {
        handedOver = true
        yield content
      })(),
      { objectMode: false },
    )
    const connection = new SMTPConnection(options)
    // Timeouts of the connection are of silence: a server that says a byte now and then would never be cut.
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(Object.assign(new Error('took too long'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    )
    const broken = new Promise<never>((_, reject) => connection.once('error', reject))
    const within = <T>(step: Promise<T>): Promise<T> => Promise.race([step, broken, late.promise])
    try {
      await within(settled((done) => connection.connect(done)))
      if (auth) await within(settled((done) => connection.login(auth, done)))
      await within(settled((done) => connection.send({ from, to: [to] }, message, done)))
      connection.quit()
      return SENT
    } catch (error) {
      return deliveryOf(error as SmtpError, handedOver)
    } finally {
      clearTimeout(timer)
      connection.on('error', () => connection.close())
      connection.close()
    }
  }
}

/** A step with a callback, as a promise. */
function settled(step: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => step((error) => (error ? reject(error) : resolve())))
}

function deliveryOf({ message, code, responseCode }: SmtpError, handedOver: boolean): Delivery {
  if (responseCode !== undefined) return failed('refused', responseCode < PERMANENT, message)
  if (handedOver) return failed('unknown', false, `${message}, after the message was handed over`)
  return code === 'ETIMEDOUT' ? failed('timeout', true, message) : failed('unreachable', true, message)
}
