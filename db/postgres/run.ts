import { execFile } from 'node:child_process'

/** Runs a program to its end. @throws Error with what it wrote to stderr when it fails. */
export function run(program: string, args: readonly string[], account?: Account): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...account, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} failed: ${stderr.trim() || error.message}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

/** The system user a server runs as when this process is root's: PostgreSQL refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number }
