import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** How the hub is known to the provider. */
export const OIDC_CLIENT = {
  clientId: 'jitasa',
  clientSecret: 'what the hub proves itself with to the provider',
} as const

export type TestProvider = { readonly issuer: string; stop(): Promise<void> }

/** The class of a sign-in with two factors. Who signs in there as `mfa-…` or `strong-…` has shown them: by `amr`, by `acr`. */
export const STRONG = 'urn:agency:two-factors'

/** Its pages ask for no second factor: what they would have found out is told by the name. */
function saysHow(provider: Provider): void {
  const tell = (claim: 'acr' | 'amr', of: (subject: string) => unknown) =>
    Object.defineProperty(provider.Session.prototype, claim, {
      get(this: { accountId?: string }) {
        return of(this.accountId ?? '')
      },
      set: () => undefined,
    })
  tell('amr', (subject) => (subject.startsWith('mfa-') ? ['pwd', 'mfa'] : ['pwd']))
  tell('acr', (subject) => (subject.startsWith('strong-') ? STRONG : '0'))
}

/** Who signs in there as `nobody-mail` has no e-mail address. */
const email = (subject: string) => (subject === 'nobody-mail' ? undefined : `${subject}@agency.example`)

/** A real OpenID Connect provider on loopback, with its own sign-in and consent pages; anybody may sign in there. */
export async function startProvider(callback: string): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: OIDC_CLIENT.clientId, client_secret: OIDC_CLIENT.clientSecret, redirect_uris: [callback] }],
    claims: { openid: ['sub', 'acr', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    acrValues: [STRONG],
    conformIdTokenClaims: false,
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    cookies: { keys: ['key of the cookies of the test'] },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Agency ${id}`, email: email(id), email_verified: true }),
    }),
  })
  saysHow(provider)
  server.on('request', provider.callback())
  return {
    issuer,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
