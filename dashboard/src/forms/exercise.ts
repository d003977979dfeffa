import type { Delta } from '../../../hub/wire/messages.ts'
import { rowObject } from '../../../hub/wire/rows.ts'
import { requestJson } from '../api/http.ts'
import { createLoaded } from './createLoaded.ts'

/** The smallest scope there is; like every scope it carries the operation's row. */
const SMALLEST_SCOPE = 'province:00'

/** The operation's kind, for pages that follow no live scope. */
export async function fetchKind(): Promise<unknown> {
  const { r: rows } = await requestJson<Delta>(`/api/situation?scope=${SMALLEST_SCOPE}`)
  const operation = rows.find(([kind]) => kind === 'operation')
  return operation && rowObject<'operation'>(operation).kind
}

/** Whether the operation is an exercise: whoever asks for help in one must know that nobody comes. */
export function createExercise(): () => boolean {
  const [kind] = createLoaded(() => SMALLEST_SCOPE, fetchKind)
  return () => {
    const loaded = kind()
    return loaded.kind === 'there' && loaded.value !== undefined && loaded.value !== 'live'
  }
}
