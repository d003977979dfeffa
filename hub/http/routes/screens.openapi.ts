import { z } from '@hono/zod-openapi'
import {
  approveScreenAnswer,
  approveScreenBody,
  deviceCode,
  deviceCodeBody,
  deviceToken,
  deviceTokenBody,
  moveScreenBody,
  orderBody,
  orderedAnswer,
  returnAnswer,
  returnBody,
  screensAnswer,
} from '../../contract/api/screens.ts'
import { open, secured } from '../auth/secured.ts'
import { fault, ok, taken } from '../responses.ts'

/** RFC 8628 §3.1, 3.2; the answer is the standard's, an error is in this API's shape with the standard's code. */
export const codeRoute = open({
  method: 'post',
  path: '/api/auth/device/code',
  tags: ['screens'],
  summary: 'A wall asks for a code to show (RFC 8628)',
  request: { body: taken(deviceCodeBody) },
  responses: {
    200: ok('The code to show, and the one to ask with', deviceCode),
    400: fault('`invalid_client`'),
    429: fault('Too many requests from this address'),
  },
})

export const tokenRoute = open({
  method: 'post',
  path: '/api/auth/device/token',
  tags: ['screens'],
  summary: 'The wall asks whether it has been approved; then it is signed in (RFC 8628)',
  request: {
    body: taken(deviceTokenBody),
  },
  responses: {
    200: ok('Signed in; the cookies are set', deviceToken),
    400: fault('`authorization_pending`, `slow_down`, `expired_token`, `access_denied` or `invalid_grant`'),
    429: fault('Too many requests from this address'),
  },
})

export const returnRoute = open({
  method: 'post',
  path: '/api/auth/device/return',
  tags: ['screens'],
  summary: 'A screen that has lost its cookies comes back by its key; whoever showed it before is out',
  request: { body: taken(returnBody) },
  responses: {
    200: ok('Signed in; the cookies are set', returnAnswer),
    404: fault('It is the key of no screen, or of one that was switched off'),
    429: fault('Too many requests from this address'),
  },
})

export const list = secured(
  {
    method: 'get',
    path: '/api/screens',
    tags: ['screens'],
    summary: 'The screens of the areas I may manage',
    responses: { 200: ok('Screens', screensAnswer) },
  },
  'screens.manage',
)

export const approve = secured(
  {
    method: 'post',
    path: '/api/screens',
    tags: ['screens'],
    summary: 'Approve the screen that shows this code, name it, and say what area it shows',
    request: {
      body: taken(approveScreenBody),
    },
    responses: {
      201: ok('Approved; the screen signs in by itself', approveScreenAnswer),
      400: fault('There is no such area'),
      404: fault('No screen shows this code, or it has expired'),
    },
  },
  'screens.manage',
)

export const order = secured(
  {
    method: 'post',
    path: '/api/screens/orders',
    tags: ['screens'],
    summary: 'Tell screens to reload, to show which they are, to show a message or a scene, or to stay where they are',
    request: { body: taken(orderBody) },
    responses: {
      201: ok('Told; `order` of each screen says whether it has it', orderedAnswer),
      404: fault('One of them is no screen of your area; none was told'),
      422: fault('The text looks like a number of a person'),
    },
  },
  'screens.manage',
)

export const move = secured(
  {
    method: 'put',
    path: '/api/screens/{id}/area',
    tags: ['screens'],
    summary: 'Let a screen show another area: it goes there by itself within a minute',
    request: {
      params: z.object({ id: z.uuid() }),
      body: taken(moveScreenBody),
    },
    responses: {
      204: { description: 'Changed' },
      400: fault('There is no such area'),
      404: fault('There is no such screen'),
    },
  },
  'screens.manage',
)

export const remove = secured(
  {
    method: 'delete',
    path: '/api/screens/{id}',
    tags: ['screens'],
    summary: 'Switch a screen off: its session ends at once',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: { description: 'Off' }, 404: fault('There is no such screen') },
  },
  'screens.manage',
)
