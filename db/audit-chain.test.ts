import { expect, it } from 'vitest'
import { ChainReader, chainHash, EMPTY, type FindingKind, type Head, type Link, type Unchained } from './audit-chain.ts'

type Entry = { at: string; text: string }
/** The three tables, as their owner sees them. */
type Store = { log: Map<number, Entry>; chain: Omit<Link, 'said' | 'at'>[]; pending: number[] }

const BEGAN = Date.parse('2021-11-01T00:00:00Z')
const time = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z')

function random(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const said = ({ log }: Store, entry: number): string | null => {
  const found = log.get(entry)
  return found ? JSON.stringify([entry, found.at, found.text]) : null
}

/** Chains anew from link `from` on, as whoever owns the tables can. */
function rechain(store: Store, from: number): void {
  let hash = from === 0 ? EMPTY : store.chain[from - 1]!.hash
  for (let i = from; i < store.chain.length; i++) {
    const link = { ...store.chain[i]!, seq: i + 1 }
    hash = chainHash(hash, { ...link, said: said(store, link.entry) })
    store.chain[i] = { ...link, hash }
  }
}

const COUNT = 30
const ADOPTED = 5

/** A log that has run for hours: an old part, then batches of one to five. */
function genuine(next: () => number): Store {
  const store: Store = { log: new Map(), chain: [], pending: [] }
  let now = BEGAN
  let batch = 0
  let chainedAt = ''
  for (let entry = 1; entry <= COUNT; entry++) {
    if (batch-- <= 0 || entry === ADOPTED + 1) {
      now += 1_000 + Math.floor(next() * 1_800_000)
      batch = Math.floor(next() * 5)
      chainedAt = time(entry <= ADOPTED ? BEGAN + 500 : now + 900)
    }
    const at = entry <= ADOPTED ? BEGAN - 86_400_000 * entry : now - Math.floor(next() * 400)
    store.log.set(entry, { at: time(at), text: `deed ${Math.floor(next() * 1e9)}` })
    store.chain.push({ seq: entry, entry, chainedAt, adopted: entry <= ADOPTED, hash: EMPTY })
  }
  rechain(store, 0)
  return store
}

function verify(store: Store, heads: readonly Head[]) {
  const reader = new ChainReader(heads)
  for (const link of store.chain) {
    reader.add({ ...link, said: said(store, link.entry), at: store.log.get(link.entry)?.at ?? null })
  }
  const linked = new Set(store.chain.map(({ entry }) => entry))
  const rest: Unchained[] = [...store.log]
    .filter(([entry]) => !linked.has(entry))
    .map(([entry, { at }]) => ({ entry, at, waits: store.pending.includes(entry) }))
  return reader.end(rest)
}

const headAt = ({ chain }: Store, i: number): Head => ({ seq: chain[i]!.seq, hash: chain[i]!.hash.toString('hex') })

type Tampering = (store: Store, at: number, next: () => number) => void
/** Everything an owner may try. `at`: which link, from 0. */
const TAMPERINGS: Record<string, Tampering> = {
  'an entry is changed': ({ log }, at) => {
    log.get(at + 1)!.text += '!'
  },
  'an entry is changed and the rest chained anew': (store, at) => {
    store.log.get(at + 1)!.text += '!'
    rechain(store, at)
  },
  'an entry is removed': ({ log }, at) => void log.delete(at + 1),
  'an entry and its link are removed': ({ log, chain }, at) => {
    log.delete(at + 1)
    chain.splice(at, 1)
  },
  'an entry and its link are removed and the rest chained anew': (store, at) => {
    store.log.delete(at + 1)
    store.chain.splice(at, 1)
    rechain(store, at)
  },
  'the end is cut off': ({ log, chain }, at) => {
    for (let i = at; i < COUNT; i++) log.delete(i + 1)
    chain.splice(at)
  },
  'two entries are swapped': ({ log }, at) => {
    const other = at === 0 ? 2 : at
    const kept = log.get(at + 1)!
    log.set(at + 1, log.get(other)!)
    log.set(other, kept)
  },
  'an entry is dated anew': ({ log }, at, next) => {
    log.get(at + 1)!.at = time(BEGAN - Math.floor(next() * 1e9))
  },
  'an entry is dated anew and the rest chained anew': (store, at, next) => {
    store.log.get(at + 1)!.at = time(BEGAN - Math.floor(next() * 1e9))
    rechain(store, at)
  },
  'an entry is put in past the chain': ({ log }, at) =>
    void log.set(COUNT + 1, { ...log.get(at + 1)!, text: 'forged' }),
  'an entry is put in between and the rest chained anew': (store, at) => {
    store.log.set(COUNT + 1, { ...store.log.get(at + 1)!, text: 'forged' })
    store.chain.splice(at, 0, { ...store.chain[at]!, entry: COUNT + 1 })
    rechain(store, at)
  },
  'a link is removed': ({ chain }, at) => void (at === COUNT - 1 ? chain.splice(at) : chain.splice(at, 1)),
  'a hash is changed': ({ chain }, at) => {
    chain[at] = { ...chain[at]!, hash: Buffer.alloc(32, 7) }
  },
  'an old entry is added at the end, chained as it should be': (store, _, next) => {
    const { chainedAt } = store.chain.at(-1)!
    store.log.set(COUNT + 1, { at: time(BEGAN - Math.floor(next() * 1e9)), text: 'forged' })
    const link = {
      seq: COUNT + 1,
      entry: COUNT + 1,
      chainedAt: time(Date.parse(chainedAt) + 1_000),
      adopted: false,
      hash: EMPTY,
    }
    store.chain.push(link)
    rechain(store, COUNT)
  },
  'an old entry is added at the end as one from before the chain': (store) => {
    store.log.set(COUNT + 1, { at: time(BEGAN - 1_000), text: 'forged' })
    store.chain.push({ ...store.chain.at(-1)!, seq: COUNT + 1, entry: COUNT + 1, adopted: true })
    rechain(store, COUNT)
  },
  'an entry is kept waiting': ({ log, pending }) => {
    log.set(COUNT + 1, { at: time(BEGAN), text: 'held back' })
    pending.push(COUNT + 1)
  },
}

it('finds each of 10,000 tamperings by their owner, given the newest published head', () => {
  const names = Object.keys(TAMPERINGS)
  const missed: string[] = []
  for (let seed = 0; seed < 10_000; seed++) {
    const next = random(seed)
    const store = genuine(next)
    const heads = [headAt(store, Math.floor(next() * COUNT)), headAt(store, COUNT - 1)]
    const name = names[seed % names.length]!
    const at = Math.floor(next() * COUNT)
    TAMPERINGS[name]!(store, at, next)
    if (verify(store, heads).findings.length === 0) missed.push(`${name}, link ${at}, seed ${seed}`)
  }
  expect(missed).toEqual([])
}, 120_000)

it('raises no false alarm, with entries that wait and entries that came late', () => {
  for (let seed = 0; seed < 1_000; seed++) {
    const next = random(seed)
    const store = genuine(next)
    store.log.set(COUNT + 1, { at: store.chain.at(-1)!.chainedAt, text: 'just now' })
    store.pending.push(COUNT + 1)
    const { findings, provenTo, waiting, head } = verify(store, [headAt(store, 3), headAt(store, COUNT - 2)])
    expect(findings, `seed ${seed}`).toEqual([])
    expect({ provenTo, waiting, seq: head?.seq }).toEqual({ provenTo: COUNT - 1, waiting: 1, seq: COUNT })
  }
})

it.each<[string, number, { kind: FindingKind; seq: number | null; entry: number | null }]>([
  ['an entry is changed', 19, { kind: 'changed', seq: 20, entry: 20 }],
  ['an entry is removed', 19, { kind: 'entry_removed', seq: 20, entry: 20 }],
  ['an entry and its link are removed', 19, { kind: 'link_removed', seq: 21, entry: 21 }],
  ['an entry is put in past the chain', 19, { kind: 'inserted', seq: null, entry: COUNT + 1 }],
  ['the end is cut off', 19, { kind: 'cut', seq: COUNT, entry: null }],
  ['an entry is changed and the rest chained anew', 19, { kind: 'head', seq: COUNT, entry: COUNT }],
])('says which: %s', (name, at, finding) => {
  const store = genuine(random(1))
  const heads = [headAt(store, 0), headAt(store, COUNT - 1)]
  TAMPERINGS[name]!(store, at, random(2))
  expect(verify(store, heads).findings).toEqual([finding])
})

it('does not see without a published head what its owner has chained anew', () => {
  const store = genuine(random(1))
  TAMPERINGS['an entry is changed and the rest chained anew']!(store, 19, random(2))
  expect(verify(store, []).findings).toEqual([])
})
