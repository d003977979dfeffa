import { createStore, reconcile } from 'solid-js/store'
import { readCount } from './beds.ts'

export type Pair = readonly [string, string]
export type Counts = readonly [number, number]
type Pairs<P extends string> = Partial<Record<P, Pair>>

const EMPTY: Pair = ['', '']

/**
 * Two numbers of each of several parts, as they are typed. A part is touched when somebody has typed into it or said that
 * it is as it was; only touched parts are reported, the others follow the live count.
 */
export function createPairs<P extends string>(parts: readonly P[], live: (part: P) => Counts | undefined) {
  const [edited, setEdited] = createStore<{ pairs: Pairs<P> }>({ pairs: {} })
  const liveTexts = (part: P): Pair => {
    const counts = live(part)
    return counts === undefined ? EMPTY : [String(counts[0]), String(counts[1])]
  }
  const pairs = () => edited.pairs as Pairs<P>
  const texts = (part: P): Pair => pairs()[part] ?? liveTexts(part)
  const put = (next: Pairs<P>) => setEdited('pairs', reconcile(next as typeof edited.pairs))
  const isTouched = (part: P) => pairs()[part] !== undefined
  const known = () => parts.filter((part) => live(part) !== undefined)
  return {
    parts,
    texts,
    isTouched,
    live,
    known,
    touched: () => parts.filter(isTouched),
    /** @returns `undefined` while one of them is no count */
    counts(part: P): Counts | undefined {
      const [first, second] = texts(part).map(readCount)
      return first === undefined || second === undefined ? undefined : [first, second]
    },
    type(part: P, at: 0 | 1, text: string): void {
      const [first, second] = texts(part)
      put({ ...pairs(), [part]: at === 0 ? [text, second] : [first, text] })
    },
    asItWas: (part: P) => put({ ...pairs(), [part]: liveTexts(part) }),
    allAsItWas: () =>
      put({ ...Object.fromEntries(known().map((part) => [part, liveTexts(part)])), ...pairs() } as Pairs<P>),
    leaveOut: (part: P) =>
      put(Object.fromEntries(Object.entries(pairs()).filter(([name]) => name !== part)) as Pairs<P>),
    clear: () => put({}),
  }
}

export type PairCourse<P extends string> = ReturnType<typeof createPairs<P>>
