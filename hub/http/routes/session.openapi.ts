import { z } from '@hono/zod-openapi'
import { typed } from '../../contract/api/common.ts'
import { ACTIONS } from '../../contract/vocabulary/actions.ts'
import { ROLES } from '../../contract/vocabulary/roles.ts'
import { OIDC_PROVIDER } from '../auth/better-auth.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../auth/passwords.ts'
import { open, secured } from '../auth/secured.ts'
import { fault, json, ok } from '../responses.ts'

export const session = z
  .object({
    signedIn: z.boolean(),
    account: z
      .object({
        id: z.uuid(),
        key: z.string().openapi({ description: 'how boards name this account: `holderKey`, `offeredKey`' }),
        name: z.string(),
        label: z.string(),
        drill: z.boolean(),
      })
      .nullable(),
    role: z.enum(['unbound', ...ROLES]).nullable(),
    areas: z.array(z.string()),
    facility: z.number().int().nullable(),
    /** what the screen may offer; the hub checks each again, with the area */
    may: z.array(z.enum(ACTIONS)),
    /** what the button for signing in through an agency is called */
    oidc: z.string().nullable(),
  })
  .meta({ id: 'Session' })

/** A path of the hub's own: browsers take `//host` and `/\host` for another site. */
const returnTo = z
  .string()
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'wrong')
  .max(500)
  .default('/')

const ended = { 204: { description: 'The session has ended; its cookies are gone' } }

export const whoAmI = open({
  method: 'get',
  path: '/api/session',
  tags: ['session'],
  summary: 'Who am I, and what may I do',
  responses: { 200: ok('Who asks', session) },
})

export const signInRoute = open({
  method: 'post',
  path: '/api/auth/sign-in',
  tags: ['session'],
  summary: 'Sign in by password',
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          login: typed(254),
          password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
          next: z
            .string()
            .min(PASSWORD_LENGTH_MIN)
            .max(PASSWORD_LENGTH_MAX)
            .optional()
            .openapi({ description: 'a password of one’s own, in place of one that was issued (`password_issued`)' }),
          remember: z.boolean().default(true),
        }),
      ),
    },
  },
  responses: {
    200: ok('Signed in; the cookies are set', session),
    400: fault('The new password is too common'),
    401: fault('Login or password is wrong'),
    403: fault('The account may not sign in, or only with a password of its own (`password_issued`)'),
    429: fault('Locked for a while, or too many attempts from this address'),
    503: fault('Too many people are signing in'),
  },
})

export const oidcRoute = open({
  method: 'post',
  path: '/api/auth/sign-in/oidc',
  tags: ['session'],
  summary: "Sign in through an agency's OpenID Connect provider",
  request: {
    body: { required: true, content: json(z.object({ returnTo })) },
  },
  responses: {
    200: ok('Where to send the browser', z.object({ url: z.url() })),
    404: fault('No provider is configured'),
    502: fault('The provider does not answer'),
  },
})

export const callbackRoute = open({
  method: 'get',
  path: `/api/auth/callback/${OIDC_PROVIDER}`,
  tags: ['session'],
  summary: 'Where the provider sends the browser back to',
  responses: { 302: { description: 'Signed in, or back to the sign-in page with `error`' } },
})

export const signOut = open({
  method: 'post',
  path: '/api/session/sign-out',
  tags: ['session'],
  summary: 'End this session',
  responses: ended,
})

export const signOutEverywhere = secured(
  {
    method: 'post',
    path: '/api/session/sign-out-everywhere',
    tags: ['session'],
    summary: 'End every session of this account',
    responses: ended,
  },
  'session.own',
)

export const changePassword = secured(
  {
    method: 'post',
    path: '/api/session/password',
    tags: ['session'],
    summary: 'Change the password; every other session ends',
    request: {
      body: {
        required: true,
        content: json(
          z.object({
            current: z.string().max(PASSWORD_LENGTH_MAX),
            next: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
          }),
        ),
      },
    },
    responses: {
      204: { description: 'Changed' },
      400: fault('The current password is wrong, or the new one too common'),
      429: fault('Too many attempts, or locked for a while'),
    },
  },
  'session.own',
)
