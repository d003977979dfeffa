import type { OwnServer } from '../../pg/source-server.ts'
import { SCHEMA_CHANGES } from '../../support/schema-changes.ts'
import type { World } from '../stage.ts'
import type { Fault } from '../suffer.ts'

/** What owners do to their database while it is in use. */

const MANY = 300_000

/** Rows that nothing refers to get new primary keys. */
const NEW_KEYS = `begin;
  update vaccinations set id = default where id in (select id from vaccinations order by id limit 50);
  update tests set id = default where id in (select id from tests order by id limit 50);
  update needs set id = default where id in (select id from needs order by id limit 50);
  commit`

const TRUNCATE = `begin;
  truncate vaccinations, stock, care_units, dose_plans, residents;
  insert into vaccinations (district, day, dose, kind, doses) select '1001', day, 1, 'report', 70 from operation;
  commit`

/** In and out in turn, so that the database does not grow. */
const MANY_ROWS = `do $do$ begin
  if (select count(*) from vaccinations where district = '5002' and vaccine = 'moderna') >= ${MANY} then
    delete from vaccinations where district = '5002' and vaccine = 'moderna';
  else
    insert into vaccinations (district, day, dose, kind, doses, vaccine)
      select '5002', day - (n % 20), 1 + n % 3, 'report', 1 + n % 7, 'moderna' from operation, generate_series(1, ${MANY}) n;
  end if;
end $do$`

/** Triggers of the UPDATE wait for its commit: only then may the column go. */
const COLUMNS = `begin; alter table cases add column if not exists chaos text not null default 'x';
  create index if not exists cases_chaos on cases (chaos); update cases set chaos = 'y' where id % 7 = 0; commit;
  alter table cases drop column chaos`

const DEADLOCK = '40P01'
const TRIES_MAX = 10

/** A deadlock with a mover ends one of the two; the owner tries again. */
async function change(server: OwnServer, sql: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await server.query(sql)
      return
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === DEADLOCK
      if (!isDeadlock || tries === TRIES_MAX) throw error
    }
  }
}

export const SCHEMA_FAULTS: readonly Fault[] = [
  ...SCHEMA_CHANGES.map(({ failure, sql }) => ({
    failure,
    isShort: true as const,
    strike: ({ server }: World) => change(server, sql),
  })),
  {
    failure: 'a facility with the longest names is moved without them',
    isShort: true,
    strike: ({ server }) => server.query(`update facilities set reported_at = now() where code = 'long'`),
  },
  {
    failure: 'tables are truncated',
    isShort: true,
    strike: ({ server }) => change(server, TRUNCATE),
  },
  {
    failure: 'rows get other primary keys',
    isShort: true,
    strike: ({ server }) => change(server, NEW_KEYS),
  },
  {
    failure: 'columns and indexes come and go',
    isShort: true,
    strike: ({ server }) => change(server, COLUMNS),
  },
  {
    failure: '300,000 rows come, or go, in a transaction',
    strike: ({ server }) => change(server, MANY_ROWS),
  },
]
