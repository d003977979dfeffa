import { type Kysely, sql } from 'kysely'
import type { Severity } from '../../hub/contract/vocabulary/severity.ts'
import type { Stage } from '../../hub/contract/vocabulary/stages.ts'
import { hashesOf, openRow } from '../personal/index.ts'
import type { Database } from '../schema.ts'

/**
 * Cases compared by name; more of one district within days are not looked at. Names are opened and compared here: an index
 * of parts of names would tell whoever holds a dump which people share them.
 */
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

const NAMED = ['full_name', 'phone', 'second_phone', 'id_number'] as const
type SealedCandidate = Omit<Candidate, (typeof NAMED)[number]> & {
  readonly person: string
} & { readonly [K in (typeof NAMED)[number]]: Buffer | null }

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
  const phones = await hashesOf(db, 'phone', search.phone)
  const numbers = await hashesOf(db, 'id', search.idNumber)
  const found = sql`
    select people.id as person, cases.id, cases.district, cases.place, cases.severity, cases.stage, cases.reported_at,
      people.full_name, people.phone, people.second_phone, people.id_number
    from cases
    join case_private on case_private.case_id = cases.id
    join people on people.id = case_private.person_id
    where cases.reported_at >= ${search.since} and cases.merged_into is null
      and (${search.except}::bigint is null or cases.id <> ${search.except})`
  const { rows } = await sql<SealedCandidate>`
    (${found} and (people.phone_hash = any (${phones}::bytea[]) or people.second_phone_hash = any (${phones}::bytea[])
        or people.id_number_hash = any (${numbers}::bytea[]))
      order by cases.id desc limit ${CANDIDATES_MAX})
    union
    (${found} and cases.district = ${search.district} and people.full_name is not null
      order by cases.id desc limit ${CANDIDATES_MAX})`.execute(db)
  return Promise.all(
    rows.map(async ({ person, ...row }) => ({ ...row, ...(await openRow(db, 'people', person, row, NAMED)) })),
  )
}
