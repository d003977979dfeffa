export type Exercise = 'drill' | 'replay'

/** Whether the operation is an exercise; a kind this page does not know is taken for one rather than for real. */
export function exerciseOf(kind: unknown): Exercise | undefined {
  if (kind === undefined || kind === 'live') return undefined
  return kind === 'replay' ? 'replay' : 'drill'
}
