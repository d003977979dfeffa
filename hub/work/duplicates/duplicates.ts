import type { Kysely } from 'kysely'
import { readCase } from '../../../db/queries/cases.ts'
import { findCandidates } from '../../../db/queries/duplicates.ts'
import { readPerson } from '../../../db/queries/people.ts'
import type { Database } from '../../../db/schema.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import type { DuplicatesInput, LikelyDuplicate } from '../../contract/api/record.ts'
import { areaOf } from '../cases/case-area.ts'
import { findPlace } from '../command/place.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { DUPLICATE_DAYS, type Likeness, likelyDuplicate } from './duplicate-rules.ts'

/** Likely duplicates that one answer names; whoever has more looks at the list of the area. */
const LIKELY_MAX = 10
const DAY_MS = 86_400_000

/**
 * Cases the account may see that are likely the same. No name and no phone number come back.
 * @param shown whether the account may know even that a case is alike
 */
export async function likelyDuplicates(
  db: Kysely<Database>,
  record: Likeness,
  except: number | null = null,
  shown: (candidate: { id: number; district: string }) => Promise<boolean> = async () => true,
): Promise<LikelyDuplicate[]> {
  if (record.phone === null && record.name === null && record.idNumber === null) return []
  const candidates = await findCandidates(db, {
    phone: record.phone,
    idNumber: record.idNumber,
    district: record.district,
    since: new Date(record.at - DUPLICATE_DAYS * DAY_MS),
    except,
  })
  const found: LikelyDuplicate[] = []
  for (const candidate of candidates) {
    const reason = likelyDuplicate(record, {
      phone: record.phone !== null && candidate.second_phone === record.phone ? record.phone : candidate.phone,
      name: candidate.full_name,
      idNumber: candidate.id_number,
      district: candidate.district,
      place: candidate.place,
      at: candidate.reported_at.getTime(),
    })
    if (reason === undefined || !(await shown(candidate))) continue
    found.push({
      case: candidate.id,
      reason,
      place: candidate.place ?? candidate.district,
      severity: candidate.severity,
      stage: candidate.stage,
      reportedAt: candidate.reported_at.getTime(),
    })
    if (found.length === LIKELY_MAX) break
  }
  return found
}

/** Before a record is saved: cases of its district that are likely the same person. */
export async function duplicatesOfRecord({ trx, by, now }: CommandContext, input: DuplicatesInput) {
  const { district, place } = await findPlace(trx, input.place)
  demand(by.grant, 'case.record', { area: place })
  const { phone = null, name = null, idNumber = null } = input
  return { likely: await likelyDuplicates(trx, { phone, name, idNumber, district, place, at: now }) }
}

/** Cases that are likely the same as this one, of those the account may merge with it. */
export async function duplicatesOfCase({ trx, by }: CommandContext, id: number) {
  const facts = await readCase(trx, id)
  if (facts === undefined) throw notFound('case', id)
  demand(by.grant, 'case.merge', { area: areaOf(facts) })
  const person = await readPerson(trx, id)
  const record = {
    phone: person?.phone ?? null,
    name: person?.full_name ?? null,
    idNumber: person?.id_number ?? null,
    district: facts.district,
    place: facts.place,
    at: facts.reported_at.getTime(),
  }
  const mayMerge = async ({ district }: { district: string }) => can(by.grant, 'case.merge', { area: district }).allowed
  return { likely: await likelyDuplicates(trx, record, id, mayMerge) }
}
