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

/** Longer codes are rare, and a table for all of them takes k6's interpreter ten milliseconds to fill, for each frame. */
const TABLE_BITS = 9

/**
 * `table`: by the next `bits` bits, as they lie in the stream, `symbol << 4 | length of its code`; 0 for codes that are
 * longer, which are found by walking: `counts` of codes by length, and `symbols` in the order of their codes.
 */
type Codes = {
  readonly bits: number
  readonly table: Uint16Array
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Uint16Array(CODE_BITS_MAX + 1)
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]! += 1
  counts[0] = 0
  const next = new Uint16Array(CODE_BITS_MAX + 2)
  const place = new Uint16Array(CODE_BITS_MAX + 2)
  let bits = 1
  for (let length = 1; length <= CODE_BITS_MAX; length++) {
    if (length <= TABLE_BITS && counts[length]! > 0) bits = length
    next[length + 1] = (next[length]! + counts[length]!) << 1
    place[length + 1] = place[length]! + counts[length]!
  }
  const table = new Uint16Array(1 << bits)
  const symbols = new Uint16Array(lengths.length)
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!
    if (length === 0) continue
    symbols[place[length]!++] = symbol
    let reversed = 0
    for (let code = next[length]!++, i = 0; i < length; i++, code >>= 1) reversed = (reversed << 1) | (code & 1)
    if (length > bits) continue
    for (let at = reversed; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length
  }
  return { bits, table, counts, symbols }
}

const FIXED = {
  literals: codesOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codesOf(new Array<number>(30).fill(5)),
}

/** Plain fields: k6 turns private ones into look-ups in a WeakMap. */
type Bits = { readonly bytes: Uint8Array; at: number; held: number; count: number }

function more(bits: Bits): void {
  if (bits.at >= bits.bytes.length) throw new RangeError('a packed frame ends too early')
  bits.held |= bits.bytes[bits.at++]! << bits.count
  bits.count += 8
}

function take(bits: Bits, count: number): number {
  if (count === 0) return 0
  while (bits.count < count) more(bits)
  const value = bits.held & ((1 << count) - 1)
  bits.held >>>= count
  bits.count -= count
  return value
}

function symbolOf(bits: Bits, codes: Codes): number {
  // The last code of a stream may be shorter than the table's index: what lies behind the end reads as zeros.
  while (bits.count < codes.bits && bits.at < bits.bytes.length) more(bits)
  const entry = codes.table[bits.held & (codes.table.length - 1)]!
  const length = entry & 15
  if (length === 0) return walked(bits, codes)
  if (length > bits.count) throw new RangeError('a packed frame is cut')
  bits.held >>>= length
  bits.count -= length
  return entry >> 4
}

function walked(bits: Bits, { counts, symbols }: Codes): number {
  let code = 0
  let first = 0
  let before = 0
  for (let length = 1; length <= CODE_BITS_MAX; length++) {
    code |= take(bits, 1)
    const count = counts[length]!
    if (code - first < count) return symbols[before + code - first]!
    before += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new RangeError('a packed frame has a code that is none')
}

/** The rest of a byte is skipped; whole bytes that are held already are given back. */
function stored(bits: Bits): Uint8Array {
  bits.at -= bits.count >> 3
  bits.held = bits.count = 0
  const length = bits.bytes[bits.at]! | (bits.bytes[bits.at + 1]! << 8)
  const from = bits.at + 4
  bits.at = from + length
  return bits.bytes.subarray(from, bits.at)
}

function dynamicCodes(bits: Bits): typeof FIXED {
  const literals = take(bits, 5) + 257
  const distances = take(bits, 5) + 1
  const orders = take(bits, 4) + 4
  const codeLengths = new Array<number>(CODE_LENGTH_ORDER.length).fill(0)
  for (let i = 0; i < orders; i++) codeLengths[CODE_LENGTH_ORDER[i]!] = take(bits, 3)
  const codes = codesOf(codeLengths)
  const lengths: number[] = []
  const repeat = (value: number, times: number): void => {
    for (let i = 0; i < times; i++) lengths.push(value)
  }
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(bits, codes)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16) repeat(lengths.at(-1)!, 3 + take(bits, 2))
    else repeat(0, symbol === 17 ? 3 + take(bits, 3) : 11 + take(bits, 7))
  }
  return { literals: codesOf(lengths.slice(0, literals)), distances: codesOf(lengths.slice(literals)) }
}

/**
 * @param bytesMax stops once so many bytes are there
 * @returns the bytes, at least `bytesMax` of them where there are as many
 * @throws RangeError when it is no raw deflate
 */
export function inflate(packed: Uint8Array, bytesMax = Number.POSITIVE_INFINITY): number[] {
  const bits: Bits = { bytes: packed, at: 0, held: 0, count: 0 }
  const out: number[] = []
  for (let last = 0; last === 0 && out.length < bytesMax; ) {
    last = take(bits, 1)
    const kind = take(bits, 2)
    if (kind === 3) throw new RangeError('a packed frame has a block of no kind')
    if (kind === 0) {
      for (const byte of stored(bits)) out.push(byte)
      continue
    }
    const { literals, distances } = kind === 1 ? FIXED : dynamicCodes(bits)
    for (let symbol = symbolOf(bits, literals); symbol !== BLOCK_END; symbol = symbolOf(bits, literals)) {
      if (symbol < BLOCK_END) {
        out.push(symbol)
      } else {
        const length = LENGTH_BASE[symbol - 257]! + take(bits, LENGTH_BITS[symbol - 257]!)
        const far = symbolOf(bits, distances)
        const from = out.length - DISTANCE_BASE[far]! - take(bits, DISTANCE_BITS[far]!)
        for (let i = 0; i < length; i++) out.push(out[from + i]!)
      }
      if (out.length >= bytesMax) return out
    }
  }
  return out
}

/** So many arguments a call takes in every engine. */
const AT_ONCE = 4096

/** UTF-8; an incomplete character at the end is left out. */
export function textOf(bytes: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; ) {
    let plain = i
    while (plain < bytes.length && plain - i < AT_ONCE && bytes[plain]! < 0x80) plain++
    if (plain > i) {
      parts.push(String.fromCharCode(...bytes.slice(i, plain)))
      i = plain
      continue
    }
    const first = bytes[i]!
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
    if (i + more >= bytes.length) break
    let code = first & (0x3f >> more)
    for (let k = 1; k <= more; k++) code = (code << 6) | (bytes[i + k]! & 0x3f)
    parts.push(String.fromCodePoint(code))
    i += 1 + more
  }
  return parts.join('')
}
