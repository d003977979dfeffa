import type { BoardCase } from '../../../cases/board.ts'

/** Who cannot wait, by district: how many, and since when the one who has waited longest, ms since 1970. */
export type DistrictReds = { readonly district: string; readonly count: number; readonly since: number }

const isOpen = ({ needs }: BoardCase) => needs.some(({ status }) => status === 'open')

/** The district with the longest wait first. @param reds cases of severity red */
export function redsByDistrict(reds: readonly BoardCase[]): readonly DistrictReds[] {
  const by = new Map<string, DistrictReds>()
  for (const { district, waitingSince } of reds) {
    const known = by.get(district)
    by.set(district, {
      district,
      count: (known?.count ?? 0) + 1,
      since: Math.min(known?.since ?? waitingSince, waitingSince),
    })
  }
  return [...by.values()].sort((a, b) => a.since - b.since)
}

/** Of those who cannot wait: whom nobody has (the longest wait first), and who has the others. */
export type OnIt = { readonly nobody: readonly BoardCase[]; readonly held: number; readonly holders: readonly string[] }

export function whoIsOnIt(reds: readonly BoardCase[]): OnIt {
  const nobody = reds.filter(isOpen).toSorted((a, b) => a.waitingSince - b.waitingSince)
  const held = reds.filter((one) => !isOpen(one))
  return { nobody, held: held.length, holders: [...new Set(held.flatMap(holdersOf))] }
}

/** Organisations and call-signs that have a need of the case. */
export function holdersOf({ needs }: Pick<BoardCase, 'needs'>): readonly string[] {
  return [...new Set(needs.flatMap(({ holder }) => holder ?? []))]
}
