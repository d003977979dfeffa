import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { exitIfInterrupted } from './interrupt.ts'
import { terminal } from './terminal.ts'

/** A fault of the command line: the message says which, the help follows. */
export class UsageProblem extends Error {
  override readonly name = 'UsageProblem'
}

/** @throws UsageProblem of an option that there is not, or that lacks its value */
export function readArguments<const Options extends ParseArgsOptionsConfig>(argv: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error))
  }
}

export type Command = {
  readonly help: string
  /** @returns the exit code; nothing is 0 */
  run(argv: readonly string[]): Promise<number | undefined>
  /** What is said of an error that ends it. */
  failure?(error: Error): string
  /** the exit code of such an error; 1 unless said */
  readonly failureCode?: number
}

/** @returns the exit code: 0 done, 2 wrongly typed, otherwise the command's own. Ends the process when a signal ended the work. */
export async function exitCodeOf(command: Command, argv: readonly string[], { out, err } = terminal): Promise<number> {
  const { help, run, failure = ({ message }) => message, failureCode = 1 } = command
  if (argv.includes('--help') || argv.includes('-h')) {
    out(help)
    return 0
  }
  try {
    return (await run(argv)) ?? 0
  } catch (error) {
    exitIfInterrupted(error)
    if (!(error instanceof Error)) throw error
    if (error instanceof UsageProblem) {
      err(`${error.message}\n\n${help}`)
      return 2
    }
    err(failure(error))
    return failureCode
  }
}

/** The whole of a command's process. */
export async function main(command: Command): Promise<void> {
  process.exitCode = await exitCodeOf(command, process.argv.slice(2))
}
