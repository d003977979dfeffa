import { randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { SEALED, type SealedTableName, sealedTable } from '../../db/personal/columns.ts'
import { openRow, sealRow } from '../../db/personal/index.ts'
import { insertCasePrivate, insertPerson, type PersonInput, type PrivateInput } from '../../db/queries/people.ts'
import type { Database } from '../../db/schema.ts'

type Client = pg.Pool | pg.PoolClient

/** A typed client over a session or a pool that is another's. */
export function typedOver(client: Client): Kysely<Database> {
  const session = { query: client.query.bind(client), release: () => undefined } as unknown as pg.PoolClient
  const pool = { connect: async () => session, end: async () => undefined }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) })
}

/** The values of a new row as its table keeps them: sealed, where they are to be; of people with an id. */
export async function keptValues(
  client: Client,
  table: string,
  values: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  if (!(table in SEALED)) return values
  const name = table as SealedTableName
  const { row, columns } = sealedTable(name)
  const whole: Record<string, unknown> = row === 'id' ? { id: randomUUID(), ...values } : { ...values }
  const clear = Object.fromEntries(columns.filter((column) => column in whole).map((column) => [column, whole[column]]))
  if (Object.keys(clear).length === 0) return whole
  const sealed = await sealRow(typedOver(client), name, whole[row] as string, clear as Record<never, string>)
  return { ...whole, ...sealed }
}

/** Somebody, and what is kept of where they are, of a case that has nobody yet. @returns their id */
export async function keepPerson(
  client: Client,
  caseId: number,
  person: PersonInput,
  place: PrivateInput = {},
): Promise<string> {
  const db = typedOver(client)
  const id = await insertPerson(db, person)
  await insertCasePrivate(db, caseId, id, place)
  return id
}

/** The sealed columns of all rows of a table, opened, beside the others. */
export async function openTable(client: Client, name: SealedTableName): Promise<Record<string, unknown>[]> {
  const { row, columns } = sealedTable(name)
  const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`)
  const db = typedOver(client)
  return Promise.all(
    rows.map(async (kept) => {
      const sealed = kept as Record<never, Buffer | null>
      return { ...kept, ...(await openRow(db, name, kept[row] as string, sealed, columns as readonly never[])) }
    }),
  )
}

export type KeptPerson = {
  readonly id: string
  readonly full_name: string | null
  readonly phone: string | null
  readonly second_phone: string | null
  readonly id_number: string | null
}

/** Everybody who is kept. */
export const peopleIn = async (client: Client): Promise<KeptPerson[]> =>
  (await openTable(client, 'people')) as unknown as KeptPerson[]
