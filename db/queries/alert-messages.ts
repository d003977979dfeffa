import { type QueryExecutorProvider, sql } from 'kysely'
import type { AlertEvent, AlertSeverity } from '../../hub/contract/vocabulary/alerts.ts'

/** What was told of an alert, and what it is about. */
export type AlertMessageRow = {
  readonly id: number
  readonly alert: number
  readonly kind: AlertEvent
  readonly at: Date
  readonly area: string
  readonly area_th: string
  readonly area_en: string
  readonly facility_th: string | null
  readonly facility_en: string | null
  readonly name_th: string
  readonly name_en: string
  readonly indicator: string
  readonly severity: AlertSeverity
  readonly condition: string
  readonly value: number | null
  readonly bound: number
}

/** What somebody elsewhere has to hear: that it rings, anew or louder, and that it is over. */
const TOLD = ['raised', 'released', 'returned', 'unshelved', 'escalated', 'cleared', 'withdrawn']

/**
 * Every message of the alerts of an area and what lies in it that were announced since, from the first announcement of
 * each on, oldest first. @param asked.ofMessage only those of the alert that this message is of
 */
export async function alertMessages(
  db: QueryExecutorProvider,
  asked: { readonly area: string; readonly since: Date; readonly ofMessage?: number; readonly max: number },
): Promise<AlertMessageRow[]> {
  const { area, since, ofMessage = null, max } = asked
  const { rows } = await sql<AlertMessageRow>`
    select * from (
      select events.id, alert_id as alert, events.kind, events.at, alerts.area, areas.name_th as area_th,
        areas.name_en as area_en, facility_th, facility_en, alerts.name_th, alerts.name_en, indicator, severity, condition,
        events.value, bound
      from alert_events events join alerts on alerts.id = alert_id join areas on areas.code = alerts.area
      where events.kind = any (${TOLD}) and (${area} = 'TH' or starts_with(alerts.area, ${area}))
        and (${ofMessage}::bigint is null or alert_id = (select alert_id from alert_events where id = ${ofMessage})) and alerts.raised_at >= ${since}
        and events.id >= (select min(first.id) from alert_events first
          where first.alert_id = alerts.id and (first.announced or first.announced_nation))
      order by events.id desc limit ${max}) as newest
    order by id`.execute(db)
  return rows
}

/** What everybody may know of alerts that were announced, in the words of the dictionary: of the nation or a whole province. */
export type PublicAlertRow = Omit<AlertMessageRow, 'facility_th' | 'facility_en' | 'name_th' | 'name_en'> & {
  readonly option: string | null
}

/** Of alerts that have rung since, oldest first. */
export async function publicAlertMessages(
  db: QueryExecutorProvider,
  { since, max }: { readonly since: Date; readonly max: number },
): Promise<PublicAlertRow[]> {
  const { rows } = await sql<PublicAlertRow>`
    select * from jitasa_public_alert_messages(${since}, ${max}) order by id`.execute(db)
  return rows
}
