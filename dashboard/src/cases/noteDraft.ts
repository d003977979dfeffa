import { createSignal, type Signal } from 'solid-js'

/**
 * Notes that were begun, by case: kept while the tab lives and the account stays, so that a look at the board or at
 * another case loses nothing. In memory alone: what somebody writes of a person is kept on no disk.
 */
const drafts = new Map<string, string>()
/** Cases with a half-written note at the same time; the oldest make room. */
const DRAFTS_MAX = 50

export function createNoteDraft(account: string, caseId: number, part: 'note' | 'phone' = 'note'): Signal<string> {
  const key = `${account}/${caseId}/${part}`
  const [note, setNote] = createSignal(drafts.get(key) ?? '')
  const keep = (text: string) => {
    drafts.delete(key)
    if (text !== '') drafts.set(key, text)
    const [oldest] = drafts.keys()
    if (drafts.size > DRAFTS_MAX && oldest !== undefined) drafts.delete(oldest)
    return setNote(text)
  }
  return [note, keep as Signal<string>[1]]
}

/** After signing out nothing of it is left. */
export function forgetNoteDrafts(): void {
  drafts.clear()
}
