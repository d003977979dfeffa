import { main, UsageProblem } from '../../db/command-line.ts'
import { commandWithDatabase } from '../../db/interrupt.ts'
import { terminal } from '../../db/terminal.ts'
import { authSecret } from '../http/auth/secret.ts'
import { systemClock } from '../runtime/clock.ts'
import { readConfig } from '../runtime/config.ts'
import { run } from './run.ts'
import { USAGE } from './usage.ts'

/** `npm run admin -- …`: what is done at the hub's own machine. */
await main({
  help: USAGE,
  async run(argv) {
    if (argv.length === 0) throw new UsageProblem('a command is missing')
    const config = readConfig(process.env)
    const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
    const now = new Date(systemClock.now())
    const { authSecret: given, dataDir } = config
    return commandWithDatabase((connections) => {
      const secret = () => authSecret({ given, dataDir, embedded: connections.embedded })
      return run(argv, { ...connections, publicUrl, secret, now, io: terminal, passwordWords: config.passwordWords })
    })
  },
})
