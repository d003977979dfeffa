import { asciiDigits } from './text.ts'

/** Crockford's base 32: no I, L, O, U, so that a code can be read out over a bad line. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const TRACKING_LENGTH = 13
/** 13 letters of 5 bits. Guessing one of a million live codes at 10,000 tries a second takes about 60 years. */
export const TRACKING_BITS = TRACKING_LENGTH * 5

/** @param bytes at least 13 random bytes; five bits of each are used. @returns `XXXX-XXXX-XXXXX` */
export function trackingCode(bytes: Uint8Array): string {
  if (bytes.length < TRACKING_LENGTH) throw new RangeError(`a tracking code takes ${TRACKING_LENGTH} bytes`)
  let code = ''
  for (let i = 0; i < TRACKING_LENGTH; i++) code += ALPHABET.charAt((bytes[i] ?? 0) & 31)
  return groupTrackingCode(code)
}

function groupTrackingCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}

/**
 * A code as somebody typed it: any case, spaces or dashes, O for 0, I or L for 1, digits of their own script.
 * @returns the code as it was given out, or `undefined` when it is none.
 */
export function readTrackingCode(typed: string): string | undefined {
  if (typed.length > 60) return undefined
  const compact = asciiDigits(typed).toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (compact.length !== TRACKING_LENGTH) return undefined
  for (const letter of compact) if (!ALPHABET.includes(letter)) return undefined
  return groupTrackingCode(compact)
}
