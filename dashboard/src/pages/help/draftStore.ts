import type { HelpBody } from '../../api/help.ts'
import { EMPTY_DRAFT, type HelpDraft } from './model.ts'
import type { Sending } from './sending.ts'

const KEY = 'jitasa.help.draft'
/** Raise it when a field of HelpDraft means something else; one that is new is empty in an older draft. */
const VERSION = 1

export type Kept = {
  readonly draft: HelpDraft
  readonly key: string
  /** it was being sent: the page goes on with it */
  readonly underWay: { readonly body: HelpBody; readonly tries: number } | null
}

/** The draft of this tab; a reload, a crash or a way back loses nothing, and another tab sees nothing of it. */
export function readDraft(storage: () => Storage, freshKey: () => string): Kept {
  const empty = { draft: EMPTY_DRAFT, key: freshKey(), underWay: null }
  try {
    const text = storage().getItem(KEY)
    if (text === null) return empty
    const kept = JSON.parse(text) as Kept & { readonly version: number }
    return kept.version === VERSION ? { ...kept, draft: { ...EMPTY_DRAFT, ...kept.draft } } : empty
  } catch {
    // A browser may refuse storage, and may hand out a broken text after a crash: the form is then simply empty.
    return empty
  }
}

/** @returns whether it was kept */
export function keepDraft(storage: () => Storage, draft: HelpDraft, sending: Sending): boolean {
  try {
    if (sending.kind === 'done') storage().removeItem(KEY)
    else storage().setItem(KEY, JSON.stringify({ version: VERSION, ...keptOf(draft, sending) }))
    return true
  } catch {
    return false
  }
}

function keptOf(draft: HelpDraft, sending: Exclude<Sending, { kind: 'done' }>): Kept {
  const { key } = sending
  return { draft, key, underWay: sending.kind === 'editing' ? null : { body: sending.body, tries: sending.tries } }
}
