import { asciiDigits } from './text.ts'

const THAI_ID = /(?<!\d)\d(?:[\s-]?\d{4})(?:[\s-]?\d{5})(?:[\s-]?\d{2})[\s-]?\d(?!\d)/
const PHONE = /(?<!\d)(?:\+?66|0)[\s-]?\d{1,2}[\s-]?\d{3}[\s-]?\d{3,4}(?!\d)/

/** Whether a text holds a phone or a Thai ID number: what command writes is read on walls. Emergency numbers are shorter. */
export function holdsPersonalNumber(text: string): boolean {
  const digits = asciiDigits(text)
  return THAI_ID.test(digits) || PHONE.test(digits)
}
