import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** A sealed value: version (1 byte) · number of its data key (2) · nonce (12) · ciphertext · tag (16). */
const VERSION = 1
const NONCE_AT = 3
const NONCE_BYTES = 12
const TAG_BYTES = 16
const TEXT_AT = NONCE_AT + NONCE_BYTES
export const DATA_KEY_BYTES = 32
/** 2 bytes in a sealed value. */
export const KEY_NUMBER_MAX = 65_535

/** What one data key is for, derived from its secret: to seal, and to find by. */
export type DataKey = { readonly id: number; readonly seal: Buffer; readonly find: Buffer }

const derived = (secret: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `jitasa ${use}`, DATA_KEY_BYTES))

/** @param secret DATA_KEY_BYTES of chance */
export const dataKeyOf = (id: number, secret: Buffer): DataKey => ({
  id,
  seal: derived(secret, 'seal'),
  find: derived(secret, 'find'),
})

/** A value that was moved to another column, row or key does not open there. */
const boundTo = (head: Buffer, place: string): Buffer => Buffer.concat([head.subarray(0, NONCE_AT), Buffer.from(place)])

/**
 * AES-256-GCM under a nonce of chance: one key may seal 2^32 values (NIST SP 800-38D, 8.3), after which it is rotated.
 * @param place where the value stands: `table.column row`
 */
export function seal(key: DataKey, text: string, place: string): Buffer {
  const head = Buffer.alloc(TEXT_AT)
  head.writeUInt8(VERSION, 0)
  head.writeUInt16BE(key.id, 1)
  randomBytes(NONCE_BYTES).copy(head, NONCE_AT)
  const cipher = createCipheriv('aes-256-gcm', key.seal, head.subarray(NONCE_AT), { authTagLength: TAG_BYTES })
  cipher.setAAD(boundTo(head, place))
  return Buffer.concat([head, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** The number of the data key that a value was sealed with. @throws Error of what was never sealed */
export function keyNumberOf(value: Buffer, place: string): number {
  if (value.length < TEXT_AT + TAG_BYTES || value[0] !== VERSION) {
    throw new Error(`${place} holds no sealed value of this version of Jitasa.`)
  }
  return value.readUInt16BE(1)
}

/** @throws Error when it was sealed with another key, for another place, or changed since */
export function open(key: DataKey, value: Buffer, place: string): string {
  if (keyNumberOf(value, place) !== key.id) throw new Error(`${place} was not sealed with data key ${key.id}.`)
  const decipher = createDecipheriv('aes-256-gcm', key.seal, value.subarray(NONCE_AT, TEXT_AT), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(boundTo(value, place))
  decipher.setAuthTag(value.subarray(-TAG_BYTES))
  try {
    return decipher.update(value.subarray(TEXT_AT, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new Error(`${place} does not open: it was changed, moved, or sealed with another key.`, { cause })
  }
}

/** What is found by its exact value, as both sides of a search write it. */
export type Findable = 'phone' | 'id'
const PLAIN: Readonly<Record<Findable, (text: string) => string>> = {
  phone: (e164) => e164,
  id: (number) => number.normalize('NFKC').toUpperCase(),
}

/** Equal for equal numbers, and of no use to anybody without the key: numbers are few enough to try them all. */
export const findHash = (key: DataKey, of: Findable, text: string): Buffer =>
  createHmac('sha256', key.find)
    .update(`${of} ${PLAIN[of](text)}`)
    .digest()
