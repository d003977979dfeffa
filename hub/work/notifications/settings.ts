import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import {
  deleteDevice,
  ensureSettings,
  insertDevice,
  insertOwnNotice,
  listDevices,
  listRecent,
  readSettings,
  replaceDevice,
  writeEmail,
  writeSettings,
} from '../../../db/queries/notifications.ts'
import { mayEver } from '../../authorize/decide.ts'
import { DEVICES_MAX } from '../../contract/api/notifications.ts'
import type { GivenAnswerOf, ReadBodyOf } from '../../contract/api/routes.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import {
  ACTION_OF_KIND,
  CODE_DIGITS,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from '../../contract/vocabulary/notifications.ts'
import { areDeviceKeys, isPushService } from '../../senders/push.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'
import { formRefusal } from '../command/turns.ts'

/** What this hub is set up for. */
export type Outgoing = {
  /** base64url; `null`: no push */
  readonly pushKey: string | null
  readonly pushServices: readonly string[]
  readonly webhookHosts: readonly string[]
  /** whom alone the hub speaks to; `undefined`: there is no list */
  readonly listed: readonly string[] | undefined
  readonly mail: boolean
  keyed(purpose: string, text: string): Buffer
}

type View = GivenAnswerOf<'GET /api/notifications'>

const CODE_MS = 30 * 60_000
const CODE_TRIES_MAX = 5
const TEST_MS = 10 * 60_000

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function offeredTo({ by }: CommandContext): NotificationKind[] {
  return NOTIFICATION_KINDS.filter((kind) => mayEver(by.grant, ACTION_OF_KIND[kind]).allowed)
}

export async function showNotifications(out: Outgoing, context: CommandContext): Promise<View> {
  const { trx, by } = context
  const settings = await readSettings(trx, by.owner)
  const { email = null, quiet_from: from = null, quiet_until: until = null } = settings ?? {}
  const offered = offeredTo(context)
  return {
    offered,
    kinds: settings?.kinds.filter((kind) => offered.includes(kind)) ?? [],
    language: settings?.language ?? 'th',
    quiet: from === null || until === null ? null : { from: timeOf(from), until: timeOf(until) },
    pushKey: out.pushKey,
    mail: out.mail,
    email: email === null ? null : { address: email, confirmed: settings?.email_confirmed ?? false },
    devices: (await listDevices(trx)).map(({ id, label, created_at, last_ok_at }) => ({
      id,
      label,
      createdAt: created_at.getTime(),
      lastOkAt: msOf(last_ok_at),
    })),
    recent: (await listRecent(trx)).map(({ at, ...message }) => ({ ...message, at: at.getTime() })),
  }
}

/** @throws ApiError 400 for a kind that the role is not told of */
export async function chooseNotifications(
  out: Outgoing,
  context: CommandContext,
  { kinds, language, quiet }: ReadBodyOf<'PUT /api/notifications'>,
): Promise<View> {
  const offered = offeredTo(context)
  const strange = kinds.findIndex((kind) => !offered.includes(kind))
  if (strange >= 0) throw unfitField('json', `kinds.${strange}`, 'wrong')
  await writeSettings(context.trx, context.by.owner, {
    kinds: [...new Set(kinds)],
    language,
    quiet_from: quiet && minutesOf(quiet.from),
    quiet_until: quiet && minutesOf(quiet.until),
  })
  return showNotifications(out, context)
}

/** Mails a code to the address: nothing else goes there before it has come back. */
export async function changeEmail(
  out: Outgoing,
  context: CommandContext,
  { address, language }: ReadBodyOf<'PUT /api/notifications/email'>,
): Promise<View> {
  const { trx, by, at, now } = context
  if (address === null) {
    await writeEmail(trx, by.owner, { email: null, email_confirmed: false, email_code: null, email_code_until: null })
    return showNotifications(out, context)
  }
  if (!out.mail) throw new ApiError('mail_off')
  await ensureSettings(trx, by.owner, offeredTo(context), language)
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0')
  const usefulUntil = new Date(now + CODE_MS)
  await writeEmail(trx, by.owner, {
    email: address,
    email_confirmed: false,
    email_code: out.keyed('email', `${by.owner}:${address}:${code}`),
    email_code_until: usefulUntil,
    email_tries: 0,
  })
  await insertOwnNotice(trx, { kind: 'code', key: randomUUID(), account: by.owner, facts: { code }, at, usefulUntil })
  return showNotifications(out, context)
}

/** Compares the code; a wrong one costs a try, so it is returned and not thrown. */
export async function confirmEmail(out: Outgoing, context: CommandContext, code: string): Promise<View | ApiError> {
  const { trx, by, now } = context
  const settings = await readSettings(trx, by.owner, true)
  if (!settings?.email || settings.email_confirmed || settings.email_code === null) return new ApiError('no_code')
  if ((settings.email_code_until?.getTime() ?? 0) <= now) return formRefusal('code_expired')
  if (settings.email_tries >= CODE_TRIES_MAX) return formRefusal('code_used_up')
  if (!timingSafeEqual(settings.email_code, out.keyed('email', `${by.owner}:${settings.email}:${code}`))) {
    const left = CODE_TRIES_MAX - settings.email_tries - 1
    await writeEmail(trx, by.owner, { email_tries: settings.email_tries + 1 })
    return left === 0 ? formRefusal('code_used_up') : formRefusal('code_wrong', { left })
  }
  await writeEmail(trx, by.owner, { email_confirmed: true, email_code: null, email_code_until: null })
  return showNotifications(out, context)
}

/** Switches push on for the browser that asks. @param sessionHash it falls silent when that session ends */
export async function addDevice(
  out: Outgoing,
  context: CommandContext,
  { endpoint, keys, label, language, replaces }: ReadBodyOf<'POST /api/notifications/devices'>,
  sessionHash: string,
): Promise<View> {
  const { trx, by, at } = context
  if (out.pushKey === null) throw new ApiError('push_off')
  if (!isPushService(endpoint, out.pushServices)) {
    throw new ApiError('push_service_unknown', { host: new URL(endpoint).host, hosts: out.pushServices.join(', ') })
  }
  if (!areDeviceKeys(keys)) throw unfitField('json', 'keys', 'wrong')
  await ensureSettings(trx, by.owner, offeredTo(context), language)
  const made = { sessionHash, endpoint, ...keys }
  const kept = replaces === undefined ? undefined : await replaceDevice(trx, replaces, made)
  const device = kept ?? (await insertDevice(trx, { account: by.owner, ...made, label, at }))
  if ((await listDevices(trx)).length > DEVICES_MAX) throw new ApiError('devices_many', { max: DEVICES_MAX })
  return { ...(await showNotifications(out, context)), device }
}

/** @throws ApiError 404 */
export async function removeDevice(out: Outgoing, context: CommandContext, id: number): Promise<View> {
  if (!(await deleteDevice(context.trx, id))) throw notFound('device', id)
  return showNotifications(out, context)
}

/** @throws ApiError 409 when there is nothing it could go to */
export async function sendTest(out: Outgoing, context: CommandContext): Promise<View> {
  const { trx, by, at, now } = context
  const settings = await readSettings(trx, by.owner)
  if (!settings?.email_confirmed && (await listDevices(trx)).length === 0) throw new ApiError('no_way_out')
  const usefulUntil = new Date(now + TEST_MS)
  await insertOwnNotice(trx, { kind: 'test', key: randomUUID(), account: by.owner, facts: {}, at, usefulUntil })
  return showNotifications(out, context)
}
