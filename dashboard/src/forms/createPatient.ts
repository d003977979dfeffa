import { type Accessor, createSignal } from 'solid-js'
import type { Patience } from '../api/keepTrying.ts'
import { createLoaded } from './createLoaded.ts'

/**
 * What is asked for until it is there (keepTrying): like createLoaded it does not suspend what is around it.
 * @returns it, once it is there, and why the last try failed, for StillTrying
 */
export function createPatient<T>(
  source: Accessor<string>,
  load: (source: string, patience: Pick<Patience, 'failed'>) => Promise<T>,
): readonly [there: Accessor<T | undefined>, trouble: Accessor<unknown>] {
  const [trouble, setTrouble] = createSignal<unknown>()
  const [loaded] = createLoaded(source, (what) => {
    setTrouble(undefined)
    return load(what, { failed: (error) => setTrouble(() => error) })
  })
  const there = () => {
    const state = loaded()
    return state.kind === 'there' ? state.value : undefined
  }
  const why = () => {
    const state = loaded()
    return state.kind === 'failed' ? state.error : trouble()
  }
  return [there, why]
}
