import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import { hashesOf, openRow, openValue, sealRow } from '../personal/index.ts'
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
      ...(await sealRow(db, 'people', id, {
        full_name: person.name,
        phone: person.phone,
        second_phone: person.secondPhone,
        id_number: person.idNumber,
      })),
      id_kind: person.idKind ?? null,
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
      ...(await sealRow(db, 'case_private', caseId, {
        lat: input.lat,
        lon: input.lon,
        address: input.address,
        notes: input.notes,
      })),
    })
    .execute()
}

const PERSON_COLUMNS = [
  'people.id as person',
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
] as const
const NAMED = ['full_name', 'phone', 'second_phone', 'id_number'] as const
const PLACED = ['lat', 'lon', 'address', 'notes'] as const

type SealedPerson = { readonly person: string | null } & { readonly [K in (typeof NAMED)[number]]: Buffer | null }
type SealedPlace = { readonly [K in (typeof PLACED)[number]]: Buffer | null }

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text))

/** A row as a reveal shows it. @param row what the place's values are bound to */
async function openPerson<T extends SealedPerson & SealedPlace>(
  db: Kysely<Database>,
  table: 'case_private' | 'vulnerable',
  row: string | number,
  { person, ...kept }: T,
) {
  const named = await openRow(db, 'people', person ?? '', kept as unknown as SealedPerson, NAMED)
  const { lat, lon, ...placed } = await openRow(db, table, row, kept as unknown as SealedPlace, PLACED)
  const clear: Omit<typeof kept, keyof typeof named | keyof SealedPlace> = kept
  return { ...clear, ...named, ...placed, lat: numberOf(lat), lon: numberOf(lon) }
}

/** What a reveal shows: the only query that joins a case with its person. */
export async function readPerson(db: Kysely<Database>, caseId: number) {
  const kept = await db
    .selectFrom('case_private')
    .leftJoin('people', 'people.id', 'case_private.person_id')
    .select(PERSON_COLUMNS)
    .select(PLACED)
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return kept && openPerson(db, 'case_private', caseId, kept)
}

/** The same of an entry of the register. */
export async function readVulnerablePerson(db: Kysely<Database>, id: number) {
  const kept = await db
    .selectFrom('vulnerable')
    .innerJoin('people', 'people.id', 'vulnerable.person_id')
    .select(PERSON_COLUMNS)
    .select(PLACED)
    .where('vulnerable.id', '=', id)
    .executeTakeFirst()
  return kept && openPerson(db, 'vulnerable', kept.person, kept)
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
  const hashes = await hashesOf(db, 'phone', phone)
  const rows = await db
    .selectFrom('people')
    .innerJoin('case_private', 'case_private.person_id', 'people.id')
    .innerJoin('cases', 'cases.id', 'case_private.case_id')
    .select('cases.id')
    .where((where) => where.or([where('phone_hash', 'in', hashes), where('second_phone_hash', 'in', hashes)]))
    .orderBy('cases.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** A person for a case that had nobody. */
async function givePerson(db: Kysely<Database>, caseId: number, person: PersonInput): Promise<void> {
  const id = await insertPerson(db, person)
  await sql`insert into case_private (case_id, person_id) values (${caseId}, ${id})
    on conflict (case_id) do update set person_id = excluded.person_id`.execute(db)
}

/** Another number where a case's person is reached; the first, when none was known. @param phone E.164 */
export async function addPhone(db: Kysely<Database>, caseId: number, phone: string): Promise<void> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'phone'])
    .where('id', '=', (of) => of.selectFrom('case_private').select('person_id').where('case_id', '=', caseId))
    .forUpdate()
    .executeTakeFirst()
  if (person === undefined) {
    await givePerson(db, caseId, { phone })
    return
  }
  const known = person.phone && (await openValue(db, 'people', 'phone', person.id, person.phone))
  if (known === phone) return
  const set =
    known === null
      ? await sealRow(db, 'people', person.id, { phone })
      : await sealRow(db, 'people', person.id, { second_phone: phone })
  await db.updateTable('people').set(set).where('id', '=', person.id).execute()
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
      .selectFrom('case_private')
      .select('person_id')
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    const person = known?.person_id
    if (person) {
      const set = {
        ...(name !== undefined && { full_name: name }),
        ...(phone !== undefined && { phone }),
        ...(secondPhone !== undefined && { second_phone: secondPhone }),
      }
      await db
        .updateTable('people')
        .set(await sealRow(db, 'people', person, set as Required<typeof set>))
        .where('id', '=', person)
        .execute()
    } else {
      await givePerson(db, caseId, { name, phone, secondPhone })
    }
  }
  if (address === undefined) return
  const sealed = await sealRow(db, 'case_private', caseId, { address })
  await sql`insert into case_private (case_id, address) values (${caseId}, ${sealed.address})
    on conflict (case_id) do update set address = excluded.address`.execute(db)
}

/** The phone number and language of a case's person, for a text message to them. */
export async function readPhone(db: Kysely<Database>, caseId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('case_private')
    .innerJoin('people', 'people.id', 'case_private.person_id')
    .select(['people.id', 'phone'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row?.phone ? openValue(db, 'people', 'phone', row.id, row.phone) : undefined
}

/** Adds a line; of what is longer than `charactersMax` the end stays. The caller holds the case. */
export async function addToNotes(
  db: Kysely<Database>,
  caseId: number,
  text: string,
  charactersMax: number,
): Promise<void> {
  const kept = await db.selectFrom('case_private').select('notes').where('case_id', '=', caseId).executeTakeFirst()
  const before = kept?.notes ? `${await openValue(db, 'case_private', 'notes', caseId, kept.notes)}\n` : ''
  const { notes } = await sealRow(db, 'case_private', caseId, {
    notes: [...(before + text)].slice(-charactersMax).join(''),
  })
  await sql`insert into case_private (case_id, notes) values (${caseId}, ${notes})
    on conflict (case_id) do update set notes = excluded.notes`.execute(db)
}
