import { expect, test } from 'vitest'
import { encodeFrame } from './frames.ts'
import { Rounds } from './rounds.ts'
import { stretchedTick } from './schedule.ts'
import { type Rank, rankOf, Shards } from './shards.ts'

const frame = encodeFrame({ t: 'pong', n: 1, now: 0 })

/** Shards of at most ten sockets, with as many in each as asked for; a turn of the loop takes 7 ms. */
function start(...sockets: readonly (readonly [Rank, number])[]) {
  const shards = new Shards(10)
  for (const [rank, count] of sockets) for (let i = 0; i < count; i++) shards.enter(rank)
  const tasks: (() => void)[] = []
  const published: string[] = []
  const took: number[] = []
  let now = 0
  const rounds = new Rounds({
    shards,
    loop: {
      now: () => now,
      after(_ms, task) {
        tasks.push(task)
        return () => tasks.splice(tasks.indexOf(task), 1)
      },
    },
    publish: (topic) => published.push(topic),
    done: (ms) => took.push(ms),
  })
  const turn = (): readonly string[] => {
    now += 7
    published.length = 0
    for (const task of tasks.splice(0)) task()
    return [...published]
  }
  return { shards, rounds, published, took, turn }
}

test('what few sockets get leaves in one turn, as it always did', () => {
  const { rounds, published, took, turn } = start([2, 4], [0, 3])
  rounds.send([['nation', frame]])
  expect(published).toEqual(['nation#1', 'nation'])
  turn()
  expect(took).toEqual([7])
})

test('more sockets than a turn takes are written shard by shard, those who act first, each with all that was handed in', () => {
  const { rounds, published, took, turn } = start([2, 12], [1, 9], [0, 2])
  rounds.send([
    ['board:50', frame],
    ['nation', frame],
  ])
  expect(published).toEqual(['board:50#3', 'nation#3'])
  expect(rounds.busy).toBe(true)
  expect(turn()).toEqual(['board:50#2', 'nation#2'])
  expect(turn()).toEqual(['board:50', 'nation'])
  expect(turn()).toEqual(['board:50#1', 'nation#1'])
  expect(rounds.busy).toBe(false)
  turn()
  expect(took).toEqual([28])
})

test('what is handed in meanwhile comes after it, in every shard', () => {
  const { rounds, published, turn } = start([2, 20])
  rounds.send([['nation', frame]])
  rounds.send([['beat:nation', frame]])
  expect(published).toEqual(['nation'])
  expect([turn(), turn(), turn()]).toEqual([['nation#1'], ['beat:nation'], ['beat:nation#1']])
})

test('a hub that stops writes what is left at once; after another epoch nothing of it is written', () => {
  const { rounds, published, turn } = start([2, 30])
  rounds.send([['nation', frame]])
  rounds.finish()
  expect(published).toEqual(['nation', 'nation#1', 'nation#2'])
  rounds.send([['nation', frame]])
  rounds.abandon()
  expect(turn()).toEqual([])
  expect(rounds.busy).toBe(false)
})

test('a shard that has emptied is taken by whoever comes next; those that nobody is in get nothing', () => {
  const { shards } = start([2, 20])
  expect(shards.order).toEqual([0, 1])
  for (let i = 0; i < 10; i++) shards.leave(0)
  expect(shards.order).toEqual([1])
  expect(shards.enter(0)).toBe(0)
  expect(shards.order).toEqual([0, 1])
  expect(shards.enter(2)).toBe(2)
})

test('boards are served before provinces, and those before the nation', () => {
  expect(
    (['board:50', 'facility:7', 'command:TH', 'province:50', 'public:50', 'nation', 'alerts'] as const).map(rankOf),
  ).toEqual([0, 0, 0, 1, 1, 2, 2])
})

test('the tick stretches to twice what a flush takes, and is the configured one again when that is less', () => {
  expect(stretchedTick(3, 100, 0.5)).toBe(100)
  expect(stretchedTick(120, 100, 0.5)).toBe(240)
})
