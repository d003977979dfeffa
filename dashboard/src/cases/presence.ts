import { onCleanup } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import { ApiError, ask } from '../api/http.ts'

/** The hub forgets a look after 45 s (hub/work/cases/presence.ts); two may be lost before others see it gone. */
const REPEAT_EVERY_MS = 20_000

/** Who else looks at a case, by call-sign, each once. @param me the account's key */
export function lookersOf(rows: readonly RowObject<'presence'>[], caseId: number, me: string): readonly string[] {
  const others = rows.filter((row) => Number(row.caseId) === caseId && row.key !== me)
  return [...new Set(others.map((row) => row.label))].sort()
}

/** As people list names: "A and B", "A และ B". */
export function namesOf(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
}

/** While the page is open and seen, the boards of the province say that its case is being looked at. */
export function createLook(caseId: number): void {
  const share = (method: 'PUT' | 'DELETE') => {
    ask(`${method} /api/cases/{id}/presence`, { params: { id: caseId } }).catch((error: unknown) => {
      // A look that is not shared costs nobody anything; the page's own requests say what is wrong.
      if (!(error instanceof ApiError)) throw error
    })
  }
  const look = () => {
    if (!document.hidden) share('PUT')
  }
  const turn = () => share(document.hidden ? 'DELETE' : 'PUT')
  look()
  const timer = setInterval(look, REPEAT_EVERY_MS)
  document.addEventListener('visibilitychange', turn)
  onCleanup(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', turn)
    share('DELETE')
  })
}
