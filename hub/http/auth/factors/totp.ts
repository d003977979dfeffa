import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'

const STEP_MS = 30_000
/** A code of the step before or after is taken too: clocks of phones differ (RFC 6238, 5.2). */
const STEPS_AROUND = 1
/** RFC 4226 asks for 128 bits at least and recommends 160. */
const SECRET_BYTES = 20
const IV_BYTES = 12
const TAG_BYTES = 16
const ISSUER = 'Jitasa'

export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES)

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'jitasa totp 1', 32))

/** As the database keeps it: AES-256-GCM under a key of AUTH_SECRET, bound to its account. */
export function sealTotp(secret: string, account: string, totp: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(account))
  const sealed = Buffer.concat([cipher.update(totp), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** @throws Error when it was sealed under another secret, or for another account */
export function openTotp(secret: string, account: string, kept: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), kept.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(account))
    .setAuthTag(kept.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(kept.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
}

/** @returns the 30 s step whose code this is (RFC 6238); `undefined`: of none that is taken now */
export async function stepOfCode(totp: Buffer, code: string, now: number): Promise<number | undefined> {
  const otp = createOTP(new Uint8Array(totp))
  const current = Math.floor(now / STEP_MS)
  let found: number | undefined
  for (let step = current - STEPS_AROUND; step <= current + STEPS_AROUND; step++) {
    const expected = Buffer.from(await otp.hotp(step))
    const given = Buffer.from(code)
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = step
  }
  return found
}

/** What an authenticator app reads: the key for typing, and the address for its camera. */
export function totpForApp(totp: Buffer, login: string): { readonly key: string; readonly uri: string } {
  const bytes = new Uint8Array(totp)
  return { key: base32.encode(bytes, { padding: false }), uri: createOTP(bytes).url(ISSUER, login) }
}
