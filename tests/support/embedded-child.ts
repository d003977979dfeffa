import { startEmbedded } from '../../db/embedded.ts'

/** A process of its own that uses the embedded server of a folder until it is killed or told to end. */
const [dataDir, unusedMsMax] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('usage: embedded-child.ts DATA_DIR [UNUSED_MS_MAX]')
const embedded = await startEmbedded(
  dataDir,
  { info: () => undefined, warn: console.error },
  unusedMsMax === undefined ? undefined : Number(unusedMsMax),
)
console.log(embedded.ownerUrl)
process.once('SIGTERM', () => embedded.stop().then(() => process.exit(0)))
