import { createHash, randomBytes } from 'node:crypto'
import { RECOVERY_CODES } from '../../../contract/vocabulary/factors.ts'

/** Crockford's: nothing in it is taken for something else. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const GROUPS = 7
const GROUP_LETTERS = 4

/** `xxxx-xxxx-xxxx-xxxx-xxxx-xxxx-xxxx`: 140 random bits. Those that were made before, of 125, are good until they are used. */
function newCode(): string {
  const letters = [...randomBytes(GROUPS * GROUP_LETTERS)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return letters.match(new RegExp(`.{${GROUP_LETTERS}}`, 'g'))!.join('-')
}

export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode)

/** As the database keeps it, however it is typed. With 125 random bits and more a plain hash cannot be tried through (ASVS 6.5.2). */
export function hashRecoveryCode(account: string, typed: string): Buffer {
  const code = typed
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, '')
    .replaceAll(/[il]/g, '1')
    .replaceAll('o', '0')
  return createHash('sha256').update(`${account}\0${code}`).digest()
}
