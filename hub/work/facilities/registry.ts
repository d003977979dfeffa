import type { z } from 'zod'
import type { FacilityRow } from '../../../db/queries/facilities.ts'
import { readFacility } from '../../../db/queries/facilities.ts'
import { readDeadlines } from '../../../db/queries/lateness.ts'
import { pinsApart } from '../../../db/queries/pins.ts'
import {
  addFacilityEvents,
  contactsOf,
  type FacilityChange,
  type FacilityContact,
  facilityChanges,
  facilityEvents,
  insertFacilities,
  lockFacility,
  mergeFacility,
  ownersOfCodes,
  replaceContacts,
  updateFacility,
} from '../../../db/queries/registry.ts'
import type { FieldChanges } from '../../../db/schema.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type {
  closeFacilityBody,
  createFacilityBody,
  deskBody,
  editFacilityBody,
  facilityAnswer,
  facilityHistoryAnswer,
  mergeFacilityBody,
  reopenFacilityBody,
} from '../../contract/api/facilities.ts'
import type { place } from '../../contract/api/help.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import type { FacilityEvent } from '../../contract/vocabulary/facilities.ts'
import { idAfter } from '../command/keyset.ts'
import { findPlace } from '../command/place.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'

type Facility = z.infer<typeof facilityAnswer>
type PlaceInput = z.output<typeof place>
type Reader = Pick<CommandContext, 'trx' | 'by'>

const resourceOf = ({ id, district }: FacilityRow) => ({ area: district, facility: id })

/** @throws ApiError 404 of one that the account does not see, 403 */
async function openFacility({ trx, by }: Reader, id: number, action: Action): Promise<FacilityRow> {
  const row = await readFacility(trx, id)
  if (row === undefined) throw notFound('facility', id)
  demand(by.grant, action, resourceOf(row))
  return row
}

/** Locked, and as whoever commands has read it. @throws ApiError 404, 403, 409 when somebody has changed it since */
async function openVersion(context: CommandContext, id: number, action: Action, version: number): Promise<FacilityRow> {
  await openFacility(context, id, action)
  const row = await lockFacility(context.trx, id)
  if (row === undefined) throw notFound('facility', id)
  if (row.version === version) return row
  const [last] = await facilityEvents(context.trx, id, undefined, 1)
  throw new ApiError('stale_version', {
    version: row.version,
    by: last?.actor_label ?? '–',
    since: (last?.at ?? context.at).getTime(),
  })
}

export async function showFacility({ trx, by }: Reader, id: number): Promise<Facility> {
  const row = await openFacility({ trx, by }, id, 'facility.read')
  const { name_th, name_en, closed_at, merged_into, reported_at, ...rest } = row
  const resource = resourceOf(row)
  return {
    ...rest,
    nameTh: name_th,
    nameEn: name_en,
    contacts: await contactsOf(trx, id),
    closedAt: msOf(closed_at),
    mergedInto: merged_into,
    reportedAt: msOf(reported_at),
    dueHours: (await readDeadlines(trx)).get(row.kind) ?? null,
    may: {
      register: can(by.grant, 'facility.register', resource).allowed,
      desk: can(by.grant, 'facility.desk', resource).allowed,
    },
  }
}

export async function showFacilityHistory(
  context: Reader,
  id: number,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<z.infer<typeof facilityHistoryAnswer>> {
  await openFacility(context, id, 'facility.read')
  const rows = await facilityEvents(context.trx, id, before, limit)
  const events = rows.map((row) => ({
    id: row.id,
    at: row.at.getTime(),
    kind: row.kind,
    by: row.actor_label,
    changes: row.details as Record<string, [unknown, unknown]>,
  }))
  return { events, cursor: idAfter(rows, limit) }
}

/** Writes the history of a facility: by whom, with which command. */
export async function recordAtFacility(
  context: CommandContext,
  id: number,
  kind: FacilityEvent,
  details: FieldChanges,
) {
  const { trx, by, at, key } = context
  const actor = { actor: by.account, actor_label: by.label, idempotency_key: key }
  await addFacilityEvents(trx, [{ facility_id: id, at, kind, details, ...actor }])
}

/** District and pin. @throws ApiError 422 of a pin in the sea or in another province, unless it is said to be so */
async function placeOf(trx: CommandContext['trx'], input: PlaceInput) {
  const { district } = await findPlace(trx, input)
  const { lat, lon } = input.point ?? { lat: null, lon: null }
  if (lat !== null && !input.acceptApart && (await pinsApart(trx, [{ district, lat, lon }])).length > 0) {
    throw wrongField('place.point', 'place_apart')
  }
  return { district, lat, lon }
}

/** @throws ApiError 409 that names the facility whose code it is */
async function demandFreeCode(trx: CommandContext['trx'], code: string | null | undefined, own?: number) {
  if (code == null) return
  const [owner] = await ownersOfCodes(trx, [code])
  if (owner === undefined || owner.id === own) return
  const { id: facility, district, name_th: nameTh, name_en: nameEn } = owner
  throw new ApiError('code_taken', { code, facility, district, nameTh, nameEn })
}

export async function createFacility(context: CommandContext, input: z.output<typeof createFacilityBody>) {
  const { trx, by } = context
  const where = await placeOf(trx, input.place)
  demand(by.grant, 'facility.register', { area: where.district })
  await demandFreeCode(trx, input.code)
  const { code, kind, nameTh, nameEn, hours, address, capacity, contacts } = input
  const row = { code, kind, name_th: nameTh, name_en: nameEn ?? nameTh, ...where, hours, address, capacity }
  const [id = 0] = await insertFacilities(trx, [row])
  await replaceContacts(trx, id, contacts)
  await recordAtFacility(context, id, 'created', facilityChanges({}, row, [], contacts))
  return showFacility(context, id)
}

async function change(
  context: CommandContext,
  row: FacilityRow,
  kind: FacilityEvent,
  wanted: FacilityChange,
  contacts: readonly FacilityContact[] | undefined,
): Promise<Facility> {
  const { trx } = context
  const stand = contacts && (await contactsOf(trx, row.id))
  const changes = facilityChanges(row, wanted, stand, contacts)
  if (Object.keys(changes).length > 0) {
    await updateFacility(trx, row.id, wanted)
    if (changes.contacts && contacts) await replaceContacts(trx, row.id, contacts)
    await recordAtFacility(context, row.id, kind, changes)
  }
  return showFacility(context, row.id)
}

/** Everything the registry says; what is not given stays. A new place must lie in the area of whoever moves it, too. */
export async function editFacility(context: CommandContext, id: number, input: z.output<typeof editFacilityBody>) {
  const row = await openVersion(context, id, 'facility.register', input.version)
  if (row.merged_into !== null) throw new ApiError('facility_merged', { into: row.merged_into })
  const { version: _, place: wantedPlace, nameTh, nameEn, contacts, ...same } = input
  const where = wantedPlace && (await placeOf(context.trx, wantedPlace))
  if (where) demand(context.by.grant, 'facility.register', { area: where.district })
  await demandFreeCode(context.trx, input.code, id)
  const wanted = {
    ...defined(same),
    ...(nameTh !== undefined && { name_th: nameTh }),
    ...(nameEn !== undefined && { name_en: nameEn }),
    ...where,
  }
  return change(context, row, 'edited', wanted, contacts)
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

/** Opening hours and phones, by those who work there. */
export async function editDesk(context: CommandContext, id: number, input: z.output<typeof deskBody>) {
  const row = await openVersion(context, id, 'facility.desk', input.version)
  if (row.merged_into !== null) throw new ApiError('facility_merged', { into: row.merged_into })
  return change(context, row, 'desk', defined({ hours: input.hours }), input.contacts)
}

export async function closeFacility(context: CommandContext, id: number, input: z.output<typeof closeFacilityBody>) {
  const row = await openVersion(context, id, 'facility.register', input.version)
  if (!row.active) throw new ApiError('facility_closed', { since: msOf(row.closed_at) })
  await updateFacility(context.trx, id, { active: false, closed_at: context.at })
  await recordAtFacility(context, id, 'closed', { reason: [null, input.reason] })
  return showFacility(context, id)
}

export async function reopenFacility(context: CommandContext, id: number, input: z.output<typeof reopenFacilityBody>) {
  const row = await openVersion(context, id, 'facility.register', input.version)
  if (row.merged_into !== null) throw new ApiError('facility_merged', { into: row.merged_into })
  if (row.active) return showFacility(context, id)
  await updateFacility(context.trx, id, { active: true, closed_at: null })
  await recordAtFacility(context, id, 'reopened', {})
  return showFacility(context, id)
}

/** Two entries of one place become one, with all that hangs on them; the other stays as a closed entry that names it. */
export async function mergeFacilities(context: CommandContext, id: number, input: z.output<typeof mergeFacilityBody>) {
  if (input.into === id) throw wrongField('into', 'merge_itself')
  const gone = await openVersion(context, id, 'facility.register', input.version)
  const kept = await openFacility(context, input.into, 'facility.register')
  for (const row of [gone, kept]) {
    if (row.merged_into !== null) throw new ApiError('facility_merged', { into: row.merged_into })
  }
  if (!kept.active) throw new ApiError('facility_closed', { since: msOf(kept.closed_at) })
  const short = await mergeFacility(context.trx, id, input.into)
  if (short !== null) throw new ApiError('merge_held', { level: short })
  await recordAtFacility(context, id, 'merged', { mergedInto: [null, input.into] })
  await recordAtFacility(context, input.into, 'took_over', { merged: [null, id] })
  return showFacility(context, input.into)
}
