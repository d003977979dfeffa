import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partTrier, readSolution, writeSolution } from '../../contract/vocabulary/puzzle.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { keyedBy } from '../services.ts'
import { BITS, BITS_MAX, bitsOwed, createPuzzleGate, judgeSolution, PUZZLE_MS, puzzleFor } from './puzzle.ts'
import { sha256, solve } from './solve-puzzle.ts'

const NOW = 1_636_000_000_000
const MINUTE = 60_000
const signed = keyedBy('a secret of thirty-two characters')
const asked = { route: '/api/help', key: 'key-of-a-request' }
const EASY = 4

const puzzle = puzzleFor(signed, asked, EASY, NOW)
const solution = solve(puzzle)

describe('a puzzle', () => {
  it('that is solved passes, until it is five minutes old', () => {
    expect(judgeSolution(signed, asked, solution, NOW)).toBe('solved')
    expect(judgeSolution(signed, asked, solution, NOW + PUZZLE_MS)).toBe('solved')
    expect(judgeSolution(signed, asked, solution, NOW + PUZZLE_MS + 1)).toBe('expired')
  })

  it('of a hub whose clock goes a little ahead passes; of tomorrow it does not', () => {
    expect(judgeSolution(signed, asked, solution, NOW - MINUTE)).toBe('solved')
    expect(judgeSolution(signed, asked, solution, NOW - MINUTE - 1)).toBe('expired')
  })

  it('is good for one request: of another key, route or secret it is wrong', () => {
    expect(judgeSolution(signed, { ...asked, key: 'key-of-another-one' }, solution, NOW)).toBe('wrong')
    expect(judgeSolution(signed, { ...asked, route: '/api/other' }, solution, NOW)).toBe('wrong')
    expect(judgeSolution(keyedBy('another secret of the same length'), asked, solution, NOW)).toBe('wrong')
  })

  it('cannot be made easier or younger than the hub has made it', () => {
    const [challenge = '', counts] = solution.split(':')
    const [at, , signature] = challenge.split('.')
    expect(judgeSolution(signed, asked, `${at}.0.${signature}:${counts}`, NOW)).toBe('wrong')
    const later = (NOW + PUZZLE_MS).toString(36)
    expect(judgeSolution(signed, asked, `${later}.${EASY}.${signature}:${counts}`, NOW + PUZZLE_MS)).toBe('wrong')
  })

  it('wants all of its parts', () => {
    const { challenge, counts } = readSolution(solution)!
    for (const part of counts.keys()) {
      const isRight = partTrier(challenge, part, EASY, sha256)
      let wrong = 0
      while (isRight(wrong)) wrong++
      const spoiled = counts.map((count, n) => (n === part ? wrong : count))
      expect(judgeSolution(signed, asked, writeSolution({ challenge, counts: spoiled }), NOW)).toBe('wrong')
    }
  })

  it('is missing where nothing was sent, and wrong whatever else was', () => {
    expect(judgeSolution(signed, asked, undefined, NOW)).toBe('missing')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(judgeSolution(signed, asked, text, NOW)).toBe('wrong')
      }),
    )
    for (const text of [
      '',
      ':',
      puzzle.challenge,
      `${solution}.1`,
      `${solution}:1`,
      solution.replace(/\d+$/, '9'.repeat(10)),
    ])
      expect(judgeSolution(signed, asked, text, NOW)).toBe('wrong')
  })
})

describe('how hard it is', () => {
  const bounds = { network: 30, all: 300 }
  it('grows by a bit when twice as many come, of a network or in all, and has an end', () => {
    const owed = (own: number, all: number) => bitsOwed({ own, all }, bounds)
    expect([owed(30, 300), owed(1, 1)]).toEqual([undefined, undefined])
    expect([owed(31, 31), owed(1, 301)]).toEqual([BITS, BITS])
    expect([owed(60, 60), owed(1, 600), owed(120, 600)]).toEqual([BITS + 1, BITS + 1, BITS + 2])
    expect(owed(1, 1_000_000)).toBe(BITS_MAX)
  })
})

describe('the gate', () => {
  const gate = () => createPuzzleGate(signed, createMetrics(), { network: 2, all: 4 })
  const from = (address: string, solution?: string) => ({ ...asked, address, solution })
  const codeOf = (work: () => void) => {
    try {
      work()
      return 'passed'
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  it('asks nobody in quiet times, also who shows a puzzle that is wrong', () => {
    const { pass } = gate()
    expect(codeOf(() => pass(from('192.0.2.1'), NOW))).toBe('passed')
    expect(codeOf(() => pass(from('192.0.2.1', 'nonsense'), NOW))).toBe('passed')
  })

  it('asks a network that sends too many, and no other', () => {
    const { pass } = gate()
    for (const host of [1, 2]) pass(from(`192.0.2.${host}`), NOW)
    expect(codeOf(() => pass(from('192.0.2.3'), NOW))).toBe('puzzle_needed')
    expect(codeOf(() => pass(from('198.51.100.1'), NOW))).toBe('passed')
  })

  it('asks nobody else however much one network sends', () => {
    const { pass } = gate()
    for (let i = 0; i < 1000; i++) codeOf(() => pass(from('192.0.2.1'), NOW))
    expect(codeOf(() => pass(from('198.51.100.1'), NOW))).toBe('passed')
    expect(() => pass(from('192.0.2.1'), NOW)).toThrow(
      expect.objectContaining({ details: { puzzle: expect.objectContaining({ bits: BITS_MAX }) } }),
    )
  })

  it('asks everybody when too many come in all, and nobody two minutes later', () => {
    const { pass } = gate()
    for (const net of [1, 2, 3, 4]) pass(from(`198.51.${net}.1`), NOW)
    expect(codeOf(() => pass(from('203.0.113.1'), NOW))).toBe('puzzle_needed')
    expect(codeOf(() => pass(from('203.0.113.1', solution), NOW))).toBe('passed')
    expect(codeOf(() => pass(from('203.0.113.1', 'nonsense'), NOW))).toBe('puzzle_wrong')
    expect(codeOf(() => pass(from('203.0.113.1'), NOW + 2 * MINUTE))).toBe('passed')
  })

  it('does not take who has solved for one more: a crowd of people makes it no harder for the next', () => {
    const { pass } = gate()
    for (const host of [1, 2]) pass(from(`192.0.2.${host}`), NOW)
    for (let i = 0; i < 100; i++) pass(from('192.0.2.3', solution), NOW)
    expect(() => pass(from('192.0.2.4'), NOW)).toThrow(
      expect.objectContaining({ details: { puzzle: expect.objectContaining({ bits: BITS }) } }),
    )
  })
})
