import { chmod, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Account, run } from './run.ts'

/** Where root puts what the server's user must reach when the project itself lies in a private folder such as /root. */
export const REACHABLE_ROOT = '/var/lib/jitasa'

/** Makes REACHABLE_ROOT such that everyone may pass through it, whatever the umask. */
export async function makeReachableRoot(): Promise<void> {
  await mkdir(REACHABLE_ROOT, { recursive: true })
  await chmod(REACHABLE_ROOT, 0o755)
}

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

const READ_AND_ENTER = 5
const ENTER = 1

/** Whether every folder on the way to `file` lets `account` through, and `file` grants it `need` (mode bits, 0–7). */
export async function canReach(file: string, account: Account, need = READ_AND_ENTER): Promise<boolean> {
  for (let at = path.resolve(file), bits = need; ; at = path.dirname(at), bits = ENTER) {
    const { uid, gid, mode } = await stat(at)
    const granted = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode
    if ((granted & bits) !== bits) return false
    if (at === path.dirname(at)) return true
  }
}
