import { main, readArguments, UsageProblem } from '../command-line.ts'
import { databaseUrlOf, dataDirOf, prepareDatabase } from '../connection.ts'
import { commandWithDatabase } from '../interrupt.ts'
import { readManifest } from './manifest.ts'
import { restoreCluster, restoreDatabase } from './restore.ts'

const HELP = `npm run restore -- FOLDER

Brings back what \`npm run backup\` wrote, and migrates it to this version. Of the embedded PostgreSQL: into a DATA_DIR that has no
database. Of another one: into the empty database of DATABASE_URL, in any cluster; roles are made; keep AUTH_SECRET, it is not in it.

Nothing that is there is overwritten. Stop the hubs of the old database first: two that answer people would part their records.
Exit code 0 done, 1 not done (nothing is left behind), 2 wrong usage.`

await main({
  help: HELP,
  async run(argv) {
    const { positionals } = readArguments(argv, {})
    const [folder, more] = positionals
    if (folder === undefined) throw new UsageProblem('from where?')
    if (more !== undefined) throw new UsageProblem(`what is ${more}?`)
    const { at } = await readManifest(folder)
    if (databaseUrlOf(process.env) === undefined) await restoreCluster(folder, dataDirOf(process.env))
    await commandWithDatabase(async (connections) => {
      if (!connections.embedded) await restoreDatabase(folder, connections.ownerUrl)
      await prepareDatabase(connections)
    })
    console.log(`Restored: everything that was committed by ${at}. What came later is not in it. Start the hub.`)
    return 0
  },
})
