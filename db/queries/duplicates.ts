import { type Kysely, sql } from 'kysely'
import type { Severity } from '../../hub/contract/vocabulary/severity.ts'
import type { Stage } from '../../hub/contract/vocabulary/stages.ts'
import type { Database } from '../schema.ts'

/** Cases compared by name; more of one district within days are not looked at. */
export const CANDIDATES_MAX = 2000

export type Candidate = {
  id: number
  district: string
  place: string | null
  severity: Severity
  stage: Stage
  reported_at: Date
  full_name: string | null
  phone: string | null
  second_phone: string | null
  id_number: string | null
}

export type CandidateSearch = {
  readonly phone: string | null
  readonly idNumber: string | null
  readonly district: string
  readonly since: Date
  /** a case that is not to be compared with itself */
  readonly except: number | null
}

/** Cases that may be the same: same phone or paper anywhere the account sees, or any with a name in the district. */
export async function findCandidates(db: Kysely<Database>, search: CandidateSearch): Promise<Candidate[]> {
  const found = sql`
    select cases.id, cases.district, cases.place, cases.severity, cases.stage, cases.reported_at,
      people.full_name, people.phone, people.second_phone, people.id_number
    from cases
    join case_private on case_private.case_id = cases.id
    join people on people.id = case_private.person_id
    where cases.reported_at >= ${search.since} and cases.merged_into is null
      and (${search.except}::bigint is null or cases.id <> ${search.except})`
  const { rows } = await sql<Candidate>`
    (${found} and (${search.phone}::text in (people.phone, people.second_phone) or people.id_number = ${search.idNumber}::text)
      order by cases.id desc limit ${CANDIDATES_MAX})
    union
    (${found} and cases.district = ${search.district} and people.full_name is not null
      order by cases.id desc limit ${CANDIDATES_MAX})`.execute(db)
  return rows
}
