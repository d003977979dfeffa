import { latencyOf, type Sample, type Second } from './judge.ts'
import type { Run } from './run.ts'
import type { Surge } from './surge.ts'

/** What is drawn over the time of the run. */
export type Course = Pick<Run, 'samples' | 'walls' | 'written'> & { readonly seconds: readonly Second[] }

type Point = readonly [second: number, value: number]
type Line = { readonly name: string; readonly points: readonly Point[] }

const WIDTH = 520
const HEIGHT = 180
const LEFT = 56
const BOTTOM = 24
const TOP = 10
/** Dark and light, solid and dashed: lines are told apart without colour. */
const STROKES = ['stroke="#0b3d91"', 'stroke="#b8570b" stroke-dasharray="5 3"', 'stroke="#555" stroke-dasharray="2 3"']

const plain = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
const figure = (value: number): string => String(Math.round(value * 100) / 100)

/** One plot as SVG; the axes begin at 0. */
export function plot(title: string, unit: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points)
  const lastSecond = Math.max(1, ...points.map(([second]) => second))
  const top = Math.max(1e-9, ...points.map(([, value]) => value)) * 1.05
  const x = (second: number): string => (LEFT + (second / lastSecond) * (WIDTH - LEFT - 8)).toFixed(1)
  const y = (value: number): string => (TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const ticks = [0, 0.5, 1].map((share) => {
    const at = y(top * share)
    return `<line x1="${LEFT}" x2="${WIDTH - 8}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${LEFT - 4}" y="${at}" text-anchor="end" dy="4">${top * share >= 10 ? Math.round(top * share) : figure(top * share)}</text>`
  })
  const paths = lines.map(
    ({ points: own }, i) =>
      `<polyline fill="none" stroke-width="1.5" ${STROKES[i % STROKES.length]} points="${own.map(([s, v]) => `${x(s)},${y(v)}`).join(' ')}"/>`,
  )
  const names = lines.map(
    ({ name }, i) =>
      `<svg width="26" height="8" aria-hidden="true"><line x1="0" x2="24" y1="4" y2="4" stroke-width="2" ${STROKES[i % STROKES.length]}/></svg>${plain(name)}`,
  )
  return `<figure><figcaption><b>${plain(title)}</b>, ${plain(unit)} ${names.join(' ')}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${plain(title)}">${ticks.join('')}${paths.join('')}<text x="${LEFT}" y="${HEIGHT - 6}">0 s</text><text x="${WIDTH - 8}" y="${HEIGHT - 6}" text-anchor="end">${Math.round(lastSecond)} s</text></svg></figure>`
}

/** @param total `[second, how many since the start]` */
function perSecond(total: readonly Point[]): Point[] {
  return total.flatMap(([second, value], i) => {
    const [before, had] = total[i - 1] ?? [0, 0]
    return second > before ? [[second, (value - had) / (second - before)] as const] : []
  })
}

/** The thresholds in words. */
export const MEANING: Readonly<Record<string, string>> = {
  p50: 'ms from a commit to the screen, half of all deliveries',
  p95: 'ms, 95 % of all deliveries',
  p99: 'ms, 99 % of all deliveries, storms included; of `reopening` outside of the minute of 5,000 events a second',
  surgeP99: 'ms, 99 % of the deliveries in that minute and two seconds more',
  claimsP99: 'ms, 99 % of claims, from the request to its answer',
  gaps: 'deltas that began after the position held: something was lost',
  mismatches: 'folded scopes whose checksum was not the hub’s',
  stale: 'whole scopes older than what the screen showed',
  unanswered: 'questions about a scope that the hub let lie for ten seconds',
  behindAtEnd: 'scopes on screens that did not show all there was when nobody wrote any more',
  denied: 'scopes that the hub did not give to whom they are due',
  failedWrites: 'requests of writers answered with anything but 2xx, and failed SQL',
  unwritten: 'percent of the events of the highest rate that were not committed: the writer could not follow',
  lostSockets: 'sockets closed for good, or away at the end',
  lagSlope: 'ms of lag that a second of constant load adds',
  notStalled: 'readers that were to stall and that the hub never found stalled',
  stalledMiB: 'MiB that the hub grew by while readers stalled',
  leftBehind: 'readers that stalled, read on, and did not show the present again',
  halfOpenKept: 'connections of the attacker that never finished their handshake and that the hub did not end',
  halfOpenMs: 'ms that the hub bore such a connection, the longest',
  loadedP99: 'p99 of the others while readers stall or a stranger attacks ÷ p99 without',
}

function plots({ seconds, samples, walls, written }: Course): string[] {
  const latency = seconds.map((second) => ({ second: second.second, ...latencyOf([second]) }))
  const of = (name: 'p50' | 'p95' | 'p99'): Line => ({
    name,
    points: latency.flatMap((one) => (one[name] === null ? [] : [[one.second, one[name]] as const])),
  })
  const hub = (name: string, value: (sample: Sample) => number | undefined): Line => ({
    name,
    points: samples.flatMap((sample) => {
      const y = value(sample)
      return y === undefined ? [] : [[sample.second, y] as const]
    }),
  })
  return [
    plot('Latency, commit → delivered', 'ms', [of('p50'), of('p99')]),
    plot('Deliveries', 'deltas a second', [
      { name: 'all sockets', points: seconds.map(({ second, deliveries }) => [second, deliveries] as const) },
    ]),
    plot('Written by SQL', 'events a second', [{ name: 'rows', points: perSecond(written) }]),
    plot('Written through the API', 'requests a second', [
      { name: 'answered with 2xx', points: seconds.map(({ second, writes }) => [second, writes] as const) },
    ]),
    plot('Sockets open', 'count', [
      { name: 'viewers', points: seconds.map(({ second, sockets }) => [second, sockets] as const) },
    ]),
    plot('A wall takes', 'kB a second', [
      { name: 'packed', points: walls.map(({ second, packed }) => [second, packed / 1000] as const) },
      { name: 'as text', points: walls.map(({ second, plain }) => [second, plain / 1000] as const) },
    ]),
    plot("The hub's CPU", 'cores', [hub('hub', ({ cpu }) => cpu)]),
    plot("The hub's memory", 'MiB resident', [hub('hub', ({ rss }) => rss / 2 ** 20)]),
    plot('Lag, commit → published', 'ms', [hub('mean of a second', ({ lagMs }) => lagMs)]),
  ]
}

/** The run on one page, without a script and without the network. */
export function renderReport(surge: Surge, course: Course): string {
  const rows = Object.entries(surge.thresholds).map(
    ([name, { value, max, ok }]) =>
      `<tr><td>${ok ? '✓ held' : '✗ missed'}</td><td>${plain(name)}</td><td>${value ?? 'not measured'}</td><td>≤ ${max}</td><td>${MEANING[name] ?? ''}</td></tr>`,
  )
  const failed = Object.values(surge.thresholds).filter(({ ok }) => !ok).length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Load test: ${plain(surge.profile)}</title>
<style>body{font:14px/1.4 system-ui,sans-serif;max-width:1120px;margin:1rem auto;padding:0 1rem;color:#222}
figure{display:inline-block;width:48%;min-width:320px;margin:.4rem .5%}svg text{font-size:11px;fill:#444}
table{border-collapse:collapse;margin-bottom:1rem}td,th{padding:.1rem .8rem;text-align:left;border-bottom:1px solid #ddd}pre{white-space:pre-wrap;font-size:12px}</style></head>
<body><h1>Load test “${plain(surge.profile)}”: ${failed === 0 ? 'every threshold held' : `${failed} threshold${failed === 1 ? '' : 's'} missed`}</h1>
<p>${plain(surge.at)}, ${surge.seconds} s, ${surge.sockets} viewers; ${surge.deliveries} deltas delivered to them; ${surge.folded} folded and proved by checksum;
${surge.gaps} gaps, ${surge.mismatches} mismatches, ${surge.failedWrites} failed writes of ${surge.writes.api} through the API.</p>
<p>At ${surge.peak.eventsPerSecond ?? '–'} of ${surge.peak.plannedPerSecond} events a second (${surge.peak.span.join('–')} s): a wall takes <b>${surge.peak.bytesPerWallSecond.packed ?? '–'} bytes a second</b> packed,
${surge.peak.bytesPerWallSecond.plain ?? '–'} as text; the hub takes <b>${surge.peak.hubCoresMean ?? '–'} core</b> (at most ${surge.peak.hubCoresMax ?? '–'}) and <b>${surge.peak.rssMiBMax ?? '–'} MiB</b>.</p>
<table><tr><th></th><th>threshold</th><th>measured</th><th>goal</th><th>what it is</th></tr>${rows.join('')}</table>
${plots(course).join('\n')}
<details><summary>All figures</summary><pre>${plain(JSON.stringify(surge, null, 2))}</pre></details></body></html>
`
}
