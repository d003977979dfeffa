const LENGTH = 13
const OTHER_DIGITS = [0x0e50, 0x1040, 0x0ed0, 0x17e0]

/** A typed code as it stands in addresses, or `undefined` when it cannot be one; the hub reads O as 0, I and L as 1. */
export function readTrackingCode(typed: string): string | undefined {
  const compact = [...typed.toUpperCase()].map(asciiDigit).join('').replace(/[\s-]/g, '')
  if (compact.length !== LENGTH || !/^[0-9A-Z]+$/.test(compact)) return undefined
  return `${compact.slice(0, 4)}-${compact.slice(4, 8)}-${compact.slice(8)}`
}

export function asciiDigit(letter: string): string {
  const code = letter.charCodeAt(0)
  const zero = OTHER_DIGITS.find((start) => code >= start && code < start + 10)
  return zero === undefined ? letter : String(code - zero)
}
