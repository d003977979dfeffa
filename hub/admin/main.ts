import { commandWithDatabase, exitIfInterrupted } from '../../db/interrupt.ts'
import { systemClock } from '../runtime/clock.ts'
import { readConfig } from '../runtime/config.ts'
import { terminal } from './io.ts'
import { run } from './run.ts'
import { USAGE } from './usage.ts'

/** `npm run admin -- …`: what is done at the hub's own machine. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) {
    terminal.out(USAGE)
    return argv.length === 0 ? 2 : 0
  }
  const config = readConfig(process.env)
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  return commandWithDatabase((connections) =>
    run(argv, { ...connections, publicUrl, now: new Date(systemClock.now()), io: terminal }),
  )
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  exitIfInterrupted(error)
  terminal.err(error.message)
  return 1
})
