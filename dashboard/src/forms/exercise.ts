import { createResource } from 'solid-js'
import { requestJson } from '../api/http.ts'

/** The smallest scope there is; like every scope it carries the operation's row. */
const SMALLEST_SCOPE = 'province:00'

type Scope = { readonly rows: readonly (readonly unknown[])[] }

/** Whether the operation is an exercise: whoever asks for help in one must know that nobody comes. */
export function createExercise(): () => boolean {
  const [kind] = createResource(async () => {
    const { rows } = await requestJson<Scope>(`/api/situation?scope=${SMALLEST_SCOPE}`).catch(() => ({ rows: [] }))
    return rows.find(([kind]) => kind === 'operation')?.[3]
  })
  return () => kind.latest !== undefined && kind.latest !== 'live'
}
