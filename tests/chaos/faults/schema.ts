import { SCHEMA_CHANGES } from '../../support/schema-changes.ts'
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

export const SCHEMA_FAULTS: readonly Fault[] = [
  ...SCHEMA_CHANGES.map(({ failure, sql }) => ({
    failure,
    isShort: true as const,
    strike: ({ server }: Parameters<Fault['strike']>[0]) => server.query(sql),
  })),
  {
    failure: 'a facility with the longest names is moved without them',
    isShort: true,
    strike: ({ server }) => server.query(`update facilities set reported_at = now() where code = 'long'`),
  },
  {
    failure: 'tables are truncated',
    isShort: true,
    strike: ({ server }) => server.query(TRUNCATE),
  },
  {
    failure: 'rows get other primary keys',
    isShort: true,
    strike: ({ server }) => server.query(NEW_KEYS),
  },
  {
    failure: 'columns and indexes come and go',
    isShort: true,
    strike: ({ server }) =>
      server.query(`alter table cases add column chaos text not null default 'x';
        create index cases_chaos on cases (chaos); update cases set chaos = 'y' where id % 7 = 0;
        alter table cases drop column chaos`),
  },
  {
    failure: '300,000 rows come, or go, in a transaction',
    strike: ({ server }) => server.query(MANY_ROWS),
  },
]
