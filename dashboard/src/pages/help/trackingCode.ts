import { asciiDigits } from '../../../../hub/contract/vocabulary/text.ts'

const LENGTH = 13

/** A typed code as it stands in addresses, or `undefined` when it cannot be one; the hub reads O as 0, I and L as 1. */
export function readTrackingCode(typed: string): string | undefined {
  const compact = asciiDigits(typed).toUpperCase().replace(/[\s-]/g, '')
  if (compact.length !== LENGTH || !/^[0-9A-Z]+$/.test(compact)) return undefined
  return `${compact.slice(0, 4)}-${compact.slice(4, 8)}-${compact.slice(8)}`
}
