import { isIP } from 'node:net'
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { FactorRow } from '../../../../db/queries/factors.ts'
import { ApiError } from '../../../contract/refusals/api-error.ts'

export const CHALLENGE_MS = 5 * 60_000
const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

const transportsOf = (given: readonly string[]): AuthenticatorTransport[] =>
  given.filter((one): one is AuthenticatorTransport => TRANSPORTS.has(one))

/**
 * Whether browsers have passkeys at this address: https, or localhost for a trial, and a name (WebAuthn, 5.1.3: a relying
 * party is a domain, in a secure context).
 */
export function hasPasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0
  return isName && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'))
}

const partyOf = (publicUrl: string) => ({ id: new URL(publicUrl).hostname, origin: new URL(publicUrl).origin })

/** What a browser needs to make one. A device that has one of the account is not asked for a second. */
export function optionsToAdd(
  publicUrl: string,
  account: { readonly id: string; readonly login: string; readonly name: string },
  has: readonly FactorRow[],
) {
  return generateRegistrationOptions({
    rpName: 'Jitasa',
    rpID: partyOf(publicUrl).id,
    userID: new Uint8Array(Buffer.from(account.id.replaceAll('-', ''), 'hex')),
    userName: account.login,
    userDisplayName: account.name,
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    excludeCredentials: has.flatMap(({ credential, transports }) =>
      credential === null ? [] : [{ id: credential, transports: transportsOf(transports) }],
    ),
  })
}

/** @throws ApiError when it is no answer to this challenge at this address */
export async function addedPasskey(publicUrl: string, challenge: string, response: RegistrationResponseJSON) {
  const { id, origin } = partyOf(publicUrl)
  const checked = await asRefusal(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
    }),
  )
  if (!checked.verified) throw new ApiError('wrong_passkey')
  const { credential } = checked.registrationInfo
  return {
    credential: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: transportsOf(credential.transports ?? []),
  }
}

export function optionsToShow(publicUrl: string, has: readonly FactorRow[]) {
  return generateAuthenticationOptions({
    rpID: partyOf(publicUrl).id,
    timeout: CHALLENGE_MS,
    userVerification: 'preferred',
    allowCredentials: has.flatMap(({ credential, transports }) =>
      credential === null ? [] : [{ id: credential, transports: transportsOf(transports) }],
    ),
  })
}

/**
 * @returns the passkey that answered, and how often it has by its own count
 * @throws ApiError when it is none of these, no answer to this challenge at this address, or counts backwards: a copy
 */
export async function shownPasskey(
  publicUrl: string,
  challenge: string,
  has: readonly FactorRow[],
  response: AuthenticationResponseJSON,
): Promise<{ readonly factor: FactorRow; readonly counter: number }> {
  const { id, origin } = partyOf(publicUrl)
  const factor = has.find(({ credential }) => credential === response.id)
  const { credential, public_key: publicKey } = factor ?? {}
  if (factor === undefined || !credential || !publicKey) throw new ApiError('wrong_passkey')
  const checked = await asRefusal(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: false,
      credential: { id: credential, publicKey: new Uint8Array(publicKey), counter: Number(factor.counter) },
    }),
  )
  if (!checked.verified) throw new ApiError('wrong_passkey')
  return { factor, counter: checked.authenticationInfo.newCounter }
}

/** The library throws plain errors for what a client sends wrongly. */
async function asRefusal<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    throw new ApiError('wrong_passkey', undefined, { values: { why: String(error) } })
  }
}
