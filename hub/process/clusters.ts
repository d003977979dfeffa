import { exitCodeOf, main, readArguments } from '../../db/command-line.ts'
import { type Cluster, listClusters, removeCluster } from '../../db/postgres/clusters.ts'
import { type Io, terminal } from '../../db/terminal.ts'
import { readConfig } from '../runtime/config.ts'

const HELP = `npm run clusters [-- --remove]

Lists the embedded PostgreSQL clusters of this machine: where each lies, its size, whether it runs, and its DATA_DIR. A
cluster lies within DATA_DIR; under root, when the server's own user cannot enter that, in /var/lib/jitasa, where it stays
when the project is deleted.

  --remove    removes those whose DATA_DIR is gone, with all data in them, after asking
  --yes       does not ask
  --help

Exit code 0, 1 when something was left, 2 wrong usage.`

const MEGABYTE = 1e6

const size = (bytes: number): string => `${Math.ceil(bytes / MEGABYTE)} MB`

function line({ data, dataDirs, state, bytes, pid }: Cluster): string {
  const runs = pid === undefined ? 'does not run' : `runs (process ${pid})`
  const of = {
    kept: `DATA_DIR ${dataDirs.join(', ')}`,
    gone: `DATA_DIR ${dataDirs.join(', ')} is gone`,
    unknown: 'DATA_DIR not noted: start once from it, or remove the folder by hand',
  }[state]
  return `${data}  ${size(bytes)}  ${runs}  ${of}`
}

async function removeAll(gone: readonly Cluster[], { out, err }: Io): Promise<number> {
  let left = 0
  for (const cluster of gone) {
    const done = await removeCluster(cluster)
    if (done === 'removed') {
      out(`removed ${cluster.data}`)
      continue
    }
    left++
    err(
      done === 'runs'
        ? `${cluster.data} was left: its server runs. It ends by itself when nobody uses it, or by "kill -INT ${cluster.pid}"; then run this again.`
        : `${cluster.data} was left: its DATA_DIR is back.`,
    )
  }
  return left === 0 ? 0 : 1
}

type Place = { readonly dataDir: string; readonly root?: string }

/** @returns the exit code */
async function list(argv: readonly string[], { dataDir, root }: Place, io: Io): Promise<number> {
  const { values } = readArguments(argv, {
    remove: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
  })
  const all = await listClusters(dataDir, root)
  for (const cluster of all) io.out(line(cluster))
  if (all.length === 0) io.out('There is no embedded cluster.')
  if (!values.remove) return 0
  const gone = all.filter(({ state }) => state === 'gone')
  if (gone.length === 0) {
    io.out('Nothing to remove: no DATA_DIR is gone.')
    return 0
  }
  const bytes = gone.reduce((sum, cluster) => sum + cluster.bytes, 0)
  io.err(
    `${gone.length} of them, ${size(bytes)}, would be removed for good, with the personal data in them. A DATA_DIR that was only moved, or whose disk is not mounted, looks gone too: mount it, or start once from its new place, first.`,
  )
  const agreed = values.yes || /^y(es)?$/i.test((await io.ask('Remove them? [y/N] ')) ?? '')
  if (agreed) return removeAll(gone, io)
  io.err('Nothing was removed. In a script, --yes answers the question.')
  return 1
}

const failure = (error: NodeJS.ErrnoException): string =>
  error.code === 'EACCES' ? `${error.message}. Run this as root.` : error.message

/** @returns the exit code */
export function clusters(argv: readonly string[], place: Place, io: Io): Promise<number> {
  return exitCodeOf({ help: HELP, run: () => list(argv, place, io), failure }, argv, io)
}

if (import.meta.main) {
  await main({ help: HELP, run: (argv) => list(argv, readConfig(process.env), terminal), failure })
}
