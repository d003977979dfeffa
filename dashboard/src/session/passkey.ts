import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { AskingBody } from '../api/http.ts'

/** Whether this browser has passkeys at this address: only in a secure context. */
export const browserHasPasskeys = (): boolean =>
  window.isSecureContext && typeof window.PublicKeyCredential === 'function'

/** The browser asks for one. @throws Error when the person or the device gives none */
export async function showPasskey(
  options: unknown,
): Promise<AskingBody<'POST /api/session/proof/passkey'>['response']> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  return (await startAuthentication({ optionsJSON })) as AskingBody<'POST /api/session/proof/passkey'>['response']
}

/** The browser makes one. @throws Error when the person or the device makes none */
export async function makePasskey(options: unknown): Promise<AskingBody<'POST /api/factors/passkey'>['response']> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  return (await startRegistration({ optionsJSON })) as unknown as AskingBody<'POST /api/factors/passkey'>['response']
}
