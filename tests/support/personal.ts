/** A column that a publication streams. */
export type Published = { readonly publication: string; readonly table: string; readonly column: string }

/** Tables that hold personal data, secrets or what somebody typed: no column of theirs may be published. */
export const PERSONAL_TABLES: readonly string[] = [
  'people',
  'case_private',
  'case_events',
  'complaints',
  'contacts',
  'contact_notes',
  'vulnerable',
  'call_numbers',
  'help_requests',
  'one_time_codes',
  'idempotency',
  'recorded',
  'accounts',
  'account_credentials',
  'account_sessions',
  'account_verifications',
  'device_codes',
  'invitations',
  'sign_in_failures',
  'audit_log',
  'alert_events',
  'command_log',
]

const PERSONAL_COLUMN =
  /name|phone|mobile|mail|address|birth|\bsex\b|gender|national|passport|id_(kind|number|token)|person|lat$|lon$|note|remark|comment|label|details|body|text|token|password|secret|code|ip_|user_agent|actor|recorded_by|override_by/

/** Published columns whose names look personal, and why they are not. */
const NOT_PERSONAL: Readonly<Record<string, string>> = {
  'facilities.code': 'a public building’s',
  'facilities.name_th': 'a public building’s',
  'facilities.name_en': 'a public building’s',
  'facilities.lat': 'a public building’s',
  'facilities.lon': 'a public building’s',
  'needs.holder_label': 'an organisation and call-sign, never a person’s name',
  'needs.offered_label': 'an organisation and call-sign, never a person’s name',
  'presence.label': 'an organisation and call-sign, never a person’s name',
  'resources.requested_label': 'an organisation and call-sign, never a person’s name',
  'calls.holder_label': 'an organisation and call-sign, never a person’s name',
  'resources.holder_label': 'an organisation and call-sign, never a person’s name',
  'alerts.name_th': 'a rule’s',
  'alerts.name_en': 'a rule’s',
  'alerts.holder_label': 'an organisation and call-sign, never a person’s name',
  'command_messages.text': 'for walls: whoever commands is asked for no names, and numbers of people are refused',
  'screen_orders.text': 'for a wall: numbers of people are refused',
  'periods.started_label': 'an organisation and call-sign, never a person’s name',
  'objectives.owner_label': 'an organisation and call-sign, never a person’s name',
  'command_messages.sent_label': 'an organisation and call-sign, never a person’s name',
  'account_grants.label': 'an organisation and call-sign, never a person’s name',
}

/** @returns what of the published columns is personal or looks so and has not been judged, as `publication: table.column`. */
export function personalColumns(published: readonly Published[]): string[] {
  return published
    .filter(({ table, column }) => {
      if (PERSONAL_TABLES.includes(table)) return true
      return PERSONAL_COLUMN.test(column) && !(`${table}.${column}` in NOT_PERSONAL)
    })
    .map(({ publication, table, column }) => `${publication}: ${table}.${column}`)
}
