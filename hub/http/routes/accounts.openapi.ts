import { z } from '@hono/zod-openapi'
import { areaCode, boundArea, typed } from '../../contract/api/common.ts'
import { AREAS_MAX, ROLES } from '../../contract/vocabulary/roles.ts'
import * as fields from '../auth/fields.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../auth/passwords.ts'
import { open, secured } from '../auth/secured.ts'
import { fault, json, ok } from '../responses.ts'

const PAGE_MAX = 200

const id = z.object({ id: z.uuid() })
const label = fields.label
const name = fields.name
const email = fields.email.nullable().default(null)
const username = fields.username.nullable().default(null)

const binding = z.object({
  role: z.enum(ROLES).exclude(['screen']),
  areas: z.array(boundArea).max(AREAS_MAX).default([]),
  facility: z.number().int().positive().max(2_147_483_647).nullable().default(null),
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

const tags = ['accounts']
const notFound = { 404: fault('There is no such account') }
const wrong = {
  400: fault('Role, areas or facility do not fit together'),
  409: fault('Taken, or the last administrator'),
}

export const list = secured(
  {
    method: 'get',
    path: '/api/accounts',
    tags,
    summary: 'Accounts, in pages',
    request: {
      query: z.object({
        text: typed(100).optional(),
        role: z.enum(ROLES).optional(),
        area: areaCode.optional(),
        after: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50),
      }),
    },
    responses: {
      200: {
        description: 'A page; `next` is the `after` of the one after it',
        content: json(z.object({ accounts: z.array(account), next: z.uuid().nullable() })),
      },
    },
  },
  'accounts.manage',
)

export const create = secured(
  {
    method: 'post',
    path: '/api/accounts',
    tags,
    summary: 'Make an account; its first password is in the answer, and nowhere else',
    request: {
      body: { required: true, content: json(binding.extend({ name, email, username, label: label.optional() })) },
    },
    responses: {
      201: ok('Made', z.object({ id: z.uuid(), password: z.string() })),
      ...wrong,
      ...notFound,
    },
  },
  'accounts.manage',
)

export const read = secured(
  {
    method: 'get',
    path: '/api/accounts/{id}',
    tags,
    summary: 'One account, and how many sessions it has',
    request: { params: id },
    responses: {
      200: {
        description: 'The account',
        content: json(account.extend({ sessions: z.number().int() }).meta({ id: 'AccountWithSessions' })),
      },
      ...notFound,
    },
  },
  'accounts.manage',
)

export const bind = secured(
  {
    method: 'put',
    path: '/api/accounts/{id}/role',
    tags,
    summary: 'Give an account its role and places',
    request: { params: id, body: { required: true, content: json(binding.extend({ label: label.optional() })) } },
    responses: { 204: { description: 'In force' }, ...wrong, ...notFound },
  },
  'accounts.manage',
)

export const setDisabled = secured(
  {
    method: 'put',
    path: '/api/accounts/{id}/disabled',
    tags,
    summary: 'Disable (its sessions end at once) or enable an account',
    request: { params: id, body: { required: true, content: json(z.object({ disabled: z.boolean() })) } },
    responses: { 204: { description: 'In force' }, ...wrong, ...notFound },
  },
  'accounts.manage',
)

export const password = secured(
  {
    method: 'post',
    path: '/api/accounts/{id}/password',
    tags,
    summary: 'A new password, in the answer and nowhere else; every session ends',
    request: { params: id },
    responses: {
      200: ok('Changed', z.object({ password: z.string() })),
      ...wrong,
      ...notFound,
    },
  },
  'accounts.manage',
)

export const signOut = secured(
  {
    method: 'post',
    path: '/api/accounts/{id}/sign-out',
    tags,
    summary: 'End every session of an account',
    request: { params: id },
    responses: {
      200: ok('Ended', z.object({ sessions: z.number().int() })),
      ...wrong,
      ...notFound,
    },
  },
  'accounts.manage',
)

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

export const listInvitations = secured(
  {
    method: 'get',
    path: '/api/invitations',
    tags,
    summary: 'Invitations, newest first',
    responses: { 200: ok('Invitations', z.object({ invitations: z.array(invitation) })) },
  },
  'accounts.manage',
)

export const invite = secured(
  {
    method: 'post',
    path: '/api/invitations',
    tags,
    summary: 'Invite somebody: a link that works once, for seven days',
    request: {
      body: {
        required: true,
        content: json(binding.extend({ label, note: typed(120).or(z.literal('')).default('') })),
      },
    },
    responses: {
      201: {
        description: 'The link is in the answer, and nowhere else',
        content: json(z.object({ id: z.uuid(), link: z.url(), expiresAt: z.iso.datetime() })),
      },
      ...wrong,
      ...notFound,
    },
  },
  'accounts.manage',
)

export const withdraw = secured(
  {
    method: 'delete',
    path: '/api/invitations/{id}',
    tags,
    summary: 'Take an invitation back',
    request: { params: id },
    responses: { 204: { description: 'Taken back' }, 404: fault('None such, or accepted already') },
  },
  'accounts.manage',
)

export const accept = open({
  method: 'post',
  path: '/api/invitations/accept',
  tags,
  summary: 'Accept an invitation: choose a login and a password',
  request: {
    body: {
      required: true,
      content: json(
        z
          .object({
            token: z.string().regex(/^[\w-]{20,100}$/),
            name,
            email,
            username,
            password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
          })
          .refine((given) => given.email !== null || given.username !== null, {
            path: ['username'],
            message: 'login_required',
          }),
      ),
    },
  },
  responses: {
    201: {
      description: 'The account stands; sign in',
      content: json(z.object({ account: z.uuid(), role: z.enum(ROLES) })),
    },
    404: fault('Used, expired, or taken back'),
    409: fault('The login is taken'),
    429: fault('Too many attempts from this address'),
    503: fault('Too many people are signing in'),
  },
})
