import { stat } from 'node:fs/promises'
import path from 'node:path'
import { run } from './run.ts'

/** The system user a server runs as when this process is root's: PostgreSQL refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number }

/** Where root puts what the server's user must reach when the project itself lies in a private folder such as /root. */
export const REACHABLE_ROOT = '/var/lib/jitasa'

const USER = 'postgres'

async function lookUp(): Promise<Account> {
  const [uid, gid] = await Promise.all([run('id', ['-u', USER]), run('id', ['-g', USER])])
  return { uid: Number(uid), gid: Number(gid) }
}

/** @returns the user to run a server as, made when there is none; `undefined` when this process is not root's. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  try {
    return await lookUp()
  } catch {
    try {
      await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER])
      return await lookUp()
    } catch (cause) {
      throw new Error(
        `PostgreSQL does not run as root, and a system user "${USER}" could not be made for it. Make one (useradd --system ${USER}), start as an ordinary user, or set DATABASE_URL.`,
        { cause },
      )
    }
  }
}

/** Whether every folder on the way to `file` lets `account` through, and `file` itself lets it read and, if a folder, enter. */
export async function canReach(file: string, account: Account): Promise<boolean> {
  for (let at = path.resolve(file), need = 5; ; at = path.dirname(at), need = 1) {
    const { uid, gid, mode } = await stat(at)
    const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode
    if ((bits & need) !== need) return false
    if (at === path.dirname(at)) return true
  }
}
