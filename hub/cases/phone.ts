import { asciiDigits } from '../wire/digits.ts'

/**
 * A phone number as E.164 (`+66812345678`). Thai numbers are typed with a leading 0 (9 or 10 digits), others with
 * their `+` or `00`; spaces, dashes, dots, brackets and Thai digits are fine.
 * @returns `undefined` when it cannot be a phone number.
 */
export function normalizePhone(typed: string): string | undefined {
  const compact = asciiDigits(typed).replace(/[\s().\-–]/g, '')
  if (/^\+66[1-9]\d{7,8}$/.test(compact)) return compact
  if (/^\+660[1-9]\d{7,8}$/.test(compact)) return `+66${compact.slice(4)}`
  if (/^0[1-9]\d{7,8}$/.test(compact)) return `+66${compact.slice(1)}`
  const international = compact.startsWith('00') ? `+${compact.slice(2)}` : compact
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : undefined
}

/** For logs and for "we sent a code to …": the country code and the last two digits. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}…${phone.slice(-2)}`
}
