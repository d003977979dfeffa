import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseAllowedCores } from './proc.ts'

/** Which core is whose. Where nothing can be pinned, no ratio is printed. */
export type Cores = { readonly server: number | undefined; readonly client: number | undefined; readonly why: string }

export function assignCores(): Cores {
  const allowed = parseAllowedCores(readFileSync('/proc/self/status', 'latin1'))
  const [server, client] = allowed
  if (server === undefined || client === undefined) {
    return { server: undefined, client: undefined, why: 'not pinned: this process may use one core only' }
  }
  try {
    // The bench itself sits with the client: the server has its core for itself.
    pin(process.pid, String(client))
    return { server, client, why: `server on core ${server}, client and bench on core ${client}` }
  } catch {
    return { server: undefined, client: undefined, why: 'not pinned: taskset (util-linux) does not work here' }
  }
}

/** All threads of a process that runs already. @throws Error without taskset */
export function pin(pid: number, cores: string): void {
  execFileSync('taskset', ['-a', '-c', '-p', cores, String(pid)], { stdio: 'ignore' })
}
