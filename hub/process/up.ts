import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createClient } from '../../db/client.ts'
import { type Connections, prepareDatabase } from '../../db/connection.ts'
import { orAborted, withDatabase } from '../../db/interrupt.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { ensureDrillAccounts } from '../../db/queries/accounts-drill.ts'
import { drillPassword, hashPassword } from '../http/auth/passwords.ts'
import { authSecret } from '../http/auth/secret.ts'
import { type Config, readConfig } from '../runtime/config.ts'
import { createLogger } from '../runtime/logger.ts'
import { buildDashboard } from './build.ts'
import { ROOT, runToEnd, serve, start } from './main.ts'

const NODE_MAJOR = 22
/** A drill that writes its two weeks of history in one transaction does not look up before that ends. */
const DRILL_STOP_MS_MAX = 5000

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** `make run`: everything from an empty folder to a live wall, in one process and, for the drill, a second. */
async function up(signal: AbortSignal): Promise<void> {
  if (Number(process.versions.node.split('.', 1)[0]) !== NODE_MAJOR) {
    throw new Error(
      `this runs on the Node ${NODE_MAJOR} of node_modules, not on ${process.version}: start it with \`make run\``,
    )
  }
  const config = readConfig(process.env)
  const logger = createLogger(process.env.LOG_LEVEL ? config.logLevel : 'warn')
  const began = Date.now()
  const building = buildDashboard(ROOT, { signal })
  building.catch(() => undefined)
  await withDatabase(signal, process.env, { info: say, warn: say }, async (connections) => {
    const { migrations, seeded } = await orAborted(signal, prepareDatabase(connections))
    if (migrations.length > 0) say(`migrated: ${migrations.join(', ')}`)
    if (seeded) say('seeded: 77 provinces, 928 districts and their sub-districts')
    if (await orAborted(signal, building)) say('built the dashboard')
    const drills = await wantsDrill(config, connections)
    const running = await start(config, connections, logger)
    const drill = drills ? startDrillProcess(connections, config) : undefined
    const address = config.publicUrl ?? `${config.tlsCert ? 'https' : 'http'}://localhost:${running.port}`
    say(
      `\n  Jitasa is open at ${address}  (the national wall: ${address}/wall), after ${((Date.now() - began) / 1000).toFixed(1)} s`,
    )
    say(
      drill
        ? '  A drill runs: nothing you see is real, and every screen says so. DRILL=0 make run starts without.\n'
        : '',
    )
    const stop = async (): Promise<void> => {
      await Promise.all([running.stop(), drill && endDrill(drill)])
    }
    await serve({ ...running, stop }, signal, logger)
  })
}

/** Unless told: on the embedded database, while it holds nothing but a drill. */
async function wantsDrill(config: Config, connections: Connections): Promise<boolean> {
  if (config.drill !== undefined) return config.drill
  if (!connections.embedded) return false
  const db = createClient(connections.ownerUrl, { connectionsMax: 1 })
  try {
    const operation = await db.selectFrom('operation').select('kind').executeTakeFirstOrThrow()
    if (operation.kind === 'drill') return true
    return (
      operation.kind === 'live' && (await db.selectFrom('cases').select('id').limit(1).executeTakeFirst()) === undefined
    )
  } finally {
    await db.destroy()
  }
}

function startDrillProcess(connections: Connections, config: Config): ChildProcess {
  const child = spawn(process.execPath, [path.join(ROOT, 'db/replay/drill-main.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: connections.ownerUrl,
      ...(connections.dataKey && { DATA_KEY: connections.dataKey }),
    },
    // The channel tells the drill when this process is gone, even by kill -9.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (child.stdout === null) throw new Error('the drill has no output to read')
  let first = true
  createInterface({ input: child.stdout }).on('line', (line) => {
    say(line)
    if (!first) return
    first = false
    announceAccounts(connections, config).catch((error: Error) => say(`no drill accounts: ${error.message}`))
  })
  return child
}

/** The server ends after it, so that its last transaction is whole. */
async function endDrill(drill: ChildProcess): Promise<void> {
  if (drill.exitCode !== null || drill.signalCode !== null) return
  const gone = once(drill, 'exit')
  drill.kill('SIGTERM')
  const kill = setTimeout(() => drill.kill('SIGKILL'), DRILL_STOP_MS_MAX)
  await gone
  clearTimeout(kill)
}

async function announceAccounts(
  { authUrl, embedded }: Connections,
  { authSecret: given, dataDir }: Config,
): Promise<void> {
  const password = drillPassword(await authSecret({ given, dataDir, embedded }))
  const db = createAccountsClient(authUrl, { connectionsMax: 1 })
  try {
    const accounts = await ensureDrillAccounts(db, { password, hashPassword })
    say(`\n  Drill accounts, all with the password ${password}:`)
    for (const { username, name } of accounts) say(`    ${username.padEnd(26)} ${name}`)
    say('')
  } finally {
    await db.destroy()
  }
}

// Of a terminal that is gone nothing can be said to it any more, and saying it must not end the process.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
await runToEnd(up, process.stdout.isTTY)
