import { isEphemeral, isScope, type Scope } from '../../hub/contract/live/scopes.ts'
import { main, readArguments, UsageProblem } from '../command-line.ts'
import { count } from '../import/progress.ts'
import { commandWithDatabase } from '../interrupt.ts'
import { type VerifyOptions, verify } from './verify.ts'

const HELP = `npm run verify -- URL

Compares every cell and row of the nation and the provinces in a running hub with SQL, at one position, and prints how
many and what differs. Provinces are read by a key of its own that it makes
and deletes. Boards and alerts need a role: they are compared with --cookie, as far as its account may see them.

  URL              the hub's address, e.g. http://localhost:8080
  --scope SCOPE    only this one, may be repeated: nation, province:NN, public:NN, board:NN, alerts (default: all of them)
  --lock           lock at once, without looking for a moment of rest
  --no-lock        never make a writer wait; a database that never rests is then not compared
  --cookie TEXT    the Cookie header of a session; an auditor sees every board
  --help

It looks for a moment in which nobody writes. When there is none within two seconds it takes a SHARE lock: writers wait
while the hub is asked, about a second, and the last line says for how long. It changes nothing but its key and a commit of its own
that leaves all as it is (the marker that the hub must have folded). Exit code 0 no difference, 1 differences, 2 not
compared.
DATABASE_URL names the hub's database; without it, the embedded one of DATA_DIR (default .data).`

const DIFFERENCES_PRINTED_MAX = 50

type Command = Pick<VerifyOptions, 'hubUrl' | 'scopes' | 'lock' | 'cookie'>

/** @throws UsageProblem */
function readCommand(argv: readonly string[]): Command {
  const { values, positionals } = readArguments(argv, {
    scope: { type: 'string', multiple: true, default: [] },
    lock: { type: 'boolean', default: false },
    'no-lock': { type: 'boolean', default: false },
    cookie: { type: 'string' },
  })
  const [hubUrl, ...more] = positionals
  if (hubUrl === undefined || !/^https?:/.test(hubUrl) || !URL.canParse(hubUrl)) {
    throw new UsageProblem("name the hub's address, e.g. http://localhost:8080")
  }
  if (more.length > 0) throw new UsageProblem(`one hub at a time; what is ${more[0]}?`)
  const scopes = values.scope.filter((scope): scope is Scope => {
    if (isScope(scope) && !isEphemeral(scope)) return true
    throw new UsageProblem(`--scope takes nation, province:NN, public:NN, board:NN or alerts, not ${scope}`)
  })
  if (values.lock && values['no-lock']) throw new UsageProblem('--lock or --no-lock, not both')
  const lock = values.lock ? 'at-once' : values['no-lock'] ? 'never' : 'when-needed'
  return { hubUrl, scopes, lock, ...(values.cookie === undefined ? {} : { cookie: values.cookie }) }
}

async function compare(command: Command): Promise<number> {
  const done = await commandWithDatabase(({ ownerUrl }) =>
    verify({ ...command, ownerUrl, now: () => performance.now() }),
  )
  for (const { scope, key, hub, sql } of done.differences.slice(0, DIFFERENCES_PRINTED_MAX)) {
    process.stdout.write(`${scope} ${key}: hub ${hub ?? 'nothing'}, SQL ${sql ?? 'nothing'}\n`)
  }
  const more = done.differences.length - DIFFERENCES_PRINTED_MAX
  if (more > 0) process.stdout.write(`… and ${more} more\n`)
  process.stdout.write(
    `${count(done.cells, 'cell')} and ${count(done.rows, 'row')} of ${count(done.scopes, 'scope')} compared ` +
      `at position ${done.position} (${done.how}): ${count(done.differences.length, 'difference')}\n`,
  )
  return done.differences.length === 0 ? 0 : 1
}

await main({
  help: HELP,
  run: (argv) => compare(readCommand(argv)),
  failure: ({ message }) => `not compared: ${message}`,
  failureCode: 2,
})
