import type { MapMark } from './marks.ts'
import type { Projection } from './mercator.ts'

/** Marks that would lie upon each other, as one; one alone is itself. `x`, `y` px. */
export type MarkCluster = { readonly x: number; readonly y: number; readonly marks: readonly MapMark[] }

type Gathered = { x: number; y: number; marks: MapMark[] }

/** Neighbours nearer than this share of a cell are one: a border of the grid may run between two that touch. */
const TOUCHING = 0.8
const AROUND = [-1, 0, 1] as const

/**
 * Gathers marks by a grid of `cell` px, for the map without an engine. The same marks give the same clusters, in any
 * order, and none is lost; at most one cluster stands in a cell.
 */
export function clusterMarks(marks: readonly MapMark[], project: Projection, cell: number): readonly MarkCluster[] {
  const cells = new Map<string, Gathered>()
  const sorted = [...marks].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const mark of sorted) {
    const [x, y] = project(mark.lon, mark.lat)
    const key = `${Math.floor(x / cell)} ${Math.floor(y / cell)}`
    const known = cells.get(key)
    if (known === undefined) cells.set(key, { x, y, marks: [mark] })
    else add(known, { x, y, marks: [mark] })
  }
  const bySize = [...cells].sort(([, a], [, b]) => b.marks.length - a.marks.length)
  for (const [key, gathered] of bySize) {
    if (!cells.has(key)) continue
    const [column = 0, row = 0] = key.split(' ').map(Number)
    for (const dx of AROUND)
      for (const dy of AROUND) {
        const other = dx === 0 && dy === 0 ? key : `${column + dx} ${row + dy}`
        const near = other === key ? undefined : cells.get(other)
        if (near === undefined || Math.hypot(near.x - gathered.x, near.y - gathered.y) > cell * TOUCHING) continue
        add(gathered, near)
        cells.delete(other)
      }
  }
  return [...cells.values()]
}

/** The middle moves with the number of marks. */
function add(to: Gathered, from: Gathered): void {
  const [a, b] = [to.marks.length, from.marks.length]
  to.x = (to.x * a + from.x * b) / (a + b)
  to.y = (to.y * a + from.y * b) / (a + b)
  to.marks.push(...from.marks)
}

/** The mark that stands for all of a cluster, when they are of one kind. */
export function commonMark({ marks: [first, ...rest] }: MarkCluster): MapMark | undefined {
  return first !== undefined && rest.every(({ shape, letter }) => shape === first.shape && letter === first.letter)
    ? first
    : undefined
}
