import type { Config } from '../runtime/config.ts'
import { isLoopback } from '../runtime/loopback.ts'

const isPlain = (url: string | undefined): boolean => {
  const parsed = url === undefined ? null : URL.parse(url)
  return parsed?.protocol === 'http:' && !isLoopback(parsed.hostname)
}

/** What would go over the network for everybody to read, a sentence each; none: nothing would. */
export function plainHttp(config: Config): string[] {
  const said: string[] = []
  const servesTls = config.tlsCert !== undefined && config.tlsKey !== undefined
  const isHttps = config.publicUrl === undefined ? servesTls : config.publicUrl.startsWith('https:')
  if (!isHttps) {
    said.push(
      'Without https, passwords, sessions and personal data cross the network in clear and cookies are not Secure: set PUBLIC_URL to the https address of the proxy before the hub, or TLS_CERT and TLS_KEY',
    )
  }
  if (isPlain(config.smsWebhookUrl)) {
    said.push('SMS_WEBHOOK_URL is http: phone numbers and codes would go out in clear; give its https address')
  }
  if (isPlain(config.oidcIssuer)) {
    said.push('OIDC_ISSUER is http: anybody on the way could sign in as anybody; give its https address')
  }
  if (isPlain(config.apiOrigin)) {
    said.push('API_ORIGIN is http: passwords and personal data would go to it in clear; give its https address')
  }
  return said
}

/**
 * `npm start` carries real people's data.
 * @returns what to warn of at every start, where plain http was asked for
 * @throws Error with what is in clear and how to mend it
 */
export function refusePlainHttp(config: Config): string[] {
  const said = plainHttp(config)
  if (said.length === 0 || config.allowPlainHttp) return said
  throw new Error(
    `${said.map((line) => `${line}. `).join('')}ALLOW_PLAIN_HTTP=1 starts all the same, where nobody else is on the network.`,
  )
}
