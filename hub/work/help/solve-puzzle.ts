import { createHash } from 'node:crypto'
import { PUZZLE_PARTS, partTrier, writeSolution } from '../../contract/vocabulary/puzzle.ts'

/** By Node, as the hub judges it. */
export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** For tests. @returns what is sent with the request again */
export function solve({ challenge, bits }: { readonly challenge: string; readonly bits: number }): string {
  const counts = Array.from({ length: PUZZLE_PARTS }, (_, part) => {
    const isRight = partTrier(challenge, part, bits, sha256)
    let count = 0
    while (!isRight(count)) count++
    return count
  })
  return writeSolution({ challenge, counts })
}
