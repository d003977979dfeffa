import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'

/** What an agency's provider says of how somebody signed in (OpenID Connect Core, 2). */
const claims = z.object({ acr: z.string().optional().catch(undefined), amr: z.array(z.string()).catch([]) })

/** "Multiple-factor authentication" (RFC 8176). */
const AMR_MULTIPLE = 'mfa'

/**
 * Whether the provider has asked for a second factor itself.
 * @param idToken whose signature better-auth has checked
 * @param acrValues the classes that count, as the operator says (OIDC_ACR)
 */
export function saysSecondFactor(idToken: string | null | undefined, acrValues: readonly string[]): boolean {
  const payload = idToken?.split('.')[1]
  if (payload === undefined) return false
  const { acr, amr } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return amr.includes(AMR_MULTIPLE) || (acr !== undefined && acrValues.includes(acr))
}

type Answer = { secondFactor: boolean }
const answers = new AsyncLocalStorage<Answer>()

/** Runs the provider's way back. What its token says is heard in one place, and the session begins in another. */
export function hearAgency<T>(work: () => Promise<T>): Promise<T> {
  return answers.run({ secondFactor: false }, work)
}

export function noteAgency(idToken: string | null | undefined, acrValues: readonly string[]): void {
  const answer = answers.getStore()
  if (answer !== undefined) answer.secondFactor = saysSecondFactor(idToken, acrValues)
}

/** Whether this request is the way back of somebody of whom the provider has said so. */
export const agencySaidSecondFactor = (): boolean => answers.getStore()?.secondFactor ?? false
