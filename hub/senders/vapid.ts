import { createECDH, hkdfSync } from 'node:crypto'

/** RFC 8292: what a push service knows this hub by. Both base64url. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string }

/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const KEY_BYTES = 32
/** 16 more than a key: so that no key is likelier than another (FIPS 186-5, A.2.1). */
const SEED_BYTES = 48

/**
 * The hub's key pair, derived from its secret: nothing more to keep, and the same in every process. Whoever changes
 * AUTH_SECRET has every device switch push on anew.
 */
export function vapidKeys(secret: string): VapidKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'jitasa vapid 1', SEED_BYTES)).toString('hex')
  const number = (BigInt(`0x${seed}`) % (ORDER - 1n)) + 1n
  const key = Buffer.from(number.toString(16).padStart(KEY_BYTES * 2, '0'), 'hex')
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(key)
  return { publicKey: ecdh.getPublicKey('base64url'), privateKey: key.toString('base64url') }
}
