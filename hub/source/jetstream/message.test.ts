import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change, Transaction, Tuple } from '../../situation/index.ts'
import {
  decodeMessage,
  encodeCommit,
  encodeCommits,
  encodePart,
  encodeReset,
  FeedFormatError,
  SHAPE,
} from './message.ts'

const column = fc.constantFrom('id', 'district', 'severity', 'name_th', 'waiting')
const tuple: fc.Arbitrary<Tuple> = fc.dictionary(column, fc.option(fc.string({ unit: 'grapheme', maxLength: 40 })), {
  noNullPrototype: true,
})
const table = fc.constantFrom('cases', 'needs', 'facilities')
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), table, row: tuple }),
  fc.record({ kind: fc.constant('update' as const), table, row: tuple, old: fc.option(tuple) }),
  fc.record({ kind: fc.constant('delete' as const), table, old: tuple }),
  fc.record({ kind: fc.constant('truncate' as const), tables: fc.array(table) }),
)
const commit: fc.Arbitrary<Transaction> = fc.record({
  position: fc.maxSafeNat(),
  at: fc.maxSafeNat(),
  changes: fc.array(change, { maxLength: 30 }),
})
const bytes = (text: string) => new TextEncoder().encode(text)

describe('messages of the feed', () => {
  it('bring every commit as it was, with columns that did not come', () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 5 }), (commits) => {
        const pieces = commits.flatMap((each) => encodeCommit(each))
        expect(decodeMessage(bytes(encodeCommits('e', 7, pieces)))).toEqual({
          kind: 'commits',
          epoch: 'e',
          from: 7,
          commits,
        })
      }),
    )
  })

  it('bring a commit that is too large for one in parts, none larger than is allowed, no change lost or doubled', () => {
    fc.assert(
      fc.property(commit, fc.integer({ min: 700, max: 3000 }), (whole, bytesMax) => {
        const pieces = encodeCommit(whole, bytesMax)
        const parts = pieces.map((piece, i) => decodeMessage(bytes(encodePart('e', 7, i, pieces.length, piece))))
        for (const piece of pieces) expect(Buffer.byteLength(piece.json)).toBeLessThanOrEqual(bytesMax)
        expect(parts.flatMap((part) => (part.kind === 'part' ? part.commit.changes : []))).toEqual(whole.changes)
      }),
    )
  })

  it('refuse a change that fits none', () => {
    const row = { name_th: 'ก'.repeat(400) }
    const change: Change = { kind: 'insert', table: 'cases', row }
    expect(() => encodeCommit({ position: 1, at: 1, changes: [change] }, 1000)).toThrow(FeedFormatError)
  })

  it('say where a feeder begins, and what it counts', () => {
    expect(decodeMessage(bytes(encodeReset('e', 12)))).toEqual({
      kind: 'reset',
      shape: SHAPE,
      epoch: 'e',
      position: 12,
    })
  })

  it('are refused when they are none', () => {
    expect(() => decodeMessage(bytes('{"kind":"other"}'))).toThrow(FeedFormatError)
    expect(() => decodeMessage(bytes('nothing'))).toThrow(FeedFormatError)
    expect(() =>
      decodeMessage(bytes('{"kind":"commits","from":1,"commits":[[1,1,[["cases","id"]],[["i",[0]]]]]}')),
    ).toThrow(FeedFormatError)
  })
})
