import { describe, expect, it } from 'vitest'
import type { Transaction } from '../../situation/index.ts'
import { Chain } from './chain.ts'
import { decodeMessage, MESSAGE_BYTES_MAX } from './message.ts'
import { Outbox, type Outgoing } from './outbox.ts'

const commit = (position: number, letters = 10, rows = 1): Transaction => ({
  position,
  at: 1,
  changes: Array.from({ length: rows }, (_, i) => ({
    kind: 'insert' as const,
    table: 'cases',
    row: { id: `${i}`, name: 'ก'.repeat(letters) },
  })),
})
const file = () => Promise.resolve(Buffer.from(''))

function begun(): Outbox {
  const outbox = new Outbox()
  outbox.reset('e', 100, 'a.1', file)
  expect(outbox.take()).toMatchObject([{ kind: 'snapshot', reset: { id: 'a.1.reset', position: 100 } }])
  return outbox
}

const all = (outbox: Outbox): Outgoing[] => {
  const out: Outgoing[] = []
  for (let next = outbox.take(); next.length > 0; next = outbox.take()) out.push(...next)
  return out
}

describe('what waits for NATS', () => {
  it('goes together, as far as a message holds it, and joins end to end', () => {
    const outbox = begun()
    const sizes = [1, 30_000, 170_000, 5, 400_000, 1, 120_000]
    for (const [i, letters] of sizes.entries()) {
      outbox.commit(commit(110 + i, letters > 150_000 ? 1000 : letters, letters > 150_000 ? letters / 1000 : 1))
    }
    const chain = new Chain({ epoch: 'e', position: 100, sequence: 0 })
    const taken: Transaction[] = []
    const sent = all(outbox)
    for (const [i, outgoing] of sent.entries()) {
      if (outgoing.kind !== 'message') throw new Error('no snapshot was asked for')
      expect(Buffer.byteLength(outgoing.payload)).toBeLessThanOrEqual(MESSAGE_BYTES_MAX + 200)
      const step = chain.add(decodeMessage(Buffer.from(outgoing.payload)), i + 1)
      if (step.kind === 'snapshot') throw new Error(step.why)
      taken.push(...step.commits)
    }
    expect(taken.map(({ position }) => position)).toEqual(sizes.map((_, i) => 110 + i))
    expect(taken.map(({ changes }) => changes.length)).toEqual([1, 1, 170, 1, 400, 1, 1])
    expect(new Set(sent.map((each) => (each.kind === 'message' ? each.id : ''))).size).toBe(sent.length)
    expect(outbox.bytes).toBe(0)
    expect(sent.length).toBeLessThan(9)
  })

  it('is parted by a snapshot, which holds what was put in before it', () => {
    const outbox = begun()
    outbox.commit(commit(110))
    outbox.snapshot(file)
    outbox.commit(commit(120))
    expect(all(outbox).map((each) => (each.kind === 'message' ? each.position : each.kind))).toEqual([
      110,
      'snapshot',
      120,
    ])
  })

  it('is void when the feeder begins anew', () => {
    const outbox = begun()
    outbox.commit(commit(110))
    outbox.reset('e', 200, 'a.2', file)
    expect(outbox.bytes).toBe(0)
    outbox.commit(commit(210))
    const [, message] = all(outbox)
    if (message?.kind !== 'message') throw new Error('a message follows the snapshot')
    expect(decodeMessage(Buffer.from(message.payload))).toMatchObject({ from: 200, commits: [{ position: 210 }] })
  })
})
