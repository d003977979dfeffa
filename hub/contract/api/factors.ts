import { z } from 'zod'
import {
  FACTOR_KINDS,
  FACTOR_NAME_LENGTH_MAX,
  OWED,
  PROOFS,
  RECOVERY_CODES,
  SESSION_FACTORS,
} from '../vocabulary/factors.ts'
import { PASSWORD_LENGTH_MAX } from '../vocabulary/passwords.ts'
import { compactDigits } from '../vocabulary/text.ts'
import { typed } from './common.ts'

const factorName = typed(FACTOR_NAME_LENGTH_MAX)
/** Base64url without padding, as browsers send what a passkey says. */
const base64url = (lengthMax: number) =>
  z
    .string()
    .regex(/^[\w-]*$/, 'wrong')
    .max(lengthMax)

/** A session that has shown a password, and still owes a second factor. */
export const halfSession = z.object({
  owes: z.enum(OWED),
  ways: z.array(z.enum(PROOFS)).meta({ description: 'how it may prove itself; none while it has to set one up' }),
})

/** However it is typed: in the digits of the phone's own script, in groups as the app shows them. */
const code = z.string().overwrite(compactDigits).min(6).max(40)
/** By which somebody shows that it is them. A passkey goes by a challenge of its own. */
export const proofBody = z.discriminatedUnion('by', [
  z.object({ by: z.literal('totp'), code }),
  z.object({ by: z.literal('recovery'), code }),
  z.object({ by: z.literal('password'), password: z.string().min(1).max(PASSWORD_LENGTH_MAX) }),
])

/** What `navigator.credentials` takes (WebAuthn, 5.8.2 and 5.8.3), as the library on both sides reads it. */
export const passkeyOptionsAnswer = z.object({ options: z.looseObject({ challenge: z.string() }) })

const response = { clientDataJSON: base64url(4_000) }
const credential = {
  id: base64url(1_400).min(1),
  rawId: base64url(1_400).min(1),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()).default({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
}
export const newPasskeyBody = z.object({
  name: factorName,
  response: z.object({
    ...credential,
    response: z.object({
      ...response,
      attestationObject: base64url(20_000),
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  }),
})
export const passkeyProofBody = z.object({
  response: z.object({
    ...credential,
    response: z.object({
      ...response,
      authenticatorData: base64url(4_000),
      signature: base64url(4_000),
      userHandle: base64url(200).optional(),
    }),
  }),
})

export const newTotpBody = z.object({ name: factorName })
export const newTotpAnswer = z.object({
  key: z.string().meta({ description: 'base32, for typing into the app' }),
  uri: z.string().meta({ description: '`otpauth://…`, for its camera' }),
})
export const confirmTotpBody = z.object({ code })

const recoveryCodes = z.array(z.string()).length(RECOVERY_CODES)
/** `recoveryCodes`: with the first factor, and shown this once. */
export const addedFactorAnswer = z.object({ recoveryCodes: recoveryCodes.nullable() })
export const recoveryCodesAnswer = z.object({ recoveryCodes })

export const factorsAnswer = z.object({
  factors: z.array(
    z
      .object({
        id: z.uuid(),
        kind: z.enum(FACTOR_KINDS),
        name: z.string(),
        createdAt: z.iso.datetime(),
        usedAt: z.iso.datetime().nullable(),
      })
      .meta({ id: 'Factor' }),
  ),
  ways: z.array(z.enum(PROOFS)).meta({ description: 'how I show that it is me' }),
  recoveryCodes: z.number().int().meta({ description: 'how many are left' }),
  passkeys: z.boolean().meta({ description: 'whether browsers have passkeys at this address' }),
  demandedFrom: z.iso.datetime().nullable().meta({ description: 'from when the role needs a second factor' }),
  holds: z.boolean().meta({ description: 'false: an exercise, where none is demanded' }),
})

export const sessionsAnswer = z.object({
  sessions: z.array(
    z
      .object({
        id: z.uuid(),
        here: z.boolean().meta({ description: 'the one that asks' }),
        device: z.string().nullable().meta({ description: 'what the browser calls itself' }),
        address: z.string().nullable(),
        createdAt: z.iso.datetime(),
        usedAt: z.iso.datetime(),
        factor: z.enum(SESSION_FACTORS).nullable(),
      })
      .meta({ id: 'OwnSession' }),
  ),
})
export const endedSessionsAnswer = z.object({ sessions: z.number().int() })
