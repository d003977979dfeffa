import { createHmac, randomBytes } from 'node:crypto'

export { hashPassword } from 'better-auth/crypto'

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
