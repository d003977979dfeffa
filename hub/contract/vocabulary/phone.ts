import { asciiDigits, withoutInvisible } from './text.ts'

export type PhoneFault = 'phone_two' | 'phone_extension' | 'phone_invalid'
export type PhoneRead = { readonly number: string } | { readonly fault: PhoneFault }

const EXTENSION = /\d\s*(?:ต่อ|ext\.?|extension|x|#)\s*\.?\s*\d{1,6}$/i
/** Between two numbers: what people write there, or a space before the next 0 or +. */
const BETWEEN = /[,;/|\n]|\s+(?:or|and|หรือ|และ|กับ)\s+|\s+(?=[0+])/i

/**
 * A phone number as E.164 (`+66812345678`), by the one rule of forms and hub. Thai numbers are typed with a leading 0
 * (9 or 10 digits) or as 66…, others with their `+` or `00`; spaces, dashes, dots, brackets and digits of our scripts
 * are fine, and what nobody sees does not count.
 */
export function readPhone(typed: string): PhoneRead {
  const text = asciiDigits(withoutInvisible(typed).normalize('NFKC'))
  const number = e164(text)
  if (number !== undefined) return { number }
  if (EXTENSION.test(text)) return { fault: 'phone_extension' }
  const numbers = text.split(BETWEEN).filter((part) => e164(part) !== undefined)
  return { fault: numbers.length > 1 ? 'phone_two' : 'phone_invalid' }
}

/** @returns `undefined` when it cannot be a phone number. */
export function normalizePhone(typed: string): string | undefined {
  const read = readPhone(typed)
  return 'number' in read ? read.number : undefined
}

function e164(text: string): string | undefined {
  const compact = text.replace(/[\s().\-\u2010-\u2015]/g, '')
  if (/^(?:\+|00)?660[1-9]\d{7,8}$/.test(compact)) return `+66${compact.slice(compact.indexOf('660') + 3)}`
  if (/^66[1-9]\d{7,8}$/.test(compact)) return `+${compact}`
  if (/^0[1-9]\d{7,8}$/.test(compact)) return `+66${compact.slice(1)}`
  const international = compact.startsWith('00') ? `+${compact.slice(2)}` : compact
  const right = international.startsWith('+66') ? /^\+66[1-9]\d{7,8}$/ : /^\+[1-9]\d{7,14}$/
  return right.test(international) ? international : undefined
}
