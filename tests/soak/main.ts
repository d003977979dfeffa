import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { main, readArguments, UsageProblem } from '../../db/command-line.ts'
import { commitNow, machine } from '../support/measures.ts'
import { slopeOf } from './slope.ts'
import { soak } from './soak.ts'
import { SERIES, type Series } from './watch.ts'

const SPEED = 64
const HOURS_MIN = 1
const RESULTS = path.join(process.env.RESULTS ?? path.join(import.meta.dirname, '../results'), 'soak.json')

const HELP = `make soak HOURS=8

Hours of a drill, ${SPEED} times as fast, on a hub and a PostgreSQL of their own: each accelerated hour has 24 midnights and a storm
in which every screen loses its link, a wall in Chromium among them. Eight take seven and a half minutes. Writes soak.json into
tests/results: of heap, RSS, handles, slots and WAL, and of the wall's page its heap, nodes and listeners, the start, the end and the slope with its 95 % bounds; a slope whose bounds include 0 is flat.

  --hours N    accelerated hours, at least ${HOURS_MIN}
  --speed N    how many times as fast (default ${SPEED})
  --help

Exit code 0: heaps, handles, slots and what the page holds do not grow, nothing was lost, doubled or wrong; 1: something did or was.`

/** RSS follows what V8 and malloc keep for later, the WAL its checkpoints, machine code how often V8 compiles anew: shown, not judged. */
const JUDGED: readonly Series[] = ['heap', 'handles', 'slots', 'kept', 'pageHeap', 'pageNodes', 'pageListeners']

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function readNumber(name: string, text: string, min: number): number {
  const value = Number(text)
  if (!(value >= min && value <= 1_000))
    throw new UsageProblem(`--${name} takes a number of ${min} to 1000, not ${text}`)
  return value
}

async function run(argv: readonly string[]): Promise<number> {
  const { values } = readArguments(argv, {
    hours: { type: 'string', default: '8' },
    speed: { type: 'string', default: String(SPEED) },
  })
  const hours = readNumber('hours', values.hours, HOURS_MIN)
  const speed = readNumber('speed', values.speed, 1)
  const { watched, ...soaked } = await soak({ hours, speed, onLine: say })
  const names = Object.keys(SERIES) as Series[]
  const series = names.map((name) => ({ name, unit: SERIES[name], ...slopeOf(watched[name]) }))
  const result = { machine: machine(), commit: await commitNow(), hours, speed, ...soaked, series, watched }
  await mkdir(path.dirname(RESULTS), { recursive: true })
  await writeFile(RESULTS, `${JSON.stringify(result, null, 2)}\n`)
  for (const { name, unit, start, end, perHour, low, high, verdict } of series) {
    const [a, b, slope, from, to] = [start, end, perHour, low, high].map((value) => value.toFixed(3))
    say(`${name} (${unit}): ${a} → ${b}, ${slope} an hour (${from} to ${to}): ${verdict}`)
  }
  const { realMinutes, midnights, storms, acknowledged, later, lost, doubled, wrong, strange } = soaked
  for (const [answer, times] of Object.entries(later)) say(`writers had to ask again ${times} times: ${answer}`)
  say(
    `${hours} accelerated hours in ${realMinutes.toFixed(1)} minutes: ${midnights} midnights, ${storms} storms, ` +
      `${acknowledged} writes acknowledged, ${lost} lost, ${doubled} doubled, ${wrong} wrong${strange.map((text) => `; ${text}`).join('')}`,
  )
  const grows = series.some(({ name, verdict }) => JUDGED.includes(name) && verdict === 'grows')
  return grows || lost + doubled + wrong + strange.length > 0 ? 1 : 0
}

await main({ help: HELP, run, failure: (error) => `soak: ${error.stack ?? error.message}` })
