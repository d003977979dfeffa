import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** @returns what `file` holds: how much, and its SHA-256 in hexadecimal */
export async function digestOf(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
