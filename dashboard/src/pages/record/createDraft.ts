import { type Accessor, createSignal, untrack } from 'solid-js'
import type { FormKind } from '../../../../hub/contract/vocabulary/records.ts'
import { deviceNow } from '../../clock.ts'
import { createKeeper, draftKey, type KeptDraft } from '../../offline/drafts.ts'
import type { QueuedRecord } from '../../offline/queue.ts'
import { daysAgoSince, draftOfBody, emptyRecord, nextRecord, type RecordDraft } from './model.ts'
import { useRecorder } from './recorder.tsx'

export type FormDraft = {
  readonly draft: Accessor<RecordDraft>
  /** when the form that came back was last changed, ms since 1970; `undefined`: this one is new */
  readonly cameBack: Accessor<number | undefined>
  /** of the draft on the disk, for who saves the record */
  readonly key: Accessor<string>
  readonly instead: Accessor<string | undefined>
  /** Changes the form, and the phone's disk a moment later. Resolves when it stands there. */
  edit(change: Partial<RecordDraft>): Promise<void>
  /** Resolves when the form stands on the disk as it is now. */
  kept(): Promise<void>
  /** Gives up what came back: the form is empty again. */
  startAfresh(): Promise<void>
  /** Gives up the form. */
  drop(): Promise<void>
  /** It was saved, and the next one begins with what stays the same. */
  next(): void
}

/**
 * What stands in the form of one record, on the disk of the phone with every change: the tab may die while somebody
 * types, while the hub is asked for duplicates, or while the person looks at them. `corrected`: a refused record.
 */
export function createDraft(
  kind: FormKind,
  account: string,
  home: RecordDraft['place'],
  corrected: QueuedRecord | undefined,
): FormDraft {
  const { drafts, keepDraft, dropDraft } = useRecorder()
  const [instead, setInstead] = createSignal(corrected?.key)
  const key = () => draftKey(account, kind, instead())
  const fresh = (): RecordDraft => (corrected && instead() ? again(corrected) : undefined) ?? emptyRecord(home)
  const found = untrack(() => drafts().find((draft) => draft.key === key()))
  const [draft, setDraft] = createSignal<RecordDraft>(untrack(() => (found ? restored(fresh(), found) : fresh())))
  const [cameBack, setCameBack] = createSignal(found?.changedAt)
  const keeper = createKeeper((value: KeptDraft | string) =>
    typeof value === 'string' ? dropDraft(value) : keepDraft(value),
  )
  const drop = () => keeper.keep(key())
  const keep = () => {
    const form = draft()
    if (JSON.stringify(form) === JSON.stringify(fresh())) return drop()
    const title = form.name.trim()
    return keeper.keep({ key: key(), account, kind, instead: instead() ?? null, title, changedAt: deviceNow(), form })
  }
  return {
    draft,
    cameBack,
    key,
    instead,
    edit(change) {
      setDraft((now) => ({ ...now, ...change }))
      return keep()
    },
    kept: keep,
    startAfresh() {
      setDraft(fresh)
      setCameBack(undefined)
      return drop()
    },
    drop,
    next() {
      setInstead(undefined)
      setCameBack(undefined)
      setDraft(nextRecord)
    },
  }
}

/** A refused record as its form; a site that is closed would be refused again. */
function again({ body, madeAt, state }: QueuedRecord): RecordDraft | undefined {
  if (body === null || body.kind === 'check') return undefined
  const draft = draftOfBody(body, madeAt)
  return state.kind === 'refused' && state.refusal.code === 'site_closed' ? { ...draft, facility: '' } : draft
}

/** Another release may have had fewer fields. A correction counts its days from when the record was made. */
function restored(fresh: RecordDraft, { form, changedAt, instead }: KeptDraft): RecordDraft {
  const draft: RecordDraft = { ...fresh, ...form }
  return instead === null ? { ...draft, daysAgo: daysAgoSince(draft.daysAgo, changedAt, deviceNow()) } : draft
}
