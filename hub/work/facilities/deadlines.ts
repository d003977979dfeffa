import { bedsOfFacility, readFacility } from '../../../db/queries/facilities.ts'
import { readDeadlines } from '../../../db/queries/lateness.ts'
import { demand } from '../../authorize/demand.ts'
import { FACILITY_KIND_WORDS } from '../../contract/vocabulary/facility-words.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { demandActive } from './active.ts'

const MINUTE_MS = 60_000
/** Calendars ring this long before a report is overdue. */
const ALARM_MINUTES = 15
const LINE_OCTETS_MAX = 75

export type Deadlines = {
  readonly facility: number
  readonly name: string
  readonly kind: string
  /** ms since 1970: when the report that stands is overdue */
  readonly next: number
  readonly everyMinutes: number
  readonly now: number
}

/** RFC 5545, 3.3.11 */
const text = (words: string): string => words.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')
const moment = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')

/** RFC 5545, 3.1: no line of more than 75 octets, and none cut within a letter. */
function folded(line: string): string {
  const lines: string[] = []
  let current = ''
  for (const letter of line) {
    if (Buffer.byteLength(current + letter) > LINE_OCTETS_MAX) {
      lines.push(current)
      current = ' '
    }
    current += letter
  }
  return [...lines, current].join('\r\n')
}

/** One event that comes again as often as the kind has to report. */
export function calendarOf({ facility, name, kind, next, everyMinutes, now }: Deadlines): string {
  const every =
    everyMinutes % 60 === 0 ? `FREQ=HOURLY;INTERVAL=${everyMinutes / 60}` : `FREQ=MINUTELY;INTERVAL=${everyMinutes}`
  const summary = `รายงาน / Report: ${name}`
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jitasa//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:deadline-${facility}@jitasa.invalid`,
    `DTSTAMP:${moment(now)}`,
    `DTSTART:${moment(next)}`,
    'DURATION:PT0M',
    `RRULE:${every}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(`${kind}: ${everyMinutes / 60} h`)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text(summary)}`,
    `TRIGGER:-PT${ALARM_MINUTES}M`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
}

/** When reports of a facility are due, as a calendar. @throws ApiError 404 of a kind that has no deadline */
export async function facilityCalendar(context: CommandContext, id: number): Promise<string> {
  const { trx, by, now } = context
  const row = await readFacility(trx, id)
  if (row === undefined) throw notFound('facility', id)
  demand(by.grant, 'facility.read', { area: row.district, facility: id })
  demandActive(row)
  const hours = (await readDeadlines(trx)).get(row.kind)
  if (hours === undefined) throw notFound('deadline of reports for facility', id)
  const counted = (await bedsOfFacility(trx, id)).map(({ reported_at }) => reported_at.getTime())
  const last = counted.length > 0 ? Math.min(...counted) : (row.reported_at?.getTime() ?? now)
  const everyMinutes = Math.max(1, Math.round(hours * 60))
  const due = last + everyMinutes * MINUTE_MS
  const missed = Math.max(0, Math.ceil((now - due) / (everyMinutes * MINUTE_MS)))
  return calendarOf({
    facility: id,
    name: row.name_th,
    kind: FACILITY_KIND_WORDS.th[row.kind],
    next: due + missed * everyMinutes * MINUTE_MS,
    everyMinutes,
    now,
  })
}
