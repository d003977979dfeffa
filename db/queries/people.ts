import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, People } from '../schema.ts'

export type PersonInput = {
  readonly name?: string | undefined
  /** E.164 */
  readonly phone?: string | undefined
  /** E.164 */
  readonly secondPhone?: string | undefined
  readonly idKind?: Selectable<People>['id_kind'] | undefined
  readonly idNumber?: string | undefined
  /** ISO 3166, two letters */
  readonly nationality?: string | undefined
  readonly language?: Selectable<People>['language'] | undefined
  readonly birthYear?: number | undefined
  /** 1 to 12 */
  readonly birthMonth?: number | undefined
  readonly sex?: Selectable<People>['sex'] | undefined
}

export type PrivateInput = {
  readonly lat?: number | undefined
  readonly lon?: number | undefined
  readonly address?: string | undefined
  readonly notes?: string | undefined
}

/** The id is made here: a new person is readable only once a case or a register points to them, so RETURNING would fail. */
export async function insertPerson(db: Kysely<Database>, person: PersonInput): Promise<string> {
  const id = randomUUID()
  await db
    .insertInto('people')
    .values({
      id,
      full_name: person.name ?? null,
      phone: person.phone ?? null,
      second_phone: person.secondPhone ?? null,
      id_kind: person.idKind ?? null,
      id_number: person.idNumber ?? null,
      nationality: person.nationality ?? null,
      language: person.language ?? null,
      birth_year: person.birthYear ?? null,
      birth_month: person.birthMonth ?? null,
      sex: person.sex ?? null,
    })
    .execute()
  return id
}

export async function insertCasePrivate(
  db: Kysely<Database>,
  caseId: number,
  personId: string | null,
  input: PrivateInput,
): Promise<void> {
  await db
    .insertInto('case_private')
    .values({
      case_id: caseId,
      person_id: personId,
      lat: input.lat ?? null,
      lon: input.lon ?? null,
      address: input.address ?? null,
      notes: input.notes ?? null,
    })
    .execute()
}

/** What a reveal shows: the only query that joins a case with its person. */
export async function readPerson(db: Kysely<Database>, caseId: number) {
  return db
    .selectFrom('case_private')
    .leftJoin('people', 'people.id', 'case_private.person_id')
    .select([
      'full_name',
      'phone',
      'second_phone',
      'id_kind',
      'id_number',
      'nationality',
      'language',
      'birth_year',
      'birth_month',
      'sex',
      'lat',
      'lon',
      'address',
      'notes',
    ])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
}

/** How often the person of a case was looked at, by role; with what was merged into it. */
export async function openedBy(
  db: Kysely<Database>,
  caseId: number,
): Promise<readonly { role: string; times: number }[]> {
  const { rows } = await sql<{ role: string; times: number }>`select role, times from jitasa_opened(${caseId})`.execute(
    db,
  )
  return rows
}

/** Cases of whoever has this phone, as far as the account sees them; newest first. @param phone E.164 */
export async function casesOfPhone(db: Kysely<Database>, phone: string, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('case_private', 'case_private.person_id', 'people.id')
    .innerJoin('cases', 'cases.id', 'case_private.case_id')
    .select('cases.id')
    .where((where) => where.or([where('people.phone', '=', phone), where('people.second_phone', '=', phone)]))
    .orderBy('cases.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Another number where a case's person is reached; the first, when none was known. @param phone E.164 */
export async function addPhone(db: Kysely<Database>, caseId: number, phone: string): Promise<void> {
  const known = await sql`update people set
      phone = coalesce(phone, ${phone}::text),
      second_phone = case when phone is null or phone = ${phone}::text then second_phone else ${phone}::text end
    where id = (select person_id from case_private where case_id = ${caseId})`.execute(db)
  if (known.numAffectedRows === 1n) return
  const person = await insertPerson(db, { phone })
  await sql`insert into case_private (case_id, person_id) values (${caseId}, ${person})
    on conflict (case_id) do update set person_id = excluded.person_id`.execute(db)
}

/** What a person says of themselves anew; what is not named stays. A case without anybody gets its person. */
export async function correctPerson(
  db: Kysely<Database>,
  caseId: number,
  {
    name,
    phone,
    secondPhone,
    address,
  }: Pick<PersonInput, 'name' | 'phone' | 'secondPhone'> & Pick<PrivateInput, 'address'>,
): Promise<void> {
  if (name !== undefined || phone !== undefined || secondPhone !== undefined) {
    const known = await db
      .updateTable('people')
      .set({
        ...(name !== undefined && { full_name: name }),
        ...(phone !== undefined && { phone }),
        ...(secondPhone !== undefined && { second_phone: secondPhone }),
      })
      .where(sql<boolean>`id = (select person_id from case_private where case_id = ${caseId})`)
      .executeTakeFirst()
    if (known.numUpdatedRows === 0n) {
      const person = await insertPerson(db, { name, phone, secondPhone })
      await sql`insert into case_private (case_id, person_id) values (${caseId}, ${person})
        on conflict (case_id) do update set person_id = excluded.person_id`.execute(db)
    }
  }
  if (address === undefined) return
  await sql`insert into case_private (case_id, address) values (${caseId}, ${address})
    on conflict (case_id) do update set address = excluded.address`.execute(db)
}

/** The phone number and language of a case's person, for a text message to them. */
export async function readPhone(db: Kysely<Database>, caseId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('case_private')
    .innerJoin('people', 'people.id', 'case_private.person_id')
    .select('phone')
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row?.phone ?? undefined
}

export async function addToNotes(db: Kysely<Database>, caseId: number, text: string, charactersMax: number) {
  await sql`insert into case_private (case_id, notes) values (${caseId}, right(${text}::text, ${charactersMax}::int))
    on conflict (case_id) do update
    set notes = right(concat_ws(E'\n', case_private.notes, ${text}::text), ${charactersMax}::int)`.execute(db)
}
