import type { z } from 'zod'
import { audit } from '../../../db/queries/accounts-audit.ts'
import {
  type CorrectionRow,
  countCorrections,
  listCorrections,
  readCorrection,
  writeCorrection,
} from '../../../db/queries/corrections.ts'
import type { closeCorrectionBody, correctionsQuery, correctionView } from '../../contract/api/corrections.ts'
import type { CorrectionRefusal } from '../../contract/vocabulary/corrections.ts'
import { openCase } from '../cases/case-access.ts'
import { record } from '../command/history.ts'
import { idAfter } from '../command/keyset.ts'
import { allowed } from '../command/refusal.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext, Reading } from '../command/run.ts'
import { msOf } from '../command/times.ts'
import { type CorrectionEvent, decideCorrection, dueAt, lateBefore, stateOf } from './correction-rules.ts'

type Standing = {
  readonly asked_at: Date
  readonly done_at: Date | null
  readonly refused_because: CorrectionRefusal | null
}

/** How a correction stands, as its person is told too. */
export function standingOf({ asked_at, done_at, refused_because: because }: Standing) {
  const askedAt = asked_at.getTime()
  const closedAt = msOf(done_at)
  return { state: stateOf({ closedAt, because }), askedAt, dueAt: dueAt(askedAt), closedAt, because }
}

export function viewOf(row: CorrectionRow, now: number): z.infer<typeof correctionView> {
  const standing = standingOf(row)
  return {
    ...standing,
    id: row.id,
    case: row.case_id,
    district: row.district,
    place: row.place ?? row.district,
    stage: row.stage,
    late: standing.state === 'open' && standing.askedAt < lateBefore(now),
    closedBy: row.closed_label,
  }
}

/** Corrections that people have to make, or have closed: cases, days and desks, nothing of what was written. */
export async function pageOfCorrections(
  { trx, now }: Pick<Reading, 'trx' | 'now'>,
  query: z.output<typeof correctionsQuery>,
) {
  const rows = await listCorrections(trx, query)
  const counted = query.after === 0 ? await countCorrections(trx, query.area, new Date(lateBefore(now))) : null
  return {
    corrections: rows.map((row) => viewOf(row, now)),
    cursor: idAfter(rows, query.limit),
    total: counted?.[query.show] ?? null,
    late: counted?.late ?? null,
  }
}

async function change(
  context: CommandContext,
  id: number,
  event: CorrectionEvent,
  because: CorrectionRefusal | null = null,
) {
  const { trx, by, at, now, requestId } = context
  const found = await readCorrection(trx, id)
  if (found === undefined) throw notFound('correction', id)
  const { facts } = await openCase(context, found.case_id, 'case.correct')
  // Whoever held the case before has closed it, perhaps.
  const row = await readCorrection(trx, id)
  if (row === undefined) throw notFound('correction', id)
  allowed(decideCorrection({ ...standingOf(row), by: row.closed_label }, event))
  await writeCorrection(trx, id, event === 'close' ? { at, because, by: by.account, label: by.label } : null)
  const kind = event === 'close' ? (because === null ? 'correction_made' : 'correction_refused') : 'correction_reopened'
  const details = { correction: id, ...(because !== null && { because }) }
  const told = await record(context, { caseId: facts.id, district: facts.district, kind: `case.${kind}`, details })
  await audit(trx, {
    actor: by.account,
    role: by.role,
    origin: by.origin,
    requestId,
    action: `person.${kind}`,
    resource: `case:${facts.id}`,
    area: facts.district,
    details,
  })
  const after = await readCorrection(trx, id)
  if (after === undefined) throw notFound('correction', id)
  return { correction: viewOf(after, now), event: told }
}

/** Says that a correction was made, or why it is not. @throws ApiError 403, 404, 409 when somebody was faster */
export const closeCorrection = (
  context: CommandContext,
  id: number,
  { because }: z.output<typeof closeCorrectionBody>,
) => change(context, id, 'close', because ?? null)

/** Takes that back. @throws ApiError 403, 404, 409 when it is open */
export const reopenCorrection = (context: CommandContext, id: number) => change(context, id, 'reopen')
