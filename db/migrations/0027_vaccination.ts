import { type Kysely, sql } from 'kysely'
import { streamed } from './0021_measured.ts'

/**
 * How many people of each target group live where: coverage of a group is doses over them. No free source has it, so none
 * is assumed. Of a province they are given as a whole (`NN00`) or by its districts, never both: the import sees to it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const GROUPS = `('medical', 'vhv', 'frontline', 'age60', 'disease7', 'pregnant', 'general', 'student12', 'child5')`
const RESIDENTS = 'district, target_group, residents'

const STATEMENTS = [
  `create table residents (
     district text storage main not null references areas check (length(district) = 4),
     target_group text storage main not null check (target_group in ${GROUPS}),
     residents integer not null check (residents >= 0),
     source text not null check (length(source) between 1 and 200),
     as_of date not null check (as_of between '1900-01-01' and '2399-12-31'),
     imported_at timestamptz not null default now(),
     primary key (district, target_group)
   )`,
  `create unique index residents_identity on residents (${RESIDENTS})`,
  `alter table residents replica identity using index residents_identity`,
  ...streamed('residents', RESIDENTS),
]
