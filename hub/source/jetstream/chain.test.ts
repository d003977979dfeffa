import { describe, expect, it } from 'vitest'
import type { Change, Transaction } from '../../situation/index.ts'
import { Chain } from './chain.ts'
import { type FeedMessage, SHAPE } from './message.ts'

const PLACE = { epoch: 'e', position: 100, sequence: 5 }
const change = (id: string): Change => ({ kind: 'insert', table: 'cases', row: { id } })
const commitTo = (position: number, ...ids: string[]): Transaction => ({ position, at: 1, changes: ids.map(change) })
const commits = (from: number, ...all: Transaction[]): FeedMessage => ({
  kind: 'commits',
  epoch: 'e',
  from,
  commits: all,
})
const part = (from: number, at: number, parts: number, commit: Transaction): FeedMessage => ({
  ...{ kind: 'part', epoch: 'e', from, part: at, parts, commit },
})
const reset = (position: number, more: Partial<{ epoch: string; shape: string }> = {}): FeedMessage => ({
  ...{ kind: 'reset', shape: SHAPE, epoch: 'e', position },
  ...more,
})

describe('what comes out of the stream', () => {
  it('joins commit to commit', () => {
    const chain = new Chain(PLACE)
    const [one, two] = [commitTo(110, 'a'), commitTo(120, 'b')]
    expect(chain.add(commits(100, one, two), 6)).toEqual({ kind: 'commits', commits: [one, two] })
    expect(chain.add(commits(120, commitTo(130)), 7)).toMatchObject({ kind: 'commits' })
    expect(chain.place).toEqual({ epoch: 'e', position: 130, sequence: 7 })
  })

  it('is taken once when it comes twice', () => {
    const chain = new Chain(PLACE)
    chain.add(commits(100, commitTo(110, 'a')), 6)
    expect(chain.add(commits(100, commitTo(110, 'a')), 7)).toEqual({ kind: 'commits', commits: [] })
    expect(chain.add(commits(110, commitTo(120, 'b')), 8)).toMatchObject({ commits: [{ position: 120 }] })
  })

  it.each<[string, FeedMessage, number]>([
    ['a sequence is missing', commits(100, commitTo(110)), 7],
    ['commits are missing', commits(105, commitTo(110)), 6],
    ['it is of another database', { kind: 'commits', epoch: 'f', from: 100, commits: [commitTo(110)] }, 6],
    ['a feeder began later', reset(140), 6],
    ['a feeder began before', reset(90), 6],
    ['a feeder began with another database', reset(100, { epoch: 'f' }), 6],
    ['a feeder of another version began', reset(100, { shape: 'other' }), 6],
    ['a part comes without the one before', part(100, 1, 2, commitTo(110)), 6],
  ])('wants a snapshot when %s, and stays where it is', (_what, message, sequence) => {
    const chain = new Chain(PLACE)
    expect(chain.add(message, sequence)).toMatchObject({ kind: 'snapshot' })
    expect(chain.place).toEqual(PLACE)
  })

  it('goes on over a feeder that begins where the last one ended', () => {
    const chain = new Chain(PLACE)
    expect(chain.add(reset(100), 6)).toEqual({ kind: 'commits', commits: [] })
    expect(chain.add(commits(100, commitTo(110)), 7)).toMatchObject({ commits: [{ position: 110 }] })
  })

  it('brings a commit of several parts when the last has come', () => {
    const chain = new Chain(PLACE)
    expect(chain.add(part(100, 0, 2, commitTo(110, 'a')), 6)).toEqual({ kind: 'commits', commits: [] })
    expect(chain.place.position).toBe(100)
    expect(chain.add(part(100, 1, 2, commitTo(110, 'b')), 7)).toEqual({
      kind: 'commits',
      commits: [commitTo(110, 'a', 'b')],
    })
    expect(chain.place.position).toBe(110)
  })

  it('forgets the parts of a commit that a new feeder interrupts', () => {
    const chain = new Chain(PLACE)
    chain.add(part(100, 0, 2, commitTo(110, 'a')), 6)
    expect(chain.add(reset(100), 7)).toEqual({ kind: 'commits', commits: [] })
    expect(chain.add(part(100, 1, 2, commitTo(110, 'b')), 8)).toMatchObject({ kind: 'snapshot' })
  })
})
