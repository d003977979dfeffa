import { type Kysely, sql } from 'kysely'

/**
 * What was announced of alerts that everybody may know: of the nation or a whole province, about a number that is on screens without
 * an account. No facility, no district (few people), nothing of the hub itself, no words that somebody typed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create function jitasa_public_alert_messages(since timestamptz, most integer)
     returns table (id bigint, alert bigint, kind text, at timestamptz, area text, area_th text, area_en text, indicator text, option text,
       severity text, condition text, value double precision, bound double precision)
     language sql stable security definer set search_path = public
     begin atomic
       select events.id, alert_id, events.kind, events.at, alerts.area, areas.name_th, areas.name_en, indicator, option, severity,
           condition, events.value, bound
         from alert_events events join alerts on alerts.id = alert_id join areas on areas.code = alerts.area
         where events.kind in ('raised', 'released', 'returned', 'unshelved', 'escalated', 'cleared', 'withdrawn')
           and length(alerts.area) = 2 and alerts.facility_id is null and indicator !~ '^(system|silence)[.]'
           and alerts.raised_at >= since
           and events.id >= (select min(first.id) from alert_events first
             where first.alert_id = alerts.id and (first.announced or first.announced_nation))
         order by events.id desc limit most;
     end`,
  `revoke execute on function jitasa_public_alert_messages from public`,
  `grant execute on function jitasa_public_alert_messages to jitasa_api`,
]
