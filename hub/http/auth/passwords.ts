import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { verifyPassword as verifyOld } from 'better-auth/crypto'

/** scrypt of OWASP ASVS 5, appendix C: 128 MB and some 0.4 s of a core a check (0.39 s measured). `costLog2`: of N. */
const COST = { costLog2: 17, r: 8, p: 1 } as const
const KEY_BYTES = 64
const SALT_BYTES = 16
/** `scrypt:17:8:1:salt:key`, hex. What better-auth's own hash has written has two parts. */
const FORM = /^scrypt:(\d{2}):(\d{1,2}):(\d{1,2}):([\da-f]{32}):([\da-f]{128})$/

type Cost = { readonly costLog2: number; readonly r: number; readonly p: number }

function keyOf(password: string, salt: Buffer, { costLog2, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** costLog2
  return new Promise((resolve, reject) => {
    // NIST SP 800-63B: the same letters are the same password, whatever keyboard composed them.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await keyOf(password, salt, COST)
  return `scrypt:${COST.costLog2}:${COST.r}:${COST.p}:${salt.toString('hex')}:${key.toString('hex')}`
}

/** Also of hashes that were made before. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, costLog2, r, p, salt = '', key = ''] = FORM.exec(hash) ?? []
  if (key === '') {
    const right = await verifyOld({ hash, password })
    // A wrong one takes as long as for a login that nobody has: which accounts have not come since is told to nobody.
    if (!right) await keyOf(password, randomBytes(SALT_BYTES), COST)
    return right
  }
  const cost = { costLog2: Number(costLog2), r: Number(r), p: Number(p) }
  return timingSafeEqual(await keyOf(password, Buffer.from(salt, 'hex'), cost), Buffer.from(key, 'hex'))
}

/** Whether a hash costs less to try than it would today: it is renewed when its owner next comes in. */
export function isWeakHash(hash: string): boolean {
  const [, costLog2, r, p] = FORM.exec(hash) ?? []
  return Number(costLog2 ?? 0) < COST.costLog2 || Number(r) < COST.r || Number(p) < COST.p
}

/** No 0, 1, i, l, o: it is read out over the telephone. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

function letters(bytes: Buffer, groups: number): string {
  const text = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return Array.from({ length: groups }, (_, i) => text.slice(i * 4, i * 4 + 4)).join('-')
}

/** Four groups of four: some 79 bits. */
export function generatePassword(): string {
  return letters(randomBytes(16), 4)
}

/** A link's single-use key, for an URL. */
export function generateToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The one password of an installation's drill accounts: derived, so it need not be kept and stays the same. */
export function drillPassword(secret: string): string {
  return letters(createHmac('sha256', secret).update('jitasa drill accounts').digest(), 3)
}
