import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** What stands in `backup.json`, written last: a folder without it is no whole backup. */
export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** `cluster`: the files of the embedded server · `dump`: pg_dump of a PostgreSQL of the operator's own */
  kind: z.enum(['cluster', 'dump']),
  /** PostgreSQL's major version; files of one are read by the same alone */
  postgres: z.int(),
  /** when it was begun; every commit until then is in it */
  at: z.iso.datetime(),
  /** of `DATA_FILES[kind]` */
  bytes: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** names of the keys (DATA_KEY) that its personal data opens under; none in backups of before it was sealed */
  keys: z.array(z.string()).default([]),
})
export type Manifest = z.infer<typeof manifestSchema>

export const MANIFEST = 'backup.json'
export const DATA_FILES: Readonly<Record<Manifest['kind'], string>> = { cluster: 'base.tar.gz', dump: 'jitasa.dump' }

/** @throws Error with a sentence when `folder` holds no whole backup that this version can read */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, MANIFEST)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
    throw new Error(`${folder} holds no whole backup: ${MANIFEST} is not there.`)
  })
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause
    throw new Error(`${file} is damaged, or of another version of this program.`, { cause })
  }
}
