import { z } from 'zod'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../vocabulary/passwords.ts'
import { AREAS_MAX, mayBeOfSubdistrict, ROLES } from '../vocabulary/roles.ts'
import { areaCode, facilityId, typed } from './common.ts'

/** What an account is called, over HTTP and on the command line alike. */
export const accountName = typed(120)
export const accountEmail = z.email('email_invalid').max(254)
export const accountUsername = z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'username_invalid')
export const accountLabel = typed(80).describe('organisation and call-sign, shown on every board; no name of a person')

const login = {
  email: accountEmail.nullable().default(null),
  username: accountUsername.nullable().default(null),
}
const binding = z.object({
  role: z.enum(ROLES).exclude(['screen']),
  areas: z.array(areaCode).max(AREAS_MAX).default([]),
  facility: facilityId.nullable().default(null),
})

/** A kamnan, a headman or a VHV is bound to a sub-district; whoever stands above them to a district or more. */
const boundAsFits = <T extends z.ZodType<z.output<typeof binding>>>(body: T) =>
  body.superRefine(({ role, areas }, context) => {
    for (const [i, code] of areas.entries()) {
      if (code.length === 6 && !mayBeOfSubdistrict(role)) {
        context.addIssue({ code: 'custom', path: ['areas', i], message: 'area_too_small' })
      }
    }
  })

export const newAccountBody = boundAsFits(
  binding.extend({ name: accountName, ...login, label: accountLabel.optional() }),
)
export const bindBody = boundAsFits(binding.extend({ label: accountLabel.optional() }))
export const disabledBody = z.object({ disabled: z.boolean() })
export const inviteBody = boundAsFits(
  binding.extend({ label: accountLabel, note: typed(120).or(z.literal('')).default('') }),
)
export const acceptInvitationBody = z
  .object({
    token: z.string().regex(/^[\w-]{20,100}$/),
    name: accountName,
    ...login,
    password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
  })
  .refine((given) => given.email !== null || given.username !== null, {
    path: ['username'],
    message: 'login_required',
  })

export const account = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    username: z.string().nullable(),
    role: z.enum(ROLES).nullable(),
    areas: z.array(z.string()),
    facility: z.number().int().nullable(),
    label: z.string().nullable(),
    disabled: z.boolean(),
    drill: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Account' })
export const accountAnswer = account
  .extend({ sessions: z.number().int(), factors: z.number().int() })
  .meta({ id: 'AccountWithSessions' })
export const accountsAnswer = z.object({ accounts: z.array(account), next: z.uuid().nullable() })
export const newAccountAnswer = z.object({ id: z.uuid(), password: z.string() })
export const passwordAnswer = z.object({ password: z.string() })
export const resetFactorsAnswer = z.object({ factors: z.number().int() })
export const signedOutAnswer = z.object({ sessions: z.number().int() })

const invitation = z
  .object({
    id: z.uuid(),
    role: z.enum(ROLES),
    areas: z.array(z.string()),
    facility: z.number().int().nullable(),
    label: z.string(),
    note: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    acceptedAt: z.iso.datetime().nullable(),
    account: z.uuid().nullable(),
  })
  .meta({ id: 'Invitation' })
export const invitationsAnswer = z.object({ invitations: z.array(invitation) })
export const inviteAnswer = z.object({ id: z.uuid(), link: z.url(), expiresAt: z.iso.datetime() })
export const acceptInvitationAnswer = z.object({ account: z.uuid(), role: z.enum(ROLES) })
