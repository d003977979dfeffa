import { spawn } from 'node:child_process'

/** The URL without its password, which every user of the machine could read in the list of processes. */
function withoutPassword(url: string): { readonly url: string; readonly env: NodeJS.ProcessEnv } {
  const bare = new URL(url)
  const password = decodeURIComponent(bare.password)
  bare.password = ''
  return { url: bare.href, env: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) } }
}

/** @throws Error with what the program wrote to stderr, or that it is not installed */
async function runTool(tool: 'pg_dump' | 'pg_restore', url: string, args: readonly string[]): Promise<void> {
  const bare = withoutPassword(url)
  const child = spawn(tool, [`--dbname=${bare.url}`, ...args], { env: bare.env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const absent = `${tool} is not installed here: install the client programs of the server's version (postgresql-client).`
      reject(cause.code === 'ENOENT' ? new Error(absent, { cause }) : cause)
    })
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${tool} failed: ${said.trim()}`)
}

/** One database, consistent, while everybody goes on writing. Roles are the cluster's and not in it. */
export const dumpDatabase = (ownerUrl: string, file: string): Promise<void> =>
  runTool('pg_dump', ownerUrl, ['--format=custom', `--file=${file}`])

/** All of it or nothing. The roles that it names must be there. */
export const restoreDump = (ownerUrl: string, file: string): Promise<void> =>
  runTool('pg_restore', ownerUrl, ['--no-owner', '--single-transaction', file])
