import { spawn } from 'node:child_process'
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** What data keys are wrapped with: a secret of this machine's, or a program that asks a key store. */
export type Wrapper = {
  /** names it, and tells nothing of it; stands beside each data key and in a backup */
  readonly id: string
  wrap(secret: Buffer): Promise<Buffer>
  /** @throws Error when it was wrapped otherwise */
  unwrap(wrapped: Buffer): Promise<Buffer>
}

const ID_CHARACTERS = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const COMMAND_MS_MAX = 30_000
const WRAPPED_BYTES_MAX = 8192

/** @param given DATA_KEY, at least 32 characters */
export function secretWrapper(given: string): Wrapper {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', given, '', `jitasa ${use}`, 32))
  const key = derive('wrap')
  return {
    id: derive('name').toString('hex').slice(0, ID_CHARACTERS),
    async wrap(secret) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    },
    async unwrap(wrapped) {
      const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAuthTag(wrapped.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    },
  }
}

/**
 * A program of the operator's, called as `PROGRAM wrap` and `PROGRAM unwrap`: bytes in on stdin, bytes out on stdout.
 * @param program without arguments: a script holds them
 */
export function commandWrapper(program: string): Wrapper {
  return {
    id: `command-${createHash('sha256').update(program).digest('hex').slice(0, ID_CHARACTERS)}`,
    wrap: (secret) => ask(program, 'wrap', secret),
    unwrap: (wrapped) => ask(program, 'unwrap', wrapped),
  }
}

async function ask(program: string, what: 'wrap' | 'unwrap', bytes: Buffer): Promise<Buffer> {
  const child = spawn(program, [what], { stdio: ['pipe', 'pipe', 'pipe'], timeout: COMMAND_MS_MAX })
  const out: Buffer[] = []
  let length = 0
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= WRAPPED_BYTES_MAX) out.push(chunk)
  })
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-1000)
  })
  // A program that does not read its input says by its end what is wrong.
  child.stdin.on('error', () => undefined)
  child.stdin.end(bytes)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`DATA_KEY=command: ${cause.message}`, { cause })))
    child.once('close', resolve)
  })
  if (code === 0 && length > 0 && length <= WRAPPED_BYTES_MAX) return Buffer.concat(out)
  const why = code === 0 ? `wrote ${length} bytes, of 1 to ${WRAPPED_BYTES_MAX}` : `ended with ${code}`
  throw new Error(`DATA_KEY=command: "${program} ${what}" ${why}${said.trim() && `: ${said.trim()}`}`)
}
