import { main, readArguments, UsageProblem } from '../command-line.ts'
import { commandWithDatabase } from '../interrupt.ts'
import { CASE_COLUMNS } from './daily-cases.ts'
import type { DayOrder } from './days.ts'
import { FACILITY_SHAPE } from './facilities/columns.ts'
import { type RegistryImportOptions, runRegistryImport } from './facilities/run.ts'
import type { Shape } from './header.ts'
import { DOSE_COLUMNS } from './plan-doses.ts'
import { FileProblem, located } from './problem.ts'
import { count, createProgress, type Progress } from './progress.ts'
import { RESIDENTS_SHAPE, RESIDENTS_TEMPLATE } from './residents/columns.ts'
import { type ResidentsImportOptions, runResidentsImport } from './residents/run.ts'
import { type ImportOptions, runImport } from './run.ts'

const HELP = `npm run import -- cases FILE.csv          daily new cases and deaths by province
npm run import -- vaccinations FILE.csv   cumulative doses by province at report dates
npm run import -- facilities FILE         the registry of facilities, CSV or XLSX
npm run import -- residents FILE          people of each target group by province or district, CSV or XLSX
npm run import -- residents --template    prints an empty file of residents

Columns   cases: ${CASE_COLUMNS.required.join(', ')}, optional ${CASE_COLUMNS.optional.join(', ')}
          vaccinations: ${DOSE_COLUMNS.required.join(', ')}, optional ${DOSE_COLUMNS.optional.join(', ')}
          facilities: ${FACILITY_SHAPE.required.join(', ')}, optional ${FACILITY_SHAPE.optional.join(', ')};
          an empty cell leaves what stands, and no row closes a facility
          residents: ${RESIDENTS_SHAPE.required.join(', ')}, optional ${RESIDENTS_SHAPE.optional.join(', ')};
          a province as a whole or all of its districts; an empty cell leaves what stands
          Lines that begin with # are passed over. UTF-8. Days as YYYY-MM-DD, or as Excel or
          Thai forms write them (44713, 1/6/2565, ๒๐๒๒-๐๖-๐๑). province_code: 2 digits (TIS 1099),
          or the province's Thai or English name; 00 is "not specified". A blank number is "not reported", not zero.

  --map NAME=COLUMN,…     the file's names: --map date=วันที่,province_code=จังหวัด,new_cases=ผู้ติดเชื้อใหม่
  --delimiter MARK        between columns, when it is not found by itself: , ; | or a tab (\\t)
  --dates day-first       what 01/06/2022 is: 1 June; month-first: 6 January. Not needed where only one is possible
  --dry-run               say what would change; change nothing
  --skip-bad-rows         import the good rows even when others are bad
  --accept-irregular      take a file whose days mostly stand alone, each number on its report day
  --accept-rising         take a file whose numbers of days never fall, as totals do not
  --accept-implausible    take numbers that are hardly true: too many for the people who live there, or a fall of most
  --accept-apart          facilities: keep points in the sea or in another province than the row's
  --help

FILE may be -, for what is piped in. The same file twice changes nothing; a changed number moves the difference. All or nothing: one transaction.
Exit code 0 imported or nothing to do, 1 the file or its rows are bad or the database refused, 2 wrong usage.
DATABASE_URL names the database; without it, the embedded one of DATA_DIR (default .data).`

type NumbersCommand = Omit<ImportOptions, 'ownerUrl' | 'progress'>
type FacilitiesCommand = Omit<RegistryImportOptions, 'ownerUrl' | 'progress'> & { readonly kind: 'facilities' }
type ResidentsCommand = Omit<ResidentsImportOptions, 'ownerUrl' | 'progress'> & { readonly kind: 'residents' }
type ImportCommand = NumbersCommand | FacilitiesCommand | ResidentsCommand | { readonly kind: 'template' }

/** @throws UsageProblem */
function readCommand(argv: readonly string[]): ImportCommand {
  const { values, positionals } = readArguments(argv, {
    map: { type: 'string', multiple: true, default: [] },
    delimiter: { type: 'string' },
    dates: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'skip-bad-rows': { type: 'boolean', default: false },
    'accept-irregular': { type: 'boolean', default: false },
    'accept-implausible': { type: 'boolean', default: false },
    'accept-rising': { type: 'boolean', default: false },
    'accept-apart': { type: 'boolean', default: false },
    template: { type: 'boolean', default: false },
  })
  const [kind, path, ...more] = positionals
  if (kind !== 'cases' && kind !== 'vaccinations' && kind !== 'facilities' && kind !== 'residents') {
    throw new UsageProblem('say what to import: cases, vaccinations, facilities or residents')
  }
  if (values.template) {
    if (kind !== 'residents' || path !== undefined)
      throw new UsageProblem('--template stands after residents, without a file')
    return { kind: 'template' }
  }
  if (path === undefined) throw new UsageProblem('name the CSV file')
  if (more.length > 0) throw new UsageProblem(`one file at a time; what is ${more[0]}?`)
  const delimiter = values.delimiter === '\\t' ? '\t' : values.delimiter
  if (delimiter !== undefined && delimiter.length !== 1) throw new UsageProblem('--delimiter is one character')
  const map = readMap(values.map, kind)
  const dryRun = values['dry-run']
  if (kind === 'facilities') return { kind, path, map, delimiter, dryRun, acceptApart: values['accept-apart'] }
  if (kind === 'residents') {
    return { kind, path, map, delimiter, dryRun, acceptImplausible: values['accept-implausible'] }
  }
  return {
    kind,
    path,
    map,
    delimiter,
    dates: readOrder(values.dates),
    dryRun,
    skipBadRows: values['skip-bad-rows'],
    acceptIrregular: values['accept-irregular'],
    acceptImplausible: values['accept-implausible'],
    acceptRising: values['accept-rising'],
  }
}

function readOrder(order: string | undefined): DayOrder | undefined {
  if (order === undefined || order === 'day-first' || order === 'month-first') return order
  throw new UsageProblem(`--dates is day-first or month-first, not ${order}`)
}

const SHAPES = {
  cases: CASE_COLUMNS,
  vaccinations: DOSE_COLUMNS,
  facilities: FACILITY_SHAPE,
  residents: RESIDENTS_SHAPE,
} as const

function readMap(pairs: readonly string[], kind: keyof typeof SHAPES): Record<string, string> {
  const shape: Shape = SHAPES[kind]
  const known = [...shape.required, ...shape.optional]
  const map: Record<string, string> = {}
  for (const pair of pairs.flatMap((text) => text.split(','))) {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, equals).trim()
    const column = pair.slice(equals + 1).trim()
    if (equals < 1 || column === '') throw new UsageProblem(`--map takes NAME=COLUMN, not ${JSON.stringify(pair)}`)
    if (!known.includes(name)) throw new UsageProblem(`--map knows ${known.join(', ')}; not ${name}`)
    const other = Object.keys(map).find((known) => known !== name && map[known] === column)
    if (other !== undefined) throw new UsageProblem(`--map names ${column} for both ${other} and ${name}`)
    map[name] = column
  }
  return map
}

async function importNumbers(command: NumbersCommand, progress: Progress): Promise<number> {
  try {
    const result = await commandWithDatabase(({ ownerUrl }) => runImport({ ...command, ownerUrl, progress }))
    progress.end()
    const { errors } = result
    for (const { line, what } of errors.first) progress.line(located(command.path, line, what))
    if (errors.count > errors.first.length) progress.line(`… and ${errors.count - errors.first.length} more`)
    for (const line of result.lines) progress.line(line)
    if (errors.count > 0) {
      const end = command.skipBadRows
        ? 'passed over'
        : command.dryRun
          ? 'an import would stop here (see --skip-bad-rows)'
          : 'nothing was imported (see --skip-bad-rows)'
      progress.line(`${count(errors.count, 'bad row')}: ${end}`)
      if (!command.skipBadRows) return 1
    }
    if (command.dryRun) progress.line('dry run: nothing was changed')
    else if (!result.written) progress.line('nothing to change: all of it was imported before')
    return 0
  } finally {
    progress.end()
  }
}

async function importRegistry(command: FacilitiesCommand, progress: Progress): Promise<number> {
  try {
    const { bad, written, lines } = await commandWithDatabase(({ ownerUrl }) =>
      runRegistryImport({ ...command, ownerUrl, progress }),
    )
    progress.end()
    for (const line of lines) progress.line(line)
    if (bad > 0) {
      progress.line(`${count(bad, 'fault')}: ${command.dryRun ? 'an import would stop here' : 'nothing was imported'}`)
      return 1
    }
    if (command.dryRun) progress.line('dry run: nothing was changed')
    else if (!written) progress.line('nothing to change: all of it stands so already')
    return 0
  } finally {
    progress.end()
  }
}

async function importResidents(command: ResidentsCommand, progress: Progress): Promise<number> {
  try {
    const { errors, written, lines } = await commandWithDatabase(({ ownerUrl }) =>
      runResidentsImport({ ...command, ownerUrl, progress }),
    )
    progress.end()
    for (const { line, what } of errors.first) progress.line(located(command.path, line, what))
    if (errors.count > errors.first.length) progress.line(`… and ${errors.count - errors.first.length} more`)
    for (const line of lines) progress.line(line)
    if (errors.count > 0) {
      const end = command.dryRun ? 'an import would stop here' : 'nothing was imported'
      progress.line(`${count(errors.count, 'fault')}: ${end}`)
      return 1
    }
    if (command.dryRun) progress.line('dry run: nothing was changed')
    else if (!written) progress.line('nothing to change: all of it stands so already')
    return 0
  } finally {
    progress.end()
  }
}

let file = ''

await main({
  help: HELP,
  async run(argv) {
    const command = readCommand(argv)
    if (command.kind === 'template') {
      process.stdout.write(`\ufeff${RESIDENTS_TEMPLATE}`)
      return 0
    }
    file = command.path
    const progress = createProgress(process.stderr, () => performance.now())
    if (command.kind === 'residents') return importResidents(command, progress)
    return command.kind === 'facilities' ? importRegistry(command, progress) : importNumbers(command, progress)
  },
  failure: (error) =>
    error instanceof FileProblem
      ? `${located(file, error.line, error.message)}\nnothing was imported`
      : `import failed, nothing was changed: ${error.message}`,
})
