import { audit } from '../../../db/queries/accounts-audit.ts'
import { deleteWebhook, insertWebhook, listWebhooks } from '../../../db/queries/webhooks.ts'
import { WEBHOOKS_MAX } from '../../contract/api/notifications.ts'
import type { GivenAnswerOf, ReadBodyOf } from '../../contract/api/routes.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { isLoopback } from '../../runtime/loopback.ts'
import { isHostOf } from '../../runtime/outward.ts'
import { isPrivateHost } from '../../senders/private-hosts.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'

type View = GivenAnswerOf<'GET /api/webhooks'>

export async function showWebhooks({ trx }: CommandContext): Promise<View> {
  const rows = await listWebhooks(trx)
  return { webhooks: rows.map(({ created_at, ...webhook }) => ({ ...webhook, createdAt: created_at.getTime() })) }
}

/**
 * @param out `webhookHosts`: private ones that are named; `listed`: whom alone the hub speaks to
 * @throws ApiError 422 for http to another machine, for private hosts that are not named, and for any that a list leaves out
 */
export async function addWebhook(
  context: CommandContext,
  body: ReadBodyOf<'POST /api/webhooks'>,
  out: { readonly webhookHosts: readonly string[]; readonly listed: readonly string[] | undefined },
): Promise<View> {
  const { trx, by, at } = context
  const { protocol, hostname, host } = new URL(body.url)
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new ApiError('webhook_in_clear')
  if (isPrivateHost(hostname, out.webhookHosts)) throw new ApiError('webhook_private')
  if (out.listed !== undefined && !isHostOf(hostname, out.listed)) throw new ApiError('webhook_unlisted')
  if ((await listWebhooks(trx)).length >= WEBHOOKS_MAX) throw new ApiError('webhooks_many', { max: WEBHOOKS_MAX })
  const { authorization = null, ...given } = body
  const id = await insertWebhook(trx, { ...given, authorization, created_at: at, createdBy: by.account })
  await record(context, 'webhook.added', id, { host, area: body.area })
  return showWebhooks(context)
}

/** @throws ApiError 404 */
export async function removeWebhook(context: CommandContext, id: number): Promise<View> {
  if (!(await deleteWebhook(context.trx, id))) throw notFound('webhook', id)
  await record(context, 'webhook.removed', id)
  return showWebhooks(context)
}

/** What leaves the house, and by whose word, stands in the audit log. */
function record({ trx, by, requestId }: CommandContext, action: string, id: number, details = {}): Promise<void> {
  return audit(trx, { actor: by.account, role: by.role, requestId, action, resource: `webhook:${id}`, details })
}
