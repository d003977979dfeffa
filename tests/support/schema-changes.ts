/**
 * Changes of the schema that leave it as it was, with rows changed meanwhile: the stream does not tell of those. Each is
 * one transaction and can be repeated.
 */
export type SchemaChange = { readonly failure: string; readonly sql: string }

/** Takes the table out of the publication, runs the statement, and publishes the same columns again. */
function whileUnpublished(table: string, ...statements: readonly string[]): string {
  return `do $do$ declare list text; begin
    select string_agg(quote_ident(name), ', ') into list from pg_publication_tables, unnest(attnames) as name
    where pubname = 'jitasa' and tablename = '${table}';
    alter publication jitasa drop table ${table};
    ${statements.map((statement) => `execute format($sql$${statement}$sql$, list);`).join('\n    ')}
    execute format('alter publication jitasa add table ${table} (%s)', list);
  end $do$`
}

/** Rows in `vaccinations` and `tests` that the changes move. */
export const ROWS_TO_MOVE = `
  insert into vaccinations (district, day, dose, kind, doses) select '1001', day, 1, 'report', 70 from operation;
  insert into tests (district, day, kind, tested, positive) select '1001', day, 'pcr', 50, 9 from operation`

export const SCHEMA_CHANGES: readonly SchemaChange[] = [
  {
    failure: 'a table is unpublished, a column’s type changed with its values, and published again',
    sql: whileUnpublished('vaccinations', 'alter table vaccinations alter column doses type bigint using doses + 1'),
  },
  {
    failure: 'rows are changed while their table is not published',
    sql: whileUnpublished('vaccinations', 'update vaccinations set doses = doses + 1'),
  },
  {
    failure: 'the replica identity is off while rows are changed',
    sql: `begin; alter table tests replica identity default; update tests set tested = tested + 1;
      alter table tests replica identity using index tests_identity; commit`,
  },
  {
    failure: 'truncate is not published while a table is truncated',
    sql: `begin; create temporary table kept on commit drop as select day from operation;
      alter publication jitasa set (publish = 'insert, update, delete'); truncate vaccinations;
      alter publication jitasa set (publish = 'insert, update, delete, truncate');
      insert into vaccinations (district, day, dose, kind, doses) select '1001', day, 2, 'report', 11 from kept; commit`,
  },
  {
    failure: 'a row filter is on while a row is added',
    sql: whileUnpublished(
      'tests',
      'alter publication jitasa add table tests (%s) where (id < 0)',
      `insert into tests (district, day, kind, tested, positive) select '1001', day, 'atk', 3, 1 from operation`,
      'alter publication jitasa drop table tests',
    ),
  },
  {
    failure: 'a table is not logged while rows are changed',
    sql: whileUnpublished(
      'tests',
      'alter table tests set unlogged',
      'update tests set positive = positive + 1 where positive < tested',
      'alter table tests set logged',
    ),
  },
]
