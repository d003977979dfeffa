import { sha256 } from '@noble/hashes/sha2.js'
import type { Puzzle } from '../../../hub/contract/api/puzzle.ts'
import { PUZZLE_PARTS, partTrier, writeSolution } from '../../../hub/contract/vocabulary/puzzle.ts'
import { screenNow } from '../clock.ts'
import type { Solving } from './puzzle.ts'

/** After so long the page gets its turn: it scrolls, and the person may leave. */
const SLICE_MS = 20
/** Tries between two looks at the clock. */
const TRIES = 64

/** @returns `undefined` when it has taken longer than the puzzle holds. @throws the signal's reason */
export async function solvePuzzle(
  { challenge, bits, seconds }: Puzzle,
  { signal, onProgress }: Solving,
): Promise<string | undefined> {
  const until = screenNow() + seconds * 1000
  const counts: number[] = []
  let sliceEnds = 0
  while (counts.length < PUZZLE_PARTS) {
    const isRight = partTrier(challenge, counts.length, bits, sha256)
    let count = 0
    while (!isRight(count)) {
      count++
      if (count % TRIES !== 0 || screenNow() < sliceEnds) continue
      onProgress(doneOf(counts.length, count, bits))
      await turnOfPage()
      signal.throwIfAborted()
      if (screenNow() > until) return undefined
      sliceEnds = screenNow() + SLICE_MS
    }
    counts.push(count)
  }
  return writeSolution({ challenge, counts })
}

/** A part takes 2^bits tries on average, and never looks done before it is. */
function doneOf(parts: number, tries: number, bits: number): number {
  return (parts + 1 - Math.exp(-tries / 2 ** bits)) / PUZZLE_PARTS
}

/** Timers of a page that is not looked at, and of nested ones, wait; a message does not. */
function turnOfPage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
