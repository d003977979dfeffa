/** SHA-256 of some bytes: of Node in the hub, of a library in pages, which have no WebCrypto on plain http. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** A puzzle is so many small ones: that takes everybody about as long, where one large one is a lottery. */
export const PUZZLE_PARTS = 8

const CHALLENGE = /^[\w.-]{1,100}$/
const COUNTS = new RegExp(`^\\d{1,10}(?:\\.\\d{1,10}){${PUZZLE_PARTS - 1}}$`)
const COUNT_MAX = 0xffff_ffff

export type Solution = { readonly challenge: string; readonly counts: readonly number[] }

export const writeSolution = ({ challenge, counts }: Solution): string => `${challenge}:${counts.join('.')}`

/** @returns `undefined` for what is no solution of anything */
export function readSolution(text: string): Solution | undefined {
  const [challenge = '', written = '', ...more] = text.split(':')
  if (more.length > 0 || !CHALLENGE.test(challenge) || !COUNTS.test(written)) return undefined
  const counts = written.split('.').map(Number)
  return counts.every((count) => count <= COUNT_MAX) ? { challenge, counts } : undefined
}

/** Whether a count solves a part of a challenge. One block of SHA-256 a try. */
export function partTrier(challenge: string, part: number, bits: number, hash: Hash): (count: number) => boolean {
  const bytes = new Uint8Array(37)
  bytes.set(hash(new TextEncoder().encode(challenge)))
  bytes[32] = part
  const view = new DataView(bytes.buffer)
  return (count) => {
    view.setUint32(33, count)
    const digest = hash(bytes)
    const head = new DataView(digest.buffer, digest.byteOffset, 4).getUint32(0)
    return Math.clz32(head) >= bits
  }
}

export function isSolved({ challenge, counts }: Solution, bits: number, hash: Hash): boolean {
  return counts.every((count, part) => partTrier(challenge, part, bits, hash)(count))
}
