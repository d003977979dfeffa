import type { Puzzle } from '../../../hub/contract/api/puzzle.ts'
import { ApiError } from './http.ts'

/** Of one request: the first is asked for, a second when it was solved too late. */
const PUZZLES_MAX = 3

export type Solving = {
  readonly signal: AbortSignal
  /** 0 to 1, while it is computed; `undefined` when that is over */
  onProgress(done: number | undefined): void
}

/** The puzzle that a refusal asks for: many people are asking at this moment. */
export function puzzleOf(error: unknown): Puzzle | undefined {
  const details = error instanceof ApiError ? error.details : undefined
  return typeof details === 'object' && details !== null && 'puzzle' in details ? (details.puzzle as Puzzle) : undefined
}

/**
 * Sends; where the hub wants a puzzle solved first, computes and sends again. @throws what `send` throws, the hub's refusal too when
 * this device could not solve it in time
 */
export async function withPuzzle<T>(send: (solution?: string) => Promise<T>, solving: Solving): Promise<T> {
  let solution: string | undefined
  for (let solved = 0; ; solved++) {
    try {
      return await send(solution)
    } catch (error) {
      const puzzle = puzzleOf(error)
      if (puzzle === undefined || solved === PUZZLES_MAX) throw error
      try {
        const { solvePuzzle } = await import('./solvePuzzle.ts')
        solution = await solvePuzzle(puzzle, solving)
      } finally {
        solving.onProgress(undefined)
      }
      if (solution === undefined) throw error
    }
  }
}
