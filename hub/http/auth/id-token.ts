import { z } from 'zod'

/** Of which ID tokens may be signed, whatever a provider says it can: public keys, SHA-256 and more (ASVS 9.1.2). */
export const ID_TOKEN_ALGORITHMS: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

const head = z.object({ alg: z.string() })
const claims = z.object({ iss: z.string() })
const withoutSlash = (issuer: string): string => issuer.replace(/\/+$/, '')
const partOf = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())

/**
 * Whether an ID token is of the issuer that was configured: the library holds it against the one that the discovery document names (ASVS 10.5.3).
 * @param idToken whose signature the library has checked
 */
export function isOfIssuer(idToken: string, issuer: string): boolean {
  const [first, second] = idToken.split('.')
  const { alg } = head.parse(partOf(first))
  const { iss } = claims.parse(partOf(second))
  return ID_TOKEN_ALGORITHMS.includes(alg) && withoutSlash(iss) === withoutSlash(issuer)
}
