import { foldedText } from '../../hub/contract/vocabulary/text.ts'

/** The name that is least edits away, when that is near enough to be meant. */
export function nearest(text: string, names: Iterable<string>): string | undefined {
  const wanted = foldedText(text)
  let best: string | undefined
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1
  for (const name of names) {
    const away = edits(wanted, foldedText(name), least)
    if (away < least) [best, least] = [name, away]
  }
  return best
}

/** Letters to insert, delete or replace, or two neighbours to swap; `enough` when it is not fewer. */
function edits(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : replaced
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return Math.min(row[b.length] ?? enough, enough)
}
