import {
  agencySignInAnswer,
  agencySignInBody,
  changePasswordBody,
  session,
  signInBody,
} from '../../contract/api/session.ts'
import { OIDC_PROVIDER } from '../auth/better-auth.ts'
import { open, secured } from '../auth/secured.ts'
import { fault, ok, taken } from '../responses.ts'

const ended = { 204: { description: 'The session has ended; its cookies are gone' } }

export const whoAmI = open({
  method: 'get',
  path: '/api/session',
  tags: ['session'],
  summary: 'Who am I, and what may I do',
  responses: {
    200: ok('Who asks', session),
    401: fault(
      'The session has just gone on under another token (`session_renewed`): the answer that brings it is on its way',
    ),
  },
})

export const signInRoute = open({
  method: 'post',
  path: '/api/auth/sign-in',
  tags: ['session'],
  summary: 'Sign in by password',
  request: {
    body: taken(signInBody),
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
    body: taken(agencySignInBody),
  },
  responses: {
    200: ok('Where to send the browser', agencySignInAnswer),
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
      body: taken(changePasswordBody),
    },
    responses: {
      204: { description: 'Changed' },
      400: fault('The current password is wrong, or the new one too common'),
      429: fault('Too many attempts, or locked for a while'),
    },
  },
  'session.own',
)

export const here = secured(
  {
    method: 'post',
    path: '/api/session/here',
    tags: ['session'],
    summary: 'Somebody is at this page; sessions that nobody uses end (GET requests alone do not count)',
    responses: { 204: { description: 'Noted' } },
  },
  'session.own',
)
