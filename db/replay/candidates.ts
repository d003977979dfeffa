import { provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import { between, type Random } from './random.ts'
import type { ReplayCase } from './replay-case.ts'

/** The open cases of each province, so that a death of the day's count finds the case it is of. */
export type Candidates = {
  add(one: ReplayCase): void
  remove(one: ReplayCase): void
  /** A red case before a yellow one, that before the rest; the oldest of a few drawn. `undefined`: none is open. */
  choose(province: string): ReplayCase | undefined
  readonly count: number
}

const DRAWN = 4

export function createCandidates(random: Random): Candidates {
  const lists = new Map<string, ReplayCase[]>()
  const places = new Map<ReplayCase, { readonly list: ReplayCase[]; index: number }>()
  const listOf = (province: string, rank: string): ReplayCase[] => {
    const key = `${province} ${rank}`
    const list = lists.get(key) ?? []
    lists.set(key, list)
    return list
  }
  return {
    add(one) {
      const list = listOf(provinceOf(one.district), one.severity === undefined ? 'none' : one.severity)
      places.set(one, { list, index: list.length })
      list.push(one)
    },
    remove(one) {
      const place = places.get(one)
      if (place === undefined) return
      places.delete(one)
      const last = place.list.pop()
      if (last === undefined || last === one) return
      place.list[place.index] = last
      const moved = places.get(last)
      if (moved) moved.index = place.index
    },
    choose(province) {
      for (const rank of ['red', 'yellow', 'green', 'none']) {
        const list = listOf(province, rank)
        if (list.length === 0) continue
        const drawn = Array.from({ length: DRAWN }, () => list[between(0, list.length - 1, random)])
        return drawn.reduce((oldest, one) => (one && oldest && one.reportedAt < oldest.reportedAt ? one : oldest))
      }
      return undefined
    },
    get count() {
      return places.size
    },
  }
}
