import type { Kysely } from 'kysely'
import type { Risk608, Symptom } from '../../hub/contract/vocabulary/people.ts'
import type { Database } from '../schema.ts'

/** What was said of a person's condition at one time. `age` in years; `spo2` in per cent. */
export type SaidComplaint = {
  readonly symptoms: readonly Symptom[]
  readonly risks: readonly Risk608[]
  readonly spo2: number | null
  readonly age: number | null
  /** of an infant */
  readonly age_months: number | null
}

export async function insertComplaint(
  db: Kysely<Database>,
  { symptoms, risks, ...said }: SaidComplaint & { case_id: number; district: string; said_by: string; said_at: Date },
): Promise<number> {
  const { id } = await db
    .insertInto('complaints')
    .values({ ...said, symptoms: [...symptoms], risks: [...risks] })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Of a case and of those merged into it, newest first. */
export async function complaintsOf(db: Kysely<Database>, caseId: number) {
  return db
    .withRecursive('family', (family) =>
      family
        .selectFrom('cases')
        .select('id')
        .where('id', '=', caseId)
        .union(family.selectFrom('cases').innerJoin('family', 'family.id', 'cases.merged_into').select('cases.id')),
    )
    .selectFrom('complaints')
    .select(['symptoms', 'risks', 'spo2', 'age', 'age_months', 'said_by', 'said_at'])
    .where('case_id', 'in', (family) => family.selectFrom('family').select('family.id'))
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
}
