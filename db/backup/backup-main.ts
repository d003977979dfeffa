import { main, readArguments, UsageProblem } from '../command-line.ts'
import { dataDirOf } from '../connection.ts'
import { commandWithDatabase } from '../interrupt.ts'
import { backUp } from './backup.ts'

const HELP = `npm run backup -- FOLDER

Writes everything that is committed into FOLDER, which must not exist, while the hub goes on. FOLDER appears when it is whole.
The embedded PostgreSQL is copied as it is, with its password and, unless AUTH_SECRET is set, what sessions are signed with; of
another one (DATABASE_URL) pg_dump of its version, which must be installed, writes a dump.

It holds secrets, and personal data that is sealed under DATA_KEY (or DATA_DIR's file data-key), which is never in it: backup.json names that
key. Keep both, and not in one place.
Exit code 0 done, 1 not done (nothing is left behind), 2 wrong usage.`

const MEGABYTE = 1e6

await main({
  help: HELP,
  async run(argv) {
    const { positionals } = readArguments(argv, {})
    const [folder, more] = positionals
    if (folder === undefined) throw new UsageProblem('where to?')
    if (more !== undefined) throw new UsageProblem(`what is ${more}?`)
    const { at, bytes, keys } = await commandWithDatabase(({ ownerUrl, embedded }) =>
      backUp({ ownerUrl, folder, dataDir: embedded ? dataDirOf(process.env) : undefined }),
    )
    console.log(`${folder}: everything that was committed by ${at}, ${Math.ceil(bytes / MEGABYTE)} MB.`)
    if (keys.length > 0)
      console.log(
        `Its personal data opens under the key ${keys.join(', ')}, which is not in it: keep that key elsewhere.`,
      )
    return 0
  },
})
