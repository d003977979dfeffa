import type pg from 'pg'
import { RISKS_608 } from '../../hub/contract/vocabulary/people.ts'
import { DRILL_TO, HISTORY_FROM } from './scenario.ts'

/** Doses planned for a day, of 100,000 people; the campaign of November 2021 gave some 700. */
const PLANNED_PER_100K = 750
/** Shares of the people that the target groups are, in thousandths: the age pyramid of 2021 and the ministry's registers, rounded [B]. */
const GROUPS = `('medical', 11), ('vhv', 16), ('frontline', 29), ('age60', 180), ('disease7', 79), ('pregnant', 8),
  ('student12', 68), ('child5', 79), ('general', 530)`
/** The provinces whose boards the drill fills (drill-board.ts). */
const PROVINCES = `('10'), ('50'), ('20'), ('83'), ('90')`
const LABEL = 'Drill'

/** Of every province, so that coverage and the plan are numbers everywhere. */
const NATION = [
  `insert into residents (district, target_group, residents, source, as_of)
   select code || '00', name, population::bigint * thousandths / 1000, 'drill', '${HISTORY_FROM}'
   from areas, (values ${GROUPS}) as target (name, thousandths) where level = 'province' and population is not null`,
  `insert into dose_plans (district, day, doses, recorded_at)
   select code || '00', day::date, greatest(1, population::bigint * ${PLANNED_PER_100K} / 100000), now()
   from areas, generate_series(date '${HISTORY_FROM}', date '${DRILL_TO}', interval '1 day') as day
   where level = 'province' and population is not null`,
]
/** Of the provinces with boards: what is asked for, and people of the register, who are nobody. */
const BOARDS = [
  `insert into resources (kind, quantity, urgent, district, place, requested_by, requested_label, requested_at)
   select kinds.name, 10 * (1 + n), n % 4 = 0, left(place.code, 4), place.code, '00000000-0000-4000-8000-000000000000', '${LABEL}',
     now() - make_interval(mins => 20 * n)
   from (values ${PROVINCES}) as province (code)
   cross join (values (1, 'oxygen'), (2, 'kit'), (3, 'medicine'), (4, 'food'), (5, 'ppe'), (6, 'vehicle')) as kinds (n, name)
   cross join lateral (select code from areas where level = 'subdistrict' and starts_with(areas.code, province.code)
     order by md5(areas.code || kinds.n) limit 1) as place`,
  `insert into resource_events (resource_id, kind, actor_label, at)
   select id, 'requested', requested_label, requested_at from resources where requested_label = '${LABEL}'`,
  `with wanted as materialized (
     select gen_random_uuid() as person, place.code, n from (values ${PROVINCES}) as province (code)
     cross join generate_series(1, 40) as n
     cross join lateral (select code from areas where level = 'subdistrict' and starts_with(areas.code, province.code)
       order by md5(areas.code || n % 8) limit 1) as place
   ), made as (insert into people (id) select person from wanted)
   insert into vulnerable (person_id, district, place, reasons, doses, next_call, recorded_label, source_at, recorded_at)
   select person, left(code, 4), code, array[(array[${RISKS_608.map((risk) => `'${risk}'`).join(', ')}])[1 + n % ${RISKS_608.length}]], nullif(n % 4, 3),
     case when n % 2 = 0 then (select day from operation) + n % 5 end, '${LABEL}', now(), now() from wanted`,
]

/**
 * Gives a drill residents by target group, plans of doses, a register of the vulnerable and requests for resources, all
 * invented and of nobody, unless there are some already.
 * @returns whether it did
 */
export async function fillSupplies(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `select exists (select from residents) or exists (select from dose_plans) or exists (select from resources)
       or exists (select from vulnerable) as any`,
  )
  if (rows[0]?.any !== false) return false
  await client.query('begin')
  for (const statement of [...NATION, ...BOARDS]) await client.query(statement)
  await client.query('commit')
  return true
}
