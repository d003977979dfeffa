import type { AlertMessageRow, PublicAlertRow } from '../../../db/queries/alert-messages.ts'
import { askedBy } from '../../contract/alerts/rules.ts'
import { isIndicator } from '../../contract/indicators/index.ts'
import type { AlertEvent, AlertSeverity } from '../../contract/vocabulary/alerts.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { sayings } from '../briefing/say.ts'

/** OASIS Common Alerting Protocol 1.2: element names, their order and their codes are its section 3. */
const CAP = 'urn:oasis:names:tc:emergency:cap:1.2'

type Element = readonly [name: string, content: string | readonly Element[]]

/** One CAP message. `references`: those of the same alert before it, as CAP names them. */
export type CapMessage = {
  readonly row: AlertMessageRow
  readonly identifier: string
  readonly sent: string
  readonly type: 'Alert' | 'Update' | 'Cancel'
  readonly references: readonly string[]
}

export type CapSource = {
  /** the hub, without spaces or commas */
  readonly sender: string
  /** nothing of a drill is real */
  readonly drill: boolean
  /** the address people use */
  readonly base: string
  /** `Restricted`: whoever reads it was given an account or a key for it */
  readonly to: 'Public' | 'Restricted'
}

const OVER: readonly AlertEvent[] = ['cleared', 'withdrawn']
const SEVERITY = { minor: 'Minor', moderate: 'Moderate', severe: 'Severe', extreme: 'Extreme' } as const
const URGENCY: Readonly<Record<AlertSeverity, string>> = {
  minor: 'Future',
  moderate: 'Expected',
  severe: 'Immediate',
  extreme: 'Immediate',
}
const LANGUAGES = { th: 'th-TH', en: 'en-GB' } as const
const SENDER = { th: 'จิตอาสา', en: 'Jitasa' }
const RESTRICTION = 'For those whom the operation has given an account or a key'
const OVER_SAID = { th: 'สิ้นสุดแล้ว', en: 'It is over' }

/** CAP wants a time zone in digits, never `Z`; Thailand has one. */
const timeOf = (at: Date): string => `${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`

/** As the dictionary calls what rings: what somebody has typed as the name of a rule is for those with an account. */
export function publicRows(rows: readonly PublicAlertRow[]): AlertMessageRow[] {
  const [th, en] = (['th', 'en'] as const).map((language) => sayings(language))
  return rows.flatMap((row) => {
    const { indicator: id } = row
    if (!isIndicator(id)) return []
    const asked = { id, options: askedBy({ indicator: id, option: row.option }) }
    return [{ ...row, name_th: th!.name(asked), name_en: en!.name(asked), facility_th: null, facility_en: null }]
  })
}

/** The messages of alerts, each with those of the same alert before it. @param rows oldest first */
export function capMessages(
  rows: readonly AlertMessageRow[],
  { sender, to }: Pick<CapSource, 'sender' | 'to'>,
): CapMessage[] {
  const before = new Map<number, string[]>()
  return rows.map((row) => {
    const references = before.get(row.alert) ?? []
    // The two say different things of one alert, so they are two messages.
    const identifier = `jitasa-${to === 'Public' ? 'public-' : ''}${row.alert}-${row.id}`
    const sent = timeOf(row.at)
    before.set(row.alert, [...references, `${sender},${identifier},${sent}`])
    const type = OVER.includes(row.kind) ? 'Cancel' : references.length > 0 ? 'Update' : 'Alert'
    return { row, identifier, sent, type, references }
  })
}

export function capXml({ row, identifier, sent, type, references }: CapMessage, source: CapSource): string {
  const { sender, drill, to } = source
  return document([
    `alert xmlns="${CAP}"`,
    [
      ['identifier', identifier],
      ['sender', sender],
      ['sent', sent],
      ['status', drill ? 'Exercise' : 'Actual'],
      ['msgType', type],
      ['scope', to],
      ...(to === 'Restricted' ? [['restriction', RESTRICTION] as const] : []),
      ...(drill ? [['note', 'Exercise: nothing of this is real'] as const] : []),
      ...(references.length > 0 ? [['references', references.join(' ')] as const] : []),
      ...(['th', 'en'] as const).map((language) => info(row, type, source, language)),
    ],
  ])
}

function info(row: AlertMessageRow, type: CapMessage['type'], { base, to }: CapSource, language: 'th' | 'en'): Element {
  const name = row[`name_${language}`]
  const where = row[`facility_${language}`] ?? row[`area_${language}`]
  const isOver = type === 'Cancel'
  return [
    'info',
    [
      ['language', LANGUAGES[language]],
      ['category', 'Health'],
      ['event', name],
      ['urgency', isOver ? 'Past' : URGENCY[row.severity]],
      ['severity', SEVERITY[row.severity]],
      ['certainty', row.condition === 'days_until' ? 'Likely' : 'Observed'],
      ['senderName', SENDER[language]],
      ['headline', isOver ? `${OVER_SAID[language]}: ${name} · ${where}` : `${name} · ${where}`],
      ['web', `${base}${to === 'Public' ? screenOf(row.area) : `/alerts?alert=${row.alert}`}`],
      ...parameters({ indicator: row.indicator, value: row.value, bound: row.bound }),
      [
        'area',
        [
          ['areaDesc', where],
          ['geocode', named('TIS1099', row.area)],
        ],
      ],
    ],
  ]
}

/** Where everybody sees the numbers of an area. */
const screenOf = (area: string) => (area === NATION ? '/wall' : `/province/${area}`)

const named = (name: string, value: string): readonly Element[] => [
  ['valueName', name],
  ['value', value],
]

function parameters(values: Readonly<Record<string, string | number | null>>): Element[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [['parameter', named(name, String(value))] as const],
  )
}

/** An Atom feed (RFC 4287) of the newest messages, newest first; each leads to its CAP message. */
export function capFeed(
  messages: readonly CapMessage[],
  { base, sender, drill, to }: CapSource,
  self: string,
  now: Date,
): string {
  const newest = messages.toReversed()
  return document([
    'feed xmlns="http://www.w3.org/2005/Atom"',
    [
      ['id', `${base}${self}`],
      ['title', drill ? 'Jitasa: alerts (exercise)' : 'Jitasa: alerts'],
      ['updated', newest[0]?.sent ?? timeOf(now)],
      ['author', [['name', sender]]],
      [`link rel="self" href="${escaped(`${base}${self}`)}"`, []],
      ...newest.map(({ row, identifier, sent, type }): Element => {
        const href = `${base}/api/cap/${to === 'Public' ? 'public/' : ''}messages/${row.id}`
        return [
          'entry',
          [
            ['id', `urn:x-jitasa:${sender}:${identifier}`],
            ['title', `${type}: ${row.name_en} · ${row.facility_en ?? row.area_en}`],
            ['updated', sent],
            [`link rel="alternate" type="application/cap+xml" href="${escaped(href)}"`, []],
            ['summary', `${row.name_th} · ${row.facility_th ?? row.area_th}`],
          ],
        ]
      }),
    ],
  ])
}

/** XML 1.0 takes no control characters; the rest is escaped. */
function escaped(text: string): string {
  const shown = Array.from(text).filter((one) => one >= ' ' || one === '\n' || one === '\t')
  return shown
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function element([name, content]: Element): string {
  const inner = typeof content === 'string' ? escaped(content) : content.map(element).join('')
  return `<${name}>${inner}</${name.split(' ')[0]}>`
}

const document = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${element(root)}\n`
