import { rowObjects } from '../../../hub/contract/live/rows.ts'
import { ask } from '../api/http.ts'
import { createLoaded } from './createLoaded.ts'

/** The smallest scope there is; like every scope it carries the operation's row. */
const SMALLEST_SCOPE = 'public:00'

const KEY = 'jitasa.operation.kind'
const ANSWER_MS_MAX = 5_000

/** The operation's kind, for pages that follow no live scope. */
export async function fetchKind(): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS_MAX)
    const { r: rows } = await ask('GET /api/situation', { query: { scope: SMALLEST_SCOPE }, signal })
    const kind = rowObjects(rows, 'operation')[0]?.kind
    remember(kind)
    return kind
  } catch (error) {
    const known = remembered()
    if (known === null) throw error
    return known
  }
}

// A page that opens without a network would lose the mark of the drill; what was so when the hub was last heard stands.
function remember(kind: string | undefined): void {
  try {
    if (kind !== undefined) localStorage.setItem(KEY, kind)
  } catch (error) {
    console.info('Whether this is a drill is not kept on this device.', error)
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Whether the operation is an exercise: whoever asks for help in one must know that nobody comes. */
export function createExercise(): () => boolean {
  const [kind] = createLoaded(() => SMALLEST_SCOPE, fetchKind)
  return () => {
    const loaded = kind()
    return loaded.kind === 'there' && loaded.value !== undefined && loaded.value !== 'live'
  }
}
