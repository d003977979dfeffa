import { type QueryExecutorProvider, sql } from 'kysely'
import { hashesOf } from '../personal/index.ts'

export type Person =
  | { readonly by: 'case'; readonly id: number }
  | { readonly by: 'code'; readonly hash: Buffer }
  | { readonly by: 'phone'; readonly phone: string }

/** Every case of a person, with those that were merged with one of them; as the owner. */
export async function casesOfPerson(db: QueryExecutorProvider, person: Person): Promise<number[]> {
  const phones = await hashesOf(db, 'phone', person.by === 'phone' ? person.phone : null)
  const first =
    person.by === 'case'
      ? sql`select id from cases where id = ${person.id}`
      : person.by === 'phone'
        ? sql`select case_id as id from case_private join people on people.id = person_id
            where phone_hash = any (${phones}::bytea[]) or second_phone_hash = any (${phones}::bytea[])`
        : sql`select became.id from help_requests, jitasa_help_case(help_requests.id) as became where code_hash = ${person.hash}`
  const { rows } = await sql<{ id: number }>`
    with recursive own (id) as (
      select id from (${first}) as first
      union
      select found.id from own
      join cases on cases.id = own.id left join case_private on case_private.case_id = own.id
      cross join lateral (
        select id from cases as other where other.merged_into = own.id or other.id = cases.merged_into
        union select case_id from case_private as other where other.person_id = case_private.person_id
      ) as found
    ) select id from own where id is not null order by id`.execute(db)
  return rows.map(({ id }) => id)
}

export type Sighting = {
  readonly at: Date
  readonly actor: string | null
  readonly name: string | null
  readonly label: string | null
  readonly role: string
  readonly action: string
  readonly resource: string
  readonly area: string | null
  readonly address: string | null
  readonly session: string | null
}

/** Who opened, was refused or searched for the data of these cases, oldest first; with the calls and the register's entries of the same person. */
export async function sightingsOf(db: QueryExecutorProvider, cases: readonly number[]): Promise<Sighting[]> {
  const { rows } = await sql<Sighting>`
    with about as (
      select 'case:' || id as resource from unnest(${cases}::bigint[]) as id
      union select 'call:' || id from calls where case_id = any (${cases}::bigint[])
      union select 'vulnerable:' || vulnerable.id from vulnerable join case_private using (person_id)
        where case_private.case_id = any (${cases}::bigint[])
    )
    select at, actor, accounts.name, account_grants.label, audit_log.role, action, resource, area, address, session
    from audit_log left join accounts on accounts.id = actor left join account_grants on account_id = actor
    where resource in (select resource from about)
      or action = 'case.search' and details -> 'found' ?| ${cases.map(String)}::text[]
    order by audit_log.id`.execute(db)
  return rows
}
