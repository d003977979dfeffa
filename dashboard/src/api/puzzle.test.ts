import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isSolved, readSolution } from '../../../hub/contract/vocabulary/puzzle.ts'
import { ApiError } from './http.ts'
import { puzzleOf, withPuzzle } from './puzzle.ts'
import { solvePuzzle } from './solvePuzzle.ts'

const puzzle = { challenge: 'kvkg5r0g.8.myFeZmQuMaLofG5kLfti64', bits: 8, seconds: 300 }
/** By Node, as the hub judges it. */
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const refused = (details: unknown = { puzzle }) =>
  new ApiError(428, 'puzzle_needed', 'Many people are asking now.', details)

function solving() {
  const progress: (number | undefined)[] = []
  const gone = new AbortController()
  return { progress, gone, signal: gone.signal, onProgress: (done: number | undefined) => void progress.push(done) }
}

describe('a request that the hub wants a puzzle for', () => {
  it('goes again with what the hub takes for its solution', async () => {
    const sent: (string | undefined)[] = []
    const answer = await withPuzzle(async (solution) => {
      sent.push(solution)
      if (solution === undefined) throw refused()
      const read = readSolution(solution)
      return read?.challenge === puzzle.challenge && isSolved(read, puzzle.bits, sha256)
    }, solving())
    expect([answer, sent.length, sent[0]]).toEqual([true, 2, undefined])
  })

  it('tells how far it is, always further, and when it is over', async () => {
    const watched = solving()
    await withPuzzle(async (solution) => {
      if (solution === undefined) throw refused({ puzzle: { ...puzzle, bits: 12 } })
    }, watched)
    const done = watched.progress.slice(0, -1)
    expect(watched.progress.at(-1)).toBeUndefined()
    expect(done.length).toBeGreaterThan(0)
    expect(done).toEqual([...done].sort((a, b) => Number(a) - Number(b)))
    expect(done.every((part) => part! > 0 && part! < 1)).toBe(true)
  })

  it('is given up after three puzzles, with what the hub says', async () => {
    let sent = 0
    const refusal = refused()
    await expect(withPuzzle(() => Promise.reject(++sent && refusal), solving())).rejects.toBe(refusal)
    expect(sent).toBe(4)
  })

  it('ends with what the hub says on a phone that is too slow, so that the numbers to call stand there', async () => {
    const slow = refused({ puzzle: { ...puzzle, bits: 32, seconds: 0 } })
    await expect(withPuzzle(() => Promise.reject(slow), solving())).rejects.toBe(slow)
  })

  it('ends when the person leaves', async () => {
    const { gone, ...rest } = solving()
    const solved = solvePuzzle({ ...puzzle, bits: 32 }, rest)
    gone.abort()
    await expect(solved).rejects.toMatchObject({ name: 'AbortError' })
  })
})

it('every other refusal is thrown as it is, at once', async () => {
  for (const error of [
    new ApiError(428, 'puzzle_needed', 'no details'),
    refused(null),
    refused([]),
    new Error('x'),
    new ApiError(0, 'unreachable', ''),
  ]) {
    expect(puzzleOf(error)).toBeUndefined()
    let sent = 0
    await expect(withPuzzle(() => Promise.reject(++sent && error), solving())).rejects.toBe(error)
    expect(sent).toBe(1)
  }
})
