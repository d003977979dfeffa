/**
 * Raw deflate (RFC 1951) for k6, which has neither DecompressionStream nor zlib. Pure, and imported by k6 scripts:
 * nothing of Node here. A reader that only follows positions stops after the head of the text.
 */

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const CODE_BITS_MAX = 15
const BLOCK_END = 256

/** Canonical Huffman codes: how many of each length, and the symbols in the order of their codes. */
type Codes = { readonly counts: readonly number[]; readonly symbols: readonly number[] }

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Array<number>(CODE_BITS_MAX + 1).fill(0)
  for (const length of lengths) counts[length]! += 1
  counts[0] = 0
  const next = new Array<number>(CODE_BITS_MAX + 2).fill(0)
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) next[bits + 1] = next[bits]! + counts[bits]!
  const symbols: number[] = []
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[next[length]!++] = symbol
  return { counts, symbols }
}

const FIXED = {
  literals: codesOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codesOf(new Array<number>(30).fill(5)),
}

class Bits {
  readonly #bytes: Uint8Array
  #at = 0
  #held = 0
  #count = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw new RangeError('a packed frame ends too early')
      this.#held |= this.#bytes[this.#at++]! << this.#count
      this.#count += 8
    }
    const value = this.#held & ((1 << count) - 1)
    this.#held >>>= count
    this.#count -= count
    return value
  }

  symbol({ counts, symbols }: Codes): number {
    let code = 0
    let first = 0
    let index = 0
    for (let bits = 1; bits <= CODE_BITS_MAX; bits++) {
      code |= this.take(1)
      const count = counts[bits]!
      if (code - first < count) return symbols[index + code - first]!
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new RangeError('a packed frame has a code that is none')
  }

  /** The rest of a byte is skipped. */
  stored(): Uint8Array {
    this.#held = this.#count = 0
    const length = this.#bytes[this.#at]! | (this.#bytes[this.#at + 1]! << 8)
    const from = this.#at + 4
    this.#at = from + length
    return this.#bytes.subarray(from, this.#at)
  }
}

function dynamicCodes(bits: Bits): typeof FIXED {
  const literals = bits.take(5) + 257
  const distances = bits.take(5) + 1
  const orders = bits.take(4) + 4
  const codeLengths = new Array<number>(CODE_LENGTH_ORDER.length).fill(0)
  for (let i = 0; i < orders; i++) codeLengths[CODE_LENGTH_ORDER[i]!] = bits.take(3)
  const codes = codesOf(codeLengths)
  const lengths: number[] = []
  const repeat = (value: number, times: number): void => {
    for (let i = 0; i < times; i++) lengths.push(value)
  }
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(codes)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16) repeat(lengths.at(-1)!, 3 + bits.take(2))
    else repeat(0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7))
  }
  return { literals: codesOf(lengths.slice(0, literals)), distances: codesOf(lengths.slice(literals)) }
}

/**
 * @param bytesMax stops once so many bytes are there
 * @returns the bytes, at least `bytesMax` of them where there are as many
 * @throws RangeError when it is no raw deflate
 */
export function inflate(packed: Uint8Array, bytesMax = Number.POSITIVE_INFINITY): number[] {
  const bits = new Bits(packed)
  const out: number[] = []
  for (let last = 0; last === 0 && out.length < bytesMax; ) {
    last = bits.take(1)
    const kind = bits.take(2)
    if (kind === 3) throw new RangeError('a packed frame has a block of no kind')
    if (kind === 0) {
      for (const byte of bits.stored()) out.push(byte)
      continue
    }
    const { literals, distances } = kind === 1 ? FIXED : dynamicCodes(bits)
    for (let symbol = bits.symbol(literals); symbol !== BLOCK_END; symbol = bits.symbol(literals)) {
      if (symbol < BLOCK_END) {
        out.push(symbol)
      } else {
        const length = LENGTH_BASE[symbol - 257]! + bits.take(LENGTH_BITS[symbol - 257]!)
        const far = bits.symbol(distances)
        const from = out.length - DISTANCE_BASE[far]! - bits.take(DISTANCE_BITS[far]!)
        for (let i = 0; i < length; i++) out.push(out[from + i]!)
      }
      if (out.length >= bytesMax) return out
    }
  }
  return out
}

/** UTF-8; an incomplete character at the end is left out. */
export function textOf(bytes: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
    if (i + more >= bytes.length) break
    let code = more === 0 ? first : first & (0x3f >> more)
    for (let k = 1; k <= more; k++) code = (code << 6) | (bytes[i + k]! & 0x3f)
    parts.push(String.fromCodePoint(code))
    i += 1 + more
  }
  return parts.join('')
}
