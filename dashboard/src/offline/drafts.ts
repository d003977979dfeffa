import type { RecordKind } from '../../../hub/contract/vocabulary/records.ts'

/** A form that is not saved yet, on this phone's disk: a tab dies without a word, and the person was half-way. */
export type KeptDraft = {
  /** one per account and kind of record, and one per record that is being corrected */
  readonly key: string
  readonly account: string
  readonly kind: RecordKind
  /** the refused record it corrects */
  readonly instead: string | null
  /** what the list calls it: a name, or nothing yet */
  readonly title: string
  /** ms since 1970 */
  readonly changedAt: number
  /** what stands in the form; another release may have another form */
  readonly form: Readonly<Record<string, unknown>>
}

export function draftKey(account: string, kind: RecordKind, instead: string | undefined): string {
  return `${account} ${instead ?? kind}`
}

export type Keeper<T> = {
  /** Resolves when this, or something newer, is written. */
  keep(value: T): Promise<void>
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>
}

/** Writes one value at a time, and of those that come meanwhile only the newest: a key press is not held up. */
export function createKeeper<T>(write: (value: T) => Promise<void>): Keeper<T> {
  let next: { readonly value: T } | undefined
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    let failure: { readonly error: unknown } | undefined
    while (next !== undefined) {
      const { value } = next
      next = undefined
      failure = await write(value).then(
        () => undefined,
        (error: unknown) => ({ error }),
      )
    }
    running = undefined
    if (failure) throw failure.error
  }

  return {
    keep(value) {
      next = { value }
      running ??= run()
      return running
    },
    settled: () => running ?? Promise.resolve(),
  }
}
