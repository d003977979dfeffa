import type { Kysely } from 'kysely'
import { findCandidates } from '../../../db/queries/duplicates.ts'
import type { Database } from '../../../db/schema.ts'
import type { LikelyDuplicate } from '../../contract/api/record.ts'
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
