import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { catchSignals, untilAborted } from '../../db/interrupt.ts'
import { readConfig } from '../runtime/config.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const VITE_PORT = 5173

/**
 * `npm run dev`: the hub as `make run` starts it, started anew when a file of it changes, and Vite in front of it, which
 * changes a page while it is looked at. Ends with either of them.
 */
function child(name: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const started = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' })
  started.once('exit', (code) => process.stdout.write(`${name} has ended (${code ?? 'by a signal'})\n`))
  return started
}

async function end(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null || started.signalCode !== null) return
  const gone = once(started, 'exit')
  started.kill('SIGTERM')
  await gone
}

const signal = catchSignals()
const hub = `http://localhost:${readConfig(process.env).port}`
const watched = ['hub', 'db'].flatMap((folder) => ['--watch-path', folder])
const children = [
  child('the hub', ['--watch', '--watch-preserve-output', ...watched, 'hub/process/up.ts'], {}),
  child('Vite', ['node_modules/vite/bin/vite.js', 'dashboard', '--port', String(VITE_PORT)], { HUB: hub }),
]
process.stdout.write(`The dashboard, as it is edited: http://localhost:${VITE_PORT} (through ${hub})\n`)
await Promise.race([untilAborted(signal), ...children.map((started) => once(started, 'exit'))])
await Promise.all(children.map(end))
