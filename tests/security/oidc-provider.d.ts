/** The little that the tests use of oidc-provider, which ships no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  type Claims = { readonly sub: string; readonly [claim: string]: unknown }
  type Options = {
    readonly clients: readonly Readonly<Record<string, unknown>>[]
    readonly claims: Readonly<Record<string, readonly string[]>>
    readonly cookies: { readonly keys: readonly string[] }
    readonly ttl: Readonly<Record<string, number>>
    readonly acrValues: readonly string[]
    readonly conformIdTokenClaims: boolean
    findAccount(context: unknown, id: string): { readonly accountId: string; claims(): Claims }
  }
  export class Provider {
    readonly Session: { readonly prototype: object }
    constructor(issuer: string, options: Options)
    callback(): RequestListener
  }
}
