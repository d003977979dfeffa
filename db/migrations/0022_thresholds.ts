import { type Kysely, sql } from 'kysely'

/**
 * From which value an indicator is worth a look, and from which it is an alarm: data, changed by national command, and
 * in every scope, so that all screens judge by the same. `null`: no value of it is abnormal by itself. An indicator
 * without a row has the default of hub/contract/indicators.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const COMMAND = `(select jitasa_role_is('national', 'administrator'))`
const bound = (column: string): string =>
  `${column} double precision check (${column} between -100000000 and 100000000)`

const STATEMENTS = [
  `create table thresholds (
     indicator text storage main primary key check (length(indicator) between 1 and 60),
     ${bound('watch')},
     ${bound('alarm')}
   )`,
  `alter table thresholds enable row level security`,
  `create policy hub_reads on thresholds for select to jitasa_hub using (true)`,
  `create policy everyone_reads on thresholds for select to jitasa_api using (true)`,
  `create policy command_inserts on thresholds for insert to jitasa_api with check (${COMMAND})`,
  `create policy command_updates on thresholds for update to jitasa_api using (${COMMAND})`,
  `grant select, insert, update on thresholds to jitasa_api`,
  `alter publication jitasa add table thresholds (indicator, watch, alarm)`,
  `grant select (indicator, watch, alarm) on thresholds to jitasa_hub`,
]
