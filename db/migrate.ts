import { randomBytes } from 'node:crypto'
import { Migrator } from 'kysely/migration'
import { createClient } from './client.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { prepareAlone } from './prepare.ts'
import { assertRestoredWhole, hasNote, makeRoles, notePolicies } from './restored.ts'
import { ROLES, type Role, rolePassword, scramVerifier, setRolePassword } from './roles.ts'

const SALT_BYTES = 16

/** A hub that runs meanwhile takes a new snapshot whenever the publication is written, and this writes it as it is. */
const NEW_SNAPSHOTS = `alter publication jitasa set (publish = 'insert, update, delete, truncate')`

async function runMigrations(ownerUrl: string, migrations: typeof MIGRATIONS): Promise<string[]> {
  const db = createClient(ownerUrl, { connectionsMax: 2, applicationName: 'jitasa migrate' })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
    const { error, results = [] } = await migrator.migrateToLatest()
    if (error !== undefined) {
      const failed = results.find((result) => result.status === 'Error')
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`Migration ${failed?.migrationName ?? ''} failed, nothing was changed: ${reason}`, {
        cause: error,
      })
    }
    return results.map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

/**
 * Brings the database up to date and gives the roles their derived passwords.
 * @param roles those whose password to set; a role that logs in by a URL of its own is left as it is.
 * @returns the names of the migrations that ran.
 * @throws Error that names the migration that failed; all of them are then rolled back.
 */
export async function migrate(
  ownerUrl: string,
  roles: readonly Role[] = ROLES,
  migrations: typeof MIGRATIONS = MIGRATIONS,
): Promise<string[]> {
  return prepareAlone(ownerUrl, async (owner) => {
    await makeRoles(owner)
    // Before: a migration may end policies that it found.
    if (await hasNote(owner)) await assertRestoredWhole(owner)
    const names = await runMigrations(ownerUrl, migrations)
    if (names.length > 0) {
      await owner.query(NEW_SNAPSHOTS)
      await notePolicies(owner)
    }
    await assertRestoredWhole(owner)
    const password = decodeURIComponent(new URL(ownerUrl).password)
    if (password !== '') {
      for (const role of roles) {
        await setRolePassword(owner, role, scramVerifier(rolePassword(password, role), randomBytes(SALT_BYTES)))
      }
    }
    return names
  })
}

/** @returns the names of the migrations that the database still lacks. */
export async function pendingMigrations(ownerUrl: string): Promise<string[]> {
  const db = createClient(ownerUrl, { connectionsMax: 1, applicationName: 'jitasa migrate' })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
    return (await migrator.getMigrations()).filter((known) => known.executedAt === undefined).map((known) => known.name)
  } finally {
    await db.destroy()
  }
}
