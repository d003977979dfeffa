import { randomBytes } from 'node:crypto'
import { link, unlink, writeFile } from 'node:fs/promises'

/**
 * Writes a file unless it is there. Linked into place whole: of two processes that start at once, the second finds it,
 * and never half of it.
 * @returns whether it was this call that made it
 */
export async function writeOnce(file: string, text: string, mode: number): Promise<boolean> {
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(fresh, text, { mode, flag: 'wx' })
  try {
    await link(fresh, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await unlink(fresh)
  }
}
