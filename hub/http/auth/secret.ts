import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeOnce } from '../../../db/write-once.ts'

const FILE = 'auth-secret'
const BYTES = 32

export type SecretOptions = {
  /** AUTH_SECRET */
  readonly given: string | undefined
  readonly dataDir: string
  readonly embedded: boolean
}

/**
 * What sessions and passes are signed with. With the embedded database it is made once and kept beside it, readable
 * by the hub's user alone; with a database of the operator's own it must be given, for every process needs the same.
 */
export async function authSecret({ given, dataDir, embedded }: SecretOptions): Promise<string> {
  if (given !== undefined) return given
  if (!embedded) {
    throw new Error(
      'AUTH_SECRET is not set: sessions cannot be signed. Set it to at least 32 random characters (openssl rand -hex 32), the same for every hub of this database.',
    )
  }
  const file = path.join(dataDir, FILE)
  await mkdir(dataDir, { recursive: true })
  await writeOnce(file, randomBytes(BYTES).toString('hex'), 0o600)
  const kept = (await readFile(file, 'utf8')).trim()
  if (kept.length < BYTES) throw new Error(`${file} is damaged: delete it, and everybody signs in again.`)
  return kept
}
