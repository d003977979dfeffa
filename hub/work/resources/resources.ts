import type { z } from 'zod'
import { readFacility } from '../../../db/queries/facilities.ts'
import {
  addResourceEvent,
  insertResource,
  listResources,
  lockResource,
  type ResourceRow,
  readResource,
  resourceEvents,
  writeResource,
} from '../../../db/queries/resources.ts'
import { demand } from '../../authorize/demand.ts'
import type { Resource as Asked } from '../../authorize/resource.ts'
import type { resourceBody, resourcesQuery, resourceView } from '../../contract/api/resources.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { accountKey } from '../../situation/account-key.ts'
import { idAfter } from '../command/keyset.ts'
import { findPlace } from '../command/place.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { demandActive } from '../facilities/active.ts'
import { claimUntil, decideResource, type Resource, type ResourceMove } from './resource-rules.ts'

type View = z.output<typeof resourceView>

function viewOf(row: ResourceRow): View {
  const { id, kind, quantity, urgent, district, place, status, reason } = row
  const claimedAt = row.claimedAt?.getTime() ?? null
  return {
    ...{ id, kind, quantity, urgent, district, place, status, reason },
    facility: row.facility === null ? null : { id: row.facility, nameTh: row.nameTh ?? '', nameEn: row.nameEn ?? '' },
    requestedBy: row.requestedLabel,
    requestedAt: row.requestedAt.getTime(),
    holder: row.holderLabel,
    holderKey: row.claimedBy === null ? null : accountKey(row.claimedBy),
    claimedAt,
    claimUntil: claimedAt === null || status !== 'claimed' ? null : claimUntil(claimedAt),
    endedAt: row.endedAt?.getTime() ?? null,
  }
}

const ofRow = ({ district, facility }: Pick<ResourceRow, 'district' | 'facility'>, holder: string | null): Asked => ({
  area: district,
  holder,
  ...(facility !== null && { facility }),
})

async function shown(context: CommandContext, id: number): Promise<{ resource: View }> {
  const row = await readResource(context.trx, id)
  if (row === undefined) throw notFound('request for resources', id)
  return { resource: viewOf(row) }
}

const actor = ({ by, at, key }: CommandContext) => ({ account: by.account, label: by.label, at, key })

/** @throws ApiError 404 of a facility that is not there, 409 of one that is closed, 422 of an area that is none */
export async function requestResource(context: CommandContext, _: number, input: z.output<typeof resourceBody>) {
  const { trx, by } = context
  const { kind, quantity, urgent, facility = null, area } = input
  const site = facility === null ? undefined : await readFacility(trx, facility)
  if (facility !== null && site === undefined) throw notFound('facility', facility)
  const { district, place } = site ? { district: site.district, place: site.district } : await findPlace(trx, { area })
  demand(by.grant, 'resource.request', ofRow({ district, facility }, null))
  if (site) demandActive(site)
  const who = actor(context)
  const id = await insertResource(
    trx,
    { kind, quantity, urgent, district, place, facility },
    {
      ...who,
      account: by.account ?? '',
    },
  )
  await addResourceEvent(trx, id, 'requested', who, null)
  return shown(context, id)
}

function stateOf(row: ResourceRow): Resource {
  const held =
    row.claimedBy === null || row.holderLabel === null || row.claimedAt === null
      ? null
      : { holder: row.claimedBy, label: row.holderLabel, claimedAt: row.claimedAt.getTime() }
  const at = row.endedAt?.getTime() ?? 0
  if (row.status === 'closed') return { status: 'closed', at, reason: row.reason ?? 'not_needed', held }
  if (held === null) return { status: 'open' }
  return row.status === 'delivered' ? { status: 'delivered', at, ...held } : { status: 'claimed', ...held }
}

/** By whose leave each move is made: closing is the requester's own, the rest the holder's; a supervisor may do both. */
const LEAVE: Readonly<Record<ResourceMove['type'], readonly [Action, 'claimedBy' | 'requestedBy']>> = {
  claim: ['resource.claim', 'claimedBy'],
  release: ['resource.move', 'claimedBy'],
  deliver: ['resource.move', 'claimedBy'],
  close: ['resource.close', 'requestedBy'],
}

/** As it is asked for. Of a delivery: what was delivered, or all of it. */
type AskedMove =
  | Exclude<ResourceMove, { type: 'deliver' }>
  | { readonly type: 'deliver'; readonly quantity?: number | undefined }

/** @throws ApiError 422 of a delivery of more than was asked for */
function moveOf(asked: AskedMove, quantity: number): { move: ResourceMove; delivered: number | null } {
  if (asked.type !== 'deliver') return { move: asked, delivered: null }
  const delivered = asked.quantity ?? quantity
  if (delivered > quantity) throw wrongField('quantity', 'number_max', { max: quantity })
  return { move: { type: 'deliver', rest: quantity - delivered }, delivered }
}

/** Claims, gives back, delivers or closes a request. @throws ApiError 409 when that is not possible now */
export async function moveResource(context: CommandContext, id: number, asked: AskedMove) {
  const { trx, by, now } = context
  const row = await lockResource(trx, id)
  if (row === undefined) throw notFound('request for resources', id)
  const [action, owner] = LEAVE[asked.type]
  demand(by.grant, action, ofRow(row, row[owner]))
  const { move, delivered } = moveOf(asked, row.quantity)
  const decision = decideResource(stateOf(row), move, { id: by.account ?? '', label: by.label }, now)
  if (!decision.ok) {
    if (decision.refusal !== 'already_claimed') throw new ApiError(decision.refusal)
    const { label, claimedAt, holder } = decision.held
    throw new ApiError('already_claimed', {
      holder: label,
      since: claimedAt,
      until: claimUntil(claimedAt),
      yours: holder === by.account,
    })
  }
  const { resource } = decision
  const held = 'holder' in resource ? resource : resource.status === 'closed' ? resource.held : null
  await writeResource(trx, id, {
    quantity: move.type === 'deliver' && move.rest > 0 ? move.rest : row.quantity,
    status: resource.status,
    claimedBy: held?.holder ?? null,
    holderLabel: held?.label ?? null,
    claimedAt: held ? new Date(held.claimedAt) : null,
    endedAt: 'at' in resource ? new Date(resource.at) : null,
    reason: resource.status === 'closed' ? resource.reason : null,
  })
  await addResourceEvent(trx, id, decision.event, actor(context), delivered)
  return shown(context, id)
}

export async function showResource(context: CommandContext, id: number) {
  const row = await readResource(context.trx, id)
  if (row === undefined) throw notFound('request for resources', id)
  demand(context.by.grant, 'resource.read', ofRow(row, null))
  const events = await resourceEvents(context.trx, id)
  return { resource: viewOf(row), events: events.map((event) => ({ ...event, at: event.at.getTime() })) }
}

/** Requests of an area or a facility, ended ones too, newest first. */
export async function pageOfResources(context: CommandContext, _: number, query: z.output<typeof resourcesQuery>) {
  const { trx, by } = context
  const { facility, before, limit } = query
  const site = facility === undefined ? undefined : await readFacility(trx, facility)
  if (facility !== undefined && site === undefined) throw notFound('facility', facility)
  const area = query.area ?? site?.district ?? NATION
  demand(by.grant, 'resource.read', { area: site?.district ?? area, ...(facility !== undefined && { facility }) })
  const rows = await listResources(trx, { area, facility, before, limit })
  return { resources: rows.map(viewOf), cursor: idAfter(rows, limit) }
}
