import type { CommandArea } from './summary.ts'

/** What the parts of the page are given. */
export type PartProps = {
  area: string
  command: CommandArea
  mayWrite: boolean
  /** ms since 1970 */
  now: number
  /** something was written: the rest is asked for anew */
  changed(): void
}
