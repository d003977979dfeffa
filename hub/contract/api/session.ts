import { z } from 'zod'
import { ACTIONS } from '../vocabulary/actions.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../vocabulary/passwords.ts'
import { ROLES } from '../vocabulary/roles.ts'
import { typed } from './common.ts'
import { halfSession } from './factors.ts'

export const session = z
  .object({
    signedIn: z.boolean(),
    account: z
      .object({
        id: z.uuid(),
        key: z.string().meta({ description: 'how boards name this account: `holderKey`, `offeredKey`' }),
        name: z.string(),
        label: z.string().meta({ description: 'organisation and call-sign' }),
        drill: z.boolean(),
      })
      .nullable(),
    role: z.enum(['unbound', ...ROLES]).nullable(),
    areas: z.array(z.string()),
    facility: z.number().int().nullable(),
    /** what the screen may offer; the hub checks each again, with the area */
    may: z.array(z.enum(ACTIONS)),
    /** what the button for signing in through an agency is called; `null`: there is none */
    oidc: z.string().nullable(),
    factorFrom: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'from when the role needs a second factor, while the account has none' }),
    half: halfSession.nullable().meta({ description: 'signed in, and nothing is open before the second factor' }),
  })
  .meta({ id: 'Session' })

const password = z.string().max(PASSWORD_LENGTH_MAX)
const newPassword = password.min(PASSWORD_LENGTH_MIN)

export const signInBody = z.object({
  login: typed(254),
  password: password.min(1),
  next: newPassword
    .optional()
    .meta({ description: 'a password of one’s own, in place of one that was issued (`password_issued`)' }),
  remember: z.boolean().default(true),
})
export const changePasswordBody = z.object({ current: password, next: newPassword })

/** A path of the hub's own: browsers take `//host` and `/\host` for another site. */
const returnTo = z
  .string()
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'wrong')
  .max(500)
  .default('/')
export const agencySignInBody = z.object({ returnTo })
export const agencySignInAnswer = z.object({ url: z.url() })
