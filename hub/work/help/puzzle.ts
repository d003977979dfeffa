import { createHash, timingSafeEqual } from 'node:crypto'
import type { Puzzle } from '../../contract/api/puzzle.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { type Hash, isSolved, readSolution } from '../../contract/vocabulary/puzzle.ts'
import { createFlow } from '../../runtime/flow.ts'
import { keptAddress } from '../../runtime/limits.ts'
import type { Metrics } from '../../runtime/metrics.ts'

const SPAN_MS = 60_000
/** For a phone that computes for a minute, and sends over a bad line. */
export const PUZZLE_MS = 5 * 60_000
/** Clocks of the hubs of a fleet. */
const AHEAD_MS = 60_000
/** Eight parts of 2^12 tries: 33,000 hashes, under two seconds of a cheap phone. */
export const BITS = 12
/** One bit more each time that twice as many come, up to here: sixteen times the work. */
export const BITS_MAX = 16
/** 132 bits of the signature. */
const SIGNATURE_LENGTH = 22
const CHALLENGE = /^([0-9a-z]{1,11})\.(\d{1,2})\.([\w-]{22})$/

/** Requests without an account in a minute, above which each has to solve a puzzle: of a network, and of all. */
export type PuzzleBounds = { readonly network: number; readonly all: number }

/** What a puzzle is for. The key makes it good for one request: sent again, that is the same request. */
export type Asked = { readonly route: string; readonly key: string }

type Signed = (purpose: string, text: string) => Buffer

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

/** @returns how hard the puzzle is; `undefined` in quiet times */
export function bitsOwed(flow: { readonly own: number; readonly all: number }, bounds: PuzzleBounds) {
  const times = Math.max(flow.own / bounds.network, flow.all / bounds.all)
  return times <= 1 ? undefined : Math.min(BITS_MAX, BITS + Math.floor(Math.log2(times)))
}

function signatureOf(signed: Signed, { route, key }: Asked, head: string): string {
  return signed('puzzle', `${route} ${head} ${key}`).toString('base64url').slice(0, SIGNATURE_LENGTH)
}

/** Nothing of it is kept: the hub knows its own signature again. */
export function puzzleFor(signed: Signed, asked: Asked, bits: number, now: number): Puzzle {
  const head = `${now.toString(36)}.${bits}`
  return { challenge: `${head}.${signatureOf(signed, asked, head)}`, bits, seconds: PUZZLE_MS / 1000 }
}

export type Verdict = 'solved' | 'missing' | 'wrong' | 'expired'

/** `wrong`: not solved, made up, or of another request, also one that it has been used for. */
export function judgeSolution(signed: Signed, asked: Asked, text: string | undefined, now: number): Verdict {
  if (text === undefined) return 'missing'
  const solution = readSolution(text)
  const [, at = '', bits = '', signature = ''] = CHALLENGE.exec(solution?.challenge ?? '') ?? []
  if (solution === undefined || at === '') return 'wrong'
  const own = signatureOf(signed, asked, `${at}.${bits}`)
  if (!timingSafeEqual(Buffer.from(own), Buffer.from(signature))) return 'wrong'
  const age = now - Number.parseInt(at, 36)
  if (age > PUZZLE_MS || age < -AHEAD_MS) return 'expired'
  return isSolved(solution, Number(bits), sha256) ? 'solved' : 'wrong'
}

const REFUSALS = { missing: 'puzzle_needed', wrong: 'puzzle_wrong', expired: 'puzzle_expired' } as const

export type PuzzleGate = {
  /** @throws ApiError 428 or 422 with a puzzle, when many ask and this one has solved none */
  pass(asked: Asked & { readonly address: string; readonly solution: string | undefined }, now: number): void
}

export function countPuzzles(metrics: Metrics) {
  const puzzles = metrics.counter(
    'help_puzzles_total',
    'Requests for help in a rush, by what became of their puzzle; missing: it was asked for',
    ['result'],
  )
  // From 0, so that the first one raises the alarm too.
  for (const result of ['solved', ...(['missing', 'wrong', 'expired'] as const)]) puzzles.inc({ result }, 0)
  return puzzles
}

/** Asks for a puzzle while more requests come than the bounds say, from a network or in all; at other times nobody. */
export function createPuzzleGate(signed: Signed, metrics: Metrics, bounds: PuzzleBounds): PuzzleGate {
  const puzzles = countPuzzles(metrics)
  const flow = createFlow(SPAN_MS)
  return {
    pass({ address, solution, ...asked }, now) {
      const verdict = judgeSolution(signed, asked, solution, now)
      // It was counted when it came for its puzzle.
      if (verdict === 'solved') return puzzles.inc({ result: verdict })
      // One network that floods is asked for more and more, and nobody else for anything.
      const come = flow.add(keptAddress(address, 'network') ?? address, now, bounds.network)
      const bits = bitsOwed(come, bounds)
      if (bits === undefined) return
      puzzles.inc({ result: verdict })
      throw new ApiError(REFUSALS[verdict], { puzzle: puzzleFor(signed, asked, bits, now) })
    },
  }
}
