import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Transaction } from '../situation/index.ts'
import { Delivery } from './delivery.ts'
import type { SourceError } from './errors.ts'

const tx = (position: number, changes = 1): Transaction => ({
  position,
  at: 0,
  changes: Array.from({ length: changes }, () => ({ kind: 'delete', table: 'cases', old: {} })),
})

function setUp(onTransaction: (tx: Transaction) => void | Promise<void>, queueChangesMax = 10) {
  const log: string[] = []
  const failures: SourceError[] = []
  const delivery = new Delivery({
    position: 1,
    queueChangesMax,
    onTransaction,
    pause: () => log.push('pause'),
    resume: () => log.push('resume'),
    onFailure: (error) => failures.push(error),
  })
  return { delivery, log, failures }
}

/** A consumer that takes one transaction each time `take` is called. */
function slowConsumer() {
  const taken: number[] = []
  const waiting: (() => void)[] = []
  const onTransaction = (t: Transaction) =>
    new Promise<void>((resolve) => {
      taken.push(t.position)
      waiting.push(resolve)
    })
  const take = async () => {
    waiting.shift()?.()
    await turn()
  }
  return { taken, take, onTransaction }
}

describe('handing transactions over', () => {
  test('is immediate for a consumer that is quick', () => {
    const taken: number[] = []
    const { delivery } = setUp((t) => void taken.push(t.position))
    delivery.push(tx(5))
    delivery.push(tx(7))
    expect(taken).toEqual([5, 7])
    expect([delivery.position, delivery.idle]).toEqual([7, true])
  })

  test('waits for a consumer that is slow, in order; the position is what it has taken', async () => {
    const { taken, take, onTransaction } = slowConsumer()
    const { delivery } = setUp(onTransaction)
    for (const position of [5, 7, 9]) delivery.push(tx(position))
    expect([taken, delivery.position, delivery.idle]).toEqual([[5], 1, false])
    await take()
    expect([taken, delivery.position]).toEqual([[5, 7], 5])
    await take()
    await take()
    expect([taken, delivery.position, delivery.idle]).toEqual([[5, 7, 9], 9, true])
  })

  test('stops the reading when too much waits, and goes on at half of it', async () => {
    const { take, onTransaction } = slowConsumer()
    const { delivery, log } = setUp(onTransaction, 10)
    for (let i = 0; i < 4; i++) delivery.push(tx(10 + i, 3))
    expect(log).toEqual([])
    delivery.push(tx(20, 3))
    expect([log, delivery.paused]).toEqual([['pause'], true])
    await take()
    await take()
    expect(log).toEqual(['pause'])
    await take()
    expect([log, delivery.paused]).toEqual([['pause', 'resume'], false])
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['refuses later', () => Promise.reject(new Error('no'))],
  ])('ends when the consumer %s: a half-taken transaction leaves nothing to build upon', async (_, onTransaction) => {
    const { delivery, failures } = setUp(onTransaction)
    delivery.push(tx(5))
    delivery.push(tx(7))
    await turn()
    expect(failures.map(({ code, message }) => [code, message])).toEqual([
      ['consumer_failed', 'a transaction could not be taken: no'],
    ])
    expect(delivery.position).toBe(1)
  })

  test('after the end nothing is handed over', async () => {
    const { taken, take, onTransaction } = slowConsumer()
    const { delivery } = setUp(onTransaction)
    delivery.push(tx(5))
    delivery.push(tx(7))
    delivery.end()
    delivery.push(tx(9))
    await take()
    expect(taken).toEqual([5])
  })
})
