import { main, readArguments, UsageProblem } from '../command-line.ts'
import { readDay } from '../import/fields.ts'
import { FileProblem, located } from '../import/problem.ts'
import { count, createProgress, type Progress } from '../import/progress.ts'
import { catchSignals, withDatabase } from '../interrupt.ts'
import { type ReplayOptions, replay } from './replay.ts'

const HELP = `npm run replay -- FILE.csv --from DATE --to DATE --days-per-second N

Turns daily counts by province (date, province_code, new_cases, new_deaths) into single case events over each day:
reported, triaged, waiting, a bed taken, recovered or dead; with doses and tests at published rates. Every commit is
one that the hub shows. The screens' day moves along, marked as a replay.

  --from DATE, --to DATE   first and last day, YYYY-MM-DD
  --days-per-second N      pace; 0.01 is a day in 100 s (default 0.1)
  --continue               go on where an earlier run was stopped
  --reset                  delete what earlier replays and drills wrote, and nothing else, then begin
  --force                  even in a database that holds other cases, or a drill
  --seed N                 another course of the same counts (default 1)
  --delimiter MARK         between columns, default ","
  --help

Ctrl-C ends it after the current transaction. Exit code 0 to the end or stopped, 1 file or database, 2 wrong usage.
DATABASE_URL names the database; without it, the embedded one of DATA_DIR (default .data).`

/** Beyond this no machine follows; it is a slip of the finger. */
const DAYS_PER_SECOND_MAX = 1000
const FAR_FUTURE = '9999-12-31'

type Command = Omit<ReplayOptions, 'ownerUrl' | 'progress' | 'signal'>

function day(name: string, text: string | undefined): string {
  if (text === undefined) throw new UsageProblem(`--${name} DATE is missing`)
  const read = readDay(text, FAR_FUTURE)
  if ('wrong' in read) throw new UsageProblem(`--${name}: ${read.wrong}`)
  return read.value
}

/** @throws UsageProblem */
function readCommand(argv: readonly string[]): Command {
  const { values, positionals } = readArguments(argv, {
    from: { type: 'string' },
    to: { type: 'string' },
    'days-per-second': { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
    delimiter: { type: 'string', default: ',' },
    continue: { type: 'boolean', default: false },
    reset: { type: 'boolean', default: false },
    force: { type: 'boolean', default: false },
  })
  const [path, ...more] = positionals
  if (path === undefined) throw new UsageProblem('name the CSV file')
  if (more.length > 0) throw new UsageProblem(`one file at a time; what is ${more[0]}?`)
  const from = day('from', values.from)
  const to = day('to', values.to)
  if (to < from) throw new UsageProblem(`--to ${to} is before --from ${from}`)
  const daysPerSecond = Number(values['days-per-second'])
  if (!(daysPerSecond > 0 && daysPerSecond <= DAYS_PER_SECOND_MAX)) {
    throw new UsageProblem(`--days-per-second is a number above 0, up to ${DAYS_PER_SECOND_MAX}`)
  }
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new UsageProblem('--seed is a whole number')
  if (values.reset && values.continue) throw new UsageProblem('--reset begins anew, --continue goes on; choose one')
  return {
    path,
    map: {},
    delimiter: values.delimiter,
    from,
    to,
    daysPerSecond,
    seed,
    reset: values.reset,
    goOn: values.continue,
    force: values.force,
  }
}

async function replayFile(command: Command, progress: Progress): Promise<undefined> {
  const signal = catchSignals()
  try {
    const end = await withDatabase(signal, process.env, undefined, ({ ownerUrl }) =>
      replay({ ...command, ownerUrl, progress, signal }),
    )
    progress.end()
    const pace = `${count(end.commits, 'commit')}, ${count(end.rows, 'row')}, ${end.rate.toFixed(2)} days/s`
    progress.line(
      end.finished
        ? `replayed to the end of ${end.day}: ${pace}`
        : `stopped on ${end.day}: ${pace}; go on with --continue`,
    )
    if (end.deathsUnmet > 0) {
      progress.line(`${count(end.deathsUnmet, 'death')} of the file had no open case of the province and were left out`)
    }
  } finally {
    progress.end()
  }
}

let file = ''

await main({
  help: HELP,
  async run(argv) {
    const command = readCommand(argv)
    file = command.path
    return replayFile(
      command,
      createProgress(process.stderr, () => performance.now()),
    )
  },
  failure: (error) =>
    error instanceof FileProblem ? located(file, error.line, error.message) : `replay: ${error.message}`,
})
