import type { EventDetails } from '../../../db/queries/case-events.ts'
import type { CaseFacts, CaseUpdate } from '../../../db/queries/cases.ts'

const COLUMNS = [
  'stage',
  'severity',
  'severity_at',
  'risk608',
  'classification',
  'care_place',
  'care_place_at',
  'facility_id',
  'bed_level',
  'override_by',
  'contacted_at',
  'escalated_at',
  'outcome',
  'outcome_day',
  'closed_reason',
  'merged_into',
] as const satisfies readonly (keyof CaseFacts)[]
type Column = (typeof COLUMNS)[number]

const PREFIX = 'was_'

/** How a case stood in the columns that a command is about to change: kept with its event, for the undo of it. */
export function columnsBefore(facts: CaseFacts, columns: readonly Column[]): EventDetails {
  const kept = columns.map((column) => {
    const value = facts[column]
    return [PREFIX + column, value instanceof Date ? value.getTime() : value] as const
  })
  return Object.fromEntries(kept)
}

/** The columns as they stood before the event. */
export function columnsToRestore(details: EventDetails): CaseUpdate {
  const kept = COLUMNS.flatMap((column) => {
    const value = details[PREFIX + column]
    if (value === undefined) return []
    return [[column, column.endsWith('_at') && typeof value === 'number' ? new Date(value) : value]]
  })
  return Object.fromEntries(kept) as CaseUpdate
}

/** What of an event's details is for undo alone stays in the hub. */
export function withoutBefore(details: EventDetails): EventDetails {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !name.startsWith(PREFIX)))
}
