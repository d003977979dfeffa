import { bedsOfFacility, readFacility } from '../../../db/queries/facilities.ts'
import { readDeadlines } from '../../../db/queries/lateness.ts'
import { demand } from '../../authorize/demand.ts'
import type { FacilityKind } from '../../contract/vocabulary/facilities.ts'
import { FACILITY_KIND_WORDS } from '../../contract/vocabulary/facility-words.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'
import { demandActive } from './active.ts'

const MINUTE_MS = 60_000
/** Calendars ring this long before a report is overdue. */
const ALARM_MINUTES = 15
const LINE_OCTETS_MAX = 75

export type Deadline = {
  /** of the event: the same for ever, so that a calendar which is fetched again changes it and adds none */
  readonly uid: string
  readonly name: string
  readonly kind: string
  /** ms since 1970: when the report is due next */
  readonly next: number
  readonly everyMinutes: number
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

/** Events that come again as often as the kind has to report. @param now ms since 1970 */
export function calendarOf(deadlines: readonly Deadline[], now: number): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jitasa//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    // RFC 7986, and what Outlook reads: a subscription looks again this often.
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...deadlines.flatMap((deadline) => eventOf(deadline, now)),
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n')
}

function eventOf({ uid, name, kind, next, everyMinutes }: Deadline, now: number): readonly string[] {
  const every =
    everyMinutes % 60 === 0 ? `FREQ=HOURLY;INTERVAL=${everyMinutes / 60}` : `FREQ=MINUTELY;INTERVAL=${everyMinutes}`
  const summary = `รายงาน / Report: ${name}`
  return [
    'BEGIN:VEVENT',
    `UID:${uid}@jitasa.invalid`,
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
  ]
}

const minutesOf = (hours: number): number => Math.max(1, Math.round(hours * 60))

/** Midnight in Bangkok, a day long gone. */
const EPOCH = Date.parse('2019-12-31T17:00:00Z')

/** When reports of kinds of facilities are due, counted from midnight in Bangkok: 2 h at 0, 2, 4 …; for everybody. */
export function kindsCalendar(
  deadlines: ReadonlyMap<string, number>,
  kinds: readonly FacilityKind[],
  now: number,
): string {
  const events = kinds.flatMap((kind) => {
    const hours = deadlines.get(kind)
    if (hours === undefined) return []
    const everyMinutes = minutesOf(hours)
    const passed = Math.floor((now - EPOCH) / (everyMinutes * MINUTE_MS))
    const name = `${FACILITY_KIND_WORDS.th[kind]} / ${FACILITY_KIND_WORDS.en[kind]}`
    const next = EPOCH + (passed + 1) * everyMinutes * MINUTE_MS
    return [{ uid: `deadline-${kind}`, name, kind: FACILITY_KIND_WORDS.th[kind], next, everyMinutes }]
  })
  return calendarOf(events, now)
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
  const everyMinutes = minutesOf(hours)
  const due = last + everyMinutes * MINUTE_MS
  const missed = Math.max(0, Math.ceil((now - due) / (everyMinutes * MINUTE_MS)))
  const next = due + missed * everyMinutes * MINUTE_MS
  const kind = FACILITY_KIND_WORDS.th[row.kind]
  return calendarOf([{ uid: `deadline-${id}`, name: row.name_th, kind, next, everyMinutes }], now)
}
