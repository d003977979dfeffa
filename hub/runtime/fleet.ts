/** How many workers there are, as their supervisor sees it. */
export type Fleet = {
  readonly wanted: number
  readonly serving: number
  /** for people: which worker dies again and again; `null`: none */
  readonly why: string | null
}
