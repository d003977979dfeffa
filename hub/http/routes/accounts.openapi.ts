import { z } from '@hono/zod-openapi'
import {
  acceptInvitationAnswer,
  acceptInvitationBody,
  accountAnswer,
  accountsAnswer,
  bindBody,
  disabledBody,
  invitationsAnswer,
  inviteAnswer,
  inviteBody,
  newAccountAnswer,
  newAccountBody,
  passwordAnswer,
  resetFactorsAnswer,
  signedOutAnswer,
} from '../../contract/api/accounts.ts'
import { areaCode, typed } from '../../contract/api/common.ts'
import { ROLES } from '../../contract/vocabulary/roles.ts'
import { open, provenly, secured } from '../auth/secured.ts'
import { fault, ok, taken } from '../responses.ts'

const PAGE_MAX = 200

const id = z.object({ id: z.uuid() })
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
      200: ok('A page; `next` is the `after` of the one after it', accountsAnswer),
    },
  },
  'accounts.manage',
)

export const create = provenly(
  {
    method: 'post',
    path: '/api/accounts',
    tags,
    summary: 'Make an account; its first password is in the answer, and nowhere else',
    request: {
      body: taken(newAccountBody),
    },
    responses: {
      201: ok('Made', newAccountAnswer),
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
      200: ok('The account', accountAnswer),
      ...notFound,
    },
  },
  'accounts.manage',
)

export const bind = provenly(
  {
    method: 'put',
    path: '/api/accounts/{id}/role',
    tags,
    summary: 'Give an account its role and places',
    request: { params: id, body: taken(bindBody) },
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
    request: { params: id, body: taken(disabledBody) },
    responses: { 204: { description: 'In force' }, ...wrong, ...notFound },
  },
  'accounts.manage',
)

export const password = provenly(
  {
    method: 'post',
    path: '/api/accounts/{id}/password',
    tags,
    summary: 'A new password, in the answer and nowhere else; every session ends',
    request: { params: id },
    responses: {
      200: ok('Changed', passwordAnswer),
      ...wrong,
      ...notFound,
    },
  },
  'accounts.manage',
)

export const resetFactors = provenly(
  {
    method: 'post',
    path: '/api/accounts/{id}/reset-factors',
    tags,
    summary: 'Remove the second factors of somebody who has lost them; every session ends',
    request: { params: id },
    responses: {
      200: ok('Removed', resetFactorsAnswer),
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
      200: ok('Ended', signedOutAnswer),
      ...wrong,
      ...notFound,
    },
  },
  'accounts.manage',
)

export const listInvitations = secured(
  {
    method: 'get',
    path: '/api/invitations',
    tags,
    summary: 'Invitations, newest first',
    responses: { 200: ok('Invitations', invitationsAnswer) },
  },
  'accounts.manage',
)

export const invite = provenly(
  {
    method: 'post',
    path: '/api/invitations',
    tags,
    summary: 'Invite somebody: a link that works once, for seven days',
    request: {
      body: taken(inviteBody),
    },
    responses: {
      201: ok('The link is in the answer, and nowhere else', inviteAnswer),
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
    body: taken(acceptInvitationBody),
  },
  responses: {
    201: ok('The account stands; sign in', acceptInvitationAnswer),
    404: fault('Used, expired, or taken back'),
    409: fault('The login is taken'),
    429: fault('Too many attempts from this address'),
    503: fault('Too many people are signing in'),
  },
})
