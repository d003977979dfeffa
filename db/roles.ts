import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type pg from 'pg'

/**
 * `jitasa_hub` streams and reads what is published; `jitasa_api` writes under row-level security; `jitasa_auth` alone
 * reads accounts, password hashes and sessions; `jitasa_jobs` does what is done once for all hubs. None owns a table.
 */
export const ROLES = ['jitasa_hub', 'jitasa_api', 'jitasa_auth', 'jitasa_jobs'] as const
export type Role = (typeof ROLES)[number]

const SCRAM_ITERATIONS = 4096
const ALTER_TRIES_MAX = 5

/** The role's password, derived from the owner's: nothing to keep, and the same in every process. */
export function rolePassword(ownerPassword: string, role: Role): string {
  return createHmac('sha256', ownerPassword).update(role).digest('hex')
}

/** @returns `ownerUrl` with the role's name and password; `undefined` when the owner's URL holds no password to derive it from. */
export function roleUrl(ownerUrl: string, role: Role): string | undefined {
  const url = new URL(ownerUrl)
  if (url.password === '') return undefined
  url.password = rolePassword(decodeURIComponent(url.password), role)
  url.username = role
  return url.href
}

/** RFC 5803, as PostgreSQL stores it: so the password itself is never in a statement, nor in a server's log. */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256')
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64')
  const serverKey = sign('Server Key').toString('base64')
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

/** Sets a role's password. Roles are the whole server's: a starter on another of its databases may be doing the same. */
export async function setRolePassword(owner: pg.Client, role: Role, verifier: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await owner.query(`alter role ${role} password '${verifier}'`)
      return
    } catch (error) {
      const concurrent = error instanceof Error && error.message.includes('tuple concurrently updated')
      if (!concurrent || tries === ALTER_TRIES_MAX) throw error
    }
  }
}
