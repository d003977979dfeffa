import { createHash } from 'node:crypto'

/** What a link covers beside the one before it. `said`: all of its entry; `null`: the entry is gone. */
export type Linked = {
  readonly seq: number
  readonly entry: number
  /** UTC, to the microsecond */
  readonly chainedAt: string
  /** stood in the log before there was a chain */
  readonly adopted: boolean
  readonly said: string | null
}
/** `at`: of the entry */
export type Link = Linked & { readonly hash: Buffer; readonly at: string | null }
/** A link as it was published: whoever has it can prove what stood before it. */
export type Head = { readonly seq: number; readonly hash: string }
export type Unchained = { readonly entry: number; readonly at: string; readonly waits: boolean }

/** What the first link follows. */
export const EMPTY = Buffer.alloc(32)

/** An entry is chained within a second; for so long a transaction may hold one back, or a clock be put right. */
const LATE_MS_MAX = 300_000

export function chainHash(before: Buffer, { seq, entry, chainedAt, adopted, said }: Linked): Buffer {
  return createHash('sha256')
    .update(before)
    .update(`${seq} ${entry} ${chainedAt} ${adopted ? 'adopted' : ''} ${said ?? ''}`)
    .digest()
}

/** The last link that was let go. `atMost`: ms since 1970, at which the one after it was chained at the latest. */
export type Base = { readonly seq: number; readonly hash: Buffer; readonly atMost: number }

const FINDINGS = {
  link_removed: 'the links up to here were removed',
  entry_removed: 'the entry was removed from the log',
  changed: 'the entry or its link was changed',
  backdated: 'the entry says another time than that at which it was written',
  adopted: 'the entry claims to be older than the chain',
  inserted: 'the entry was put into the log past the chain',
  held_back: 'the entry is kept from the chain',
  head: 'the chain is not the one that was published: it was written anew from here or before',
  cut: 'the chain ends before a link that was published',
  pruned_early: 'what stood before it was let go before its time',
} as const
export type FindingKind = keyof typeof FINDINGS
/** `seq`: of the link, `entry`: the id in the log; `null` where there is none. */
export type Finding = { readonly kind: FindingKind; readonly seq: number | null; readonly entry: number | null }

export const sayFinding = ({ kind, seq, entry }: Finding): string =>
  `${[entry !== null && `entry ${entry}`, seq !== null && `link ${seq}`].filter(Boolean).join(', ')}: ${FINDINGS[kind]}`

/**
 * Reads a chain link by link and says what does not hold. Each link is judged by the hash that the one before it shows, so that one change is one
 * finding. What its owner has written anew as a whole, published heads alone give away.
 */
export class ChainReader {
  readonly #heads: Map<number, Set<string>>
  readonly #findings: Finding[] = []
  #seq = 0
  #hash: Buffer = EMPTY
  /** of the last link, and of the last batch before it: no later entry is older */
  #chainedAt = ''
  #batchBefore = Number.NEGATIVE_INFINITY
  #live = false
  #provenTo = 0
  readonly #base: Base | undefined

  /** @param base from where the chain goes on, when its oldest part was let go */
  constructor(heads: readonly Head[], base?: Base) {
    this.#base = base
    const first = base?.seq ?? 0
    this.#seq = first
    this.#hash = base?.hash ?? EMPTY
    this.#heads = new Map(
      [...Map.groupBy(heads, ({ seq }) => seq)].flatMap(([seq, all]) =>
        seq < first ? [] : [[seq, new Set(all.map(({ hash }) => hash))]],
      ),
    )
    if (base) this.#hold(base.seq, base.hash, () => this.#findings.push({ kind: 'head', seq: base.seq, entry: null }))
  }

  /** Against what was published of this link. */
  #hold(seq: number, hash: Buffer, wrong: () => void): void {
    const published = this.#heads.get(seq)
    if (published && (published.size > 1 || !published.has(hash.toString('hex')))) wrong()
    else if (published) this.#provenTo = seq
  }

  add(link: Link): void {
    const { seq, entry, chainedAt, adopted, said, at, hash } = link
    const find = (kind: FindingKind) => this.#findings.push({ kind, seq, entry })
    const follows = seq === this.#seq + 1
    if (!follows) find('link_removed')
    if (said === null) find('entry_removed')
    else if (follows && !chainHash(this.#hash, link).equals(hash)) find('changed')
    if (adopted && this.#live) find('adopted')
    if (chainedAt !== this.#chainedAt && this.#live) this.#batchBefore = Date.parse(this.#chainedAt)
    if (chainedAt < this.#chainedAt) find('backdated')
    else if (at !== null && !adopted) {
      const written = Date.parse(at)
      const tooOld = written < this.#batchBefore - LATE_MS_MAX
      if (tooOld || written > Date.parse(chainedAt) + LATE_MS_MAX) find('backdated')
    }
    if (this.#base && seq === this.#base.seq + 1 && Date.parse(chainedAt) > this.#base.atMost) find('pruned_early')
    this.#hold(seq, hash, () => find('head'))
    this.#live ||= !adopted
    this.#seq = seq
    this.#hash = hash
    this.#chainedAt = chainedAt
  }

  /** @returns what does not hold, how many links there are, and up to which a published head proves them */
  end(unchained: readonly Unchained[]) {
    const findings = [...this.#findings]
    const last = Date.parse(this.#chainedAt)
    for (const { entry, at, waits } of unchained) {
      if (!waits) findings.push({ kind: 'inserted', seq: null, entry })
      else if (Date.parse(at) < last - LATE_MS_MAX) findings.push({ kind: 'held_back', seq: null, entry })
    }
    if (this.#base && this.#seq === this.#base.seq) findings.push({ kind: 'cut', seq: this.#seq + 1, entry: null })
    const cut = [...this.#heads.keys()].filter((seq) => seq > this.#seq)
    if (cut.length > 0) findings.push({ kind: 'cut', seq: Math.max(...cut), entry: null })
    const head: Head | null = this.#seq === 0 ? null : { seq: this.#seq, hash: this.#hash.toString('hex') }
    return { findings, head, provenTo: this.#provenTo, waiting: unchained.filter(({ waits }) => waits).length }
  }
}
