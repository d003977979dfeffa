import path from 'node:path'
import { main, readArguments, UsageProblem } from '../command-line.ts'
import { databaseUrlOf, dataDirOf, prepareDatabase } from '../connection.ts'
import { commandWithDatabase } from '../interrupt.ts'
import { KEY_FILE, readWrappers } from '../personal/key-source.ts'
import { readManifest } from './manifest.ts'
import { restoreCluster, restoreDatabase } from './restore.ts'

const HELP = `npm run restore -- FOLDER

Brings back what \`npm run backup\` wrote, and migrates it to this version. Of the embedded PostgreSQL: into a DATA_DIR that has no
database. Of another one: into the empty database of DATABASE_URL, in any cluster; roles are made; keep AUTH_SECRET, it is not in it.
DATA_KEY, or the file data-key in DATA_DIR, has to be that of the old database: no backup holds it.

Nothing that is there is overwritten. Stop the hubs of the old database first: two that answer people would part their records.
Exit code 0 done, 1 not done (nothing is left behind), 2 wrong usage.`

/** Before anything is made: a database whose personal data nobody opens is no restored one. @throws Error with a sentence */
async function demandKeys(keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const external = databaseUrlOf(process.env) !== undefined
  const { now, before } = await readWrappers(
    process.env,
    external ? undefined : path.join(dataDirOf(process.env), KEY_FILE),
  )
  const missing = keys.filter((key) => key !== now.id && key !== before?.id)
  if (missing.length === 0) return
  throw new Error(
    `The backup's personal data is sealed under the key ${missing.join(' and ')}, which is not in it, and this is the key ${now.id}. Set DATA_KEY to that key, or put its file into DATA_DIR as ${KEY_FILE}.`,
  )
}

await main({
  help: HELP,
  async run(argv) {
    const { positionals } = readArguments(argv, {})
    const [folder, more] = positionals
    if (folder === undefined) throw new UsageProblem('from where?')
    if (more !== undefined) throw new UsageProblem(`what is ${more}?`)
    const { at, keys } = await readManifest(folder)
    await demandKeys(keys)
    if (databaseUrlOf(process.env) === undefined) await restoreCluster(folder, dataDirOf(process.env))
    await commandWithDatabase(async (connections) => {
      if (!connections.embedded) await restoreDatabase(folder, connections.ownerUrl)
      await prepareDatabase(connections)
    })
    console.log(`Restored: everything that was committed by ${at}. What came later is not in it. Start the hub.`)
    return 0
  },
})
