import { getCookie } from 'hono/cookie'
import { hashSession, sessionCookieName } from '../../authorize/pass.ts'
import { confirmEmailBody, deviceBody, notificationsAnswer } from '../../contract/api/notifications.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { limitOf } from '../../runtime/limits.ts'
import { outwardHosts } from '../../runtime/outward.ts'
import { vapidKeys } from '../../senders/vapid.ts'
import {
  addDevice,
  changeEmail,
  chooseNotifications,
  confirmEmail,
  type Outgoing,
  removeDevice,
  sendTest,
  showNotifications,
} from '../../work/notifications/settings.ts'
import { addWebhook, removeWebhook, showWebhooks } from '../../work/notifications/webhooks.ts'
import { isSecure } from '../auth/accounts.ts'
import { secured } from '../auth/secured.ts'
import { callOf, callRoutes } from '../calls.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE, ok, taken } from '../responses.ts'
import { createRouter } from '../router.ts'

/** Of an account: each sends something that somebody may not want. */
const TESTS_PER_MINUTE = 6
const CODES_PER_HOUR = 6

const tags = ['notifications']
const call = callOf('notifications')
const MINE = 'Everything of one’s own'

const confirm = secured(
  {
    method: 'post',
    path: '/api/notifications/email/confirm',
    tags,
    summary: 'Confirm the mail address by the code that was mailed to it',
    request: { body: taken(confirmEmailBody) },
    responses: {
      200: ok(MINE, notificationsAnswer),
      409: fault('No address waits for a code'),
      422: fault('The code is wrong or too old'),
    },
  },
  'notifications.own',
)

const device = secured(
  {
    method: 'post',
    path: '/api/notifications/devices',
    tags,
    summary: 'Switch push messages on for this browser, until its session ends',
    request: { body: taken(deviceBody) },
    responses: {
      200: ok(MINE, notificationsAnswer),
      400: fault('A field is wrong'),
      409: fault('This hub sends no push, or there are too many devices'),
      422: fault('Not a push service of a browser that this hub sends to'),
    },
  },
  'notifications.own',
)

function calls(out: Outgoing) {
  return [
    call(
      'GET /api/notifications',
      { action: 'notifications.own', summary: 'What one is told of, and where', says: MINE },
      (context) => showNotifications(out, context),
    ),
    call(
      'PUT /api/notifications',
      { action: 'notifications.own', summary: 'Choose kinds, language and hours of rest', says: MINE },
      (context, _, body) => chooseNotifications(out, context, body),
    ),
    call(
      'PUT /api/notifications/email',
      {
        action: 'notifications.own',
        summary: 'Give a mail address; a code goes there that confirms it',
        says: MINE,
        faults: { 409: 'This hub sends no mail' },
        limit: limitOf(CODES_PER_HOUR, 3600),
      },
      (context, _, body) => changeEmail(out, context, body),
    ),
    call(
      'DELETE /api/notifications/devices/{id}',
      {
        action: 'notifications.own',
        summary: 'Switch push messages off for a device',
        says: MINE,
        faults: { 404: 'No such device of yours' },
      },
      (context, id) => removeDevice(out, context, id),
    ),
    call(
      'POST /api/notifications/test',
      {
        action: 'notifications.own',
        summary: 'Send a test message to all devices and the mail address',
        says: MINE,
        faults: { 409: 'There is neither' },
        limit: limitOf(TESTS_PER_MINUTE, 60),
      },
      (context) => sendTest(out, context),
    ),
    call(
      'GET /api/webhooks',
      { action: 'webhooks.manage', summary: 'Where alerts and red needs are posted to', says: 'All of them' },
      showWebhooks,
    ),
    call(
      'POST /api/webhooks',
      {
        action: 'webhooks.manage',
        summary: 'Post alerts or red needs of an area to another system, as its template says',
        says: 'All of them',
        faults: { 409: 'There are too many', 422: 'http to another machine, or a host that may not be spoken to' },
      },
      (context, _, body) => addWebhook(context, body, out),
    ),
    call(
      'DELETE /api/webhooks/{id}',
      {
        action: 'webhooks.manage',
        summary: 'Post there no more',
        says: 'All of them',
        faults: { 404: 'There is no such webhook' },
      },
      removeWebhook,
    ),
  ]
}

export function notificationRoutes(deps: AppDeps) {
  const { config, accounts, caseWork, clock } = deps
  const out: Outgoing = {
    pushKey: config.pushServices.length === 0 ? null : vapidKeys(accounts.secret).publicKey,
    pushServices: config.pushServices,
    webhookHosts: config.webhookHosts,
    listed: outwardHosts(config),
    mail: config.smtpUrl !== undefined,
    keyed: caseWork.keyed,
  }

  function sessionOf(c: HubContext): string {
    const identity = accounts.authorizer.identify(c.req.header('cookie'), clock.now())
    if (identity.kind === 'known') return identity.pass.session
    const [token = ''] = (getCookie(c, sessionCookieName(isSecure(accounts.publicUrl))) ?? '').split('.')
    return hashSession(token)
  }

  const router = createRouter()
    .openapi(confirm, async (c) => {
      const { code } = c.req.valid('json')
      const done = await withCommander(deps, c, (context) => confirmEmail(out, context, code))
      if (done instanceof ApiError) throw done
      return c.json(done as never, 200, NO_STORE)
    })
    .openapi(device, async (c) => {
      const body = c.req.valid('json')
      const done = await withCommander(deps, c, (context) => addDevice(out, context, body, sessionOf(c)))
      return c.json(done as never, 200, NO_STORE)
    })
  return callRoutes(deps, calls(out), router)
}
