/**
 * The order-independent checksum of a scope: the sum modulo 2^32 of one 32-bit hash per cell and row. A change costs
 * one subtraction and one addition; two states are compared by one number. It finds errors, not attackers.
 */

/** FNV-1a over UTF-16 code units. */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  return h >>> 0
}

/** MurmurHash3's finaliser: without it, sums of FNV hashes of near keys cancel out. */
function mix(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** @param keyHash `hashText('<column>|<area>')`; @param value a safe integer. A zero cell is an absent cell: 0. */
export function cellHash(keyHash: number, value: number): number {
  if (value === 0) return 0
  const high = Math.floor(value / 0x1_0000_0000)
  return mix(keyHash ^ mix((value | 0) ^ Math.imul(high, 0x9e3779b1)))
}

export function rowHash(row: readonly unknown[]): number {
  return mix(hashText(JSON.stringify(row)))
}

/** `sum - before + after` modulo 2^32, as an unsigned integer. */
export function checksumMove(sum: number, before: number, after: number): number {
  return (sum - before + after) >>> 0
}
