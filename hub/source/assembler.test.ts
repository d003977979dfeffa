import { describe, expect, test } from 'vitest'
import { Assembler, TransactionTooLarge } from './assembler.ts'
import { ProtocolError } from './bytes.ts'
import type { Message } from './pgoutput.ts'

const BEGIN: Message = { kind: 'begin', finalLsn: 90, at: 5, xid: 1 }
const COMMIT: Message = { kind: 'commit', commitLsn: 90, endLsn: 100, at: 5.019 }
const insert = (id: string): Message => ({ kind: 'change', change: { kind: 'insert', table: 'cases', row: { id } } })

describe('a transaction', () => {
  test('is handed out whole at its Commit, at the LSN after it', () => {
    const assembler = new Assembler({ changesMax: 10, bytesMax: 100 })
    expect(assembler.open).toBe(false)
    expect(assembler.add(BEGIN, 21)).toBeUndefined()
    expect(assembler.open).toBe(true)
    assembler.add(insert('1'), 10)
    assembler.add({ kind: 'origin', lsn: 1, name: 'elsewhere' }, 10)
    assembler.add(insert('2'), 10)
    expect(assembler.add(COMMIT, 26)).toEqual({
      position: 100,
      at: 5,
      changes: [
        { kind: 'insert', table: 'cases', row: { id: '1' } },
        { kind: 'insert', table: 'cases', row: { id: '2' } },
      ],
    })
    expect(assembler.open).toBe(false)
  })

  test('above the limit of changes is refused, not kept', () => {
    const assembler = new Assembler({ changesMax: 2, bytesMax: 1000 })
    assembler.add(BEGIN, 21)
    assembler.add(insert('1'), 10)
    assembler.add(insert('2'), 10)
    expect(() => assembler.add(insert('3'), 10)).toThrow(TransactionTooLarge)
    expect(assembler.open).toBe(false)
  })

  test('above the limit of bytes is refused; the bytes of the one before do not count', () => {
    const assembler = new Assembler({ changesMax: 100, bytesMax: 25 })
    for (let i = 0; i < 3; i++) {
      assembler.add(BEGIN, 21)
      assembler.add(insert('1'), 25)
      expect(assembler.add(COMMIT, 26)?.changes).toHaveLength(1)
    }
    assembler.add(BEGIN, 21)
    assembler.add(insert('1'), 25)
    expect(() => assembler.add(insert('2'), 1)).toThrow(TransactionTooLarge)
  })

  test.each([
    ['a change before Begin', [insert('1')]],
    ['Commit before Begin', [COMMIT]],
    ['Begin inside a transaction', [BEGIN, BEGIN]],
  ])('%s is refused', (_, messages) => {
    const assembler = new Assembler({ changesMax: 10, bytesMax: 100 })
    expect(() => {
      for (const message of messages) assembler.add(message, 1)
    }).toThrow(ProtocolError)
  })
})
