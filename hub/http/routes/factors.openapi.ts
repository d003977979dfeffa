import { z } from '@hono/zod-openapi'
import {
  addedFactorAnswer,
  confirmTotpBody,
  factorsAnswer,
  newPasskeyBody,
  newTotpAnswer,
  newTotpBody,
  passkeyOptionsAnswer,
  passkeyProofBody,
  proofBody,
  recoveryCodesAnswer,
} from '../../contract/api/factors.ts'
import { session } from '../../contract/api/session.ts'
import { securedEarly } from '../auth/secured.ts'
import { fault, ok, taken } from '../responses.ts'

const tags = ['session']
const guesses = { 429: fault('Too many wrong ones, or too many requests') }
const noPasskeys = { 409: fault('The account has none, or the address of the hub can have none') }

export const prove = securedEarly(
  {
    method: 'post',
    path: '/api/session/proof',
    tags,
    summary: 'Show the second factor, or once more that it is you, by a code or the password',
    request: { body: taken(proofBody) },
    responses: {
      200: ok('Shown; a session that was half is whole', session),
      400: fault('It is wrong, too old, or was used before'),
      409: fault('The account proves itself in another way'),
      ...guesses,
    },
  },
  'factors.own',
)

export const askPasskey = securedEarly(
  {
    method: 'post',
    path: '/api/session/proof/passkey/options',
    tags,
    summary: 'What the browser asks a passkey for',
    responses: { 200: ok('For `navigator.credentials.get`', passkeyOptionsAnswer), ...noPasskeys },
  },
  'factors.own',
)

export const provePasskey = securedEarly(
  {
    method: 'post',
    path: '/api/session/proof/passkey',
    tags,
    summary: 'Show the second factor, or once more that it is you, by a passkey',
    request: { body: taken(passkeyProofBody) },
    responses: {
      200: ok('Shown; a session that was half is whole', session),
      400: fault('No answer to what was asked, or not by a passkey of the account'),
      ...noPasskeys,
      ...guesses,
    },
  },
  'factors.own',
)

export const list = securedEarly(
  {
    method: 'get',
    path: '/api/factors',
    tags,
    summary: 'My second factors, and whether my role needs one',
    responses: { 200: ok('All of them', factorsAnswer) },
  },
  'factors.own',
)

const proofFirst = { 403: fault('Prove first that it is you (`proof_needed`), or show the factor you have') }
const room = { 409: fault('There are enough of them, or it is taken') }

export const startTotp = securedEarly(
  {
    method: 'post',
    path: '/api/factors/totp',
    tags,
    summary: 'A key for an authenticator app; it counts once a code of it was given',
    request: { body: taken(newTotpBody) },
    responses: { 200: ok('Told this once', newTotpAnswer), ...proofFirst, ...room },
  },
  'factors.own',
)

export const finishTotp = securedEarly(
  {
    method: 'post',
    path: '/api/factors/totp/confirm',
    tags,
    summary: 'The first code of the app: from now on it is a second factor',
    request: { body: taken(confirmTotpBody) },
    responses: {
      200: ok('With the first factor, recovery codes, shown this once; other sessions ended', addedFactorAnswer),
      400: fault('The code is wrong'),
      404: fault('No app waits for its first code'),
      ...proofFirst,
      ...guesses,
    },
  },
  'factors.own',
)

export const startPasskey = securedEarly(
  {
    method: 'post',
    path: '/api/factors/passkey/options',
    tags,
    summary: 'What the browser makes a passkey from',
    responses: { 200: ok('For `navigator.credentials.create`', passkeyOptionsAnswer), ...proofFirst, ...room },
  },
  'factors.own',
)

export const finishPasskey = securedEarly(
  {
    method: 'post',
    path: '/api/factors/passkey',
    tags,
    summary: 'The passkey that the browser has made: from now on it is a second factor',
    request: { body: taken(newPasskeyBody) },
    responses: {
      200: ok('With the first factor, recovery codes, shown this once; other sessions ended', addedFactorAnswer),
      400: fault('No answer to what was asked'),
      ...proofFirst,
      ...room,
    },
  },
  'factors.own',
)

export const renewCodes = securedEarly(
  {
    method: 'post',
    path: '/api/factors/recovery-codes',
    tags,
    summary: 'New recovery codes; those there were are worth nothing',
    responses: {
      200: ok('Shown this once', recoveryCodesAnswer),
      404: fault('There is no factor that they could stand in for'),
      ...proofFirst,
    },
  },
  'factors.own',
)

export const remove = securedEarly(
  {
    method: 'delete',
    path: '/api/factors/{id}',
    tags,
    summary: 'Remove a second factor; every other session ends',
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      204: { description: 'Removed' },
      404: fault('You have none of this id'),
      409: fault('The last of a role that needs one'),
      ...proofFirst,
    },
  },
  'factors.own',
)
