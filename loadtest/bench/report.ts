import { countReasons, type Verdict } from './goals.ts'
import type { Row } from './rows.ts'

/** The bench for people: text only. */

const number = (value: number | null, unit = ''): string =>
  value === null ? '–' : `${value.toLocaleString('en-GB', { maximumFractionDigits: 2 })}${unit}`
const percent = (value: number | null): string => (value === null ? '–' : `${Math.round(value * 100)} %`)

function range({ spread }: Row): string {
  if (!spread?.deliveriesPerCpuSecond) return '–'
  const { min, max } = spread.deliveriesPerCpuSecond
  return `${number(min / 1000)}–${number(max / 1000)}`
}

export function table(rows: readonly Row[]): string {
  const head = [
    'variant',
    'bytes',
    'k/CPU-s',
    'spread',
    'B/socket',
    'p99 half',
    'reconnect',
    'lost',
    'behind',
    'server',
    'client',
  ]
  const lines = rows.map((row) => [
    row.refused.length > 0 ? `${row.title} *` : row.title,
    String(row.bytes),
    number(row.deliveriesPerCpuSecond === null ? null : row.deliveriesPerCpuSecond / 1000),
    range(row),
    number(row.bytesPerSocket),
    number(row.halfLoadP99Ms, ' ms'),
    number(row.reconnectMs, ' ms'),
    number(row.lost),
    number(row.backlog),
    percent(row.serverBusy),
    percent(row.clientBusy),
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((cells) => cells[i]!.length)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')
  const notes = rows.flatMap((row) => [
    ...(row.why === undefined ? [] : [`  ${row.title}, ${row.bytes} B: ${row.why}`]),
    ...(row.refused.length === 0 || row.why !== undefined
      ? []
      : [`  * ${row.title}, ${row.bytes} B: ${countReasons(row.refused, row.rounds)}`]),
  ])
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...lines.map(line), ...notes].join('\n')
}

export function goalLines(verdicts: readonly Verdict[]): string {
  return verdicts
    .map(({ what, unit, bound, goal, value, met, why }) => {
      const sign = bound === 'min' ? '≥' : '≤'
      const mark = value === null ? 'no figure' : met === null ? '' : met ? 'met' : 'MISSED'
      const figure = value === null ? `refused: ${why}` : number(value, unit === '×' ? ' ×' : ` ${unit}`.trimEnd())
      const wanted =
        goal === null ? '' : ` (goal ${sign} ${goal.toLocaleString('en-GB')}${unit === '' ? '' : ` ${unit}`})`
      const because = met === false && why !== null ? `\n            ${why}` : ''
      return `  ${mark.padEnd(9)} ${what}: ${figure}${wanted}${because}`
    })
    .join('\n')
}
