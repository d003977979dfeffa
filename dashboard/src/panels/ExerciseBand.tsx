import { For, type JSX, Show } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import './ExerciseBand.css'
import { linkWords } from './linkWords.ts'
import { useSubject } from './subject.tsx'

export type Exercise = 'drill' | 'replay'

/** Whether the operation is an exercise; a kind this page does not know is taken for one rather than for real. */
export function useExercise(): () => Exercise | undefined {
  const { operation } = useSubject()
  return () => exerciseOf(operation()?.kind)
}

export function exerciseOf(kind: unknown): Exercise | undefined {
  if (kind === undefined || kind === 'live') return undefined
  return kind === 'replay' ? 'replay' : 'drill'
}

/** A striped band over the full width, its word said at both ends, so that no photograph of the screen lacks it. */
export function ExerciseBand(): JSX.Element {
  const t = useWords(linkWords)
  const exercise = useExercise()
  return (
    <Show when={exercise()}>
      {(kind) => (
        <div class="exercise-band" role="note">
          <div class="exercise-band-words">
            <For each={[0, 1, 2]}>
              {(i) => (
                <span aria-hidden={i > 0 ? 'true' : undefined}>
                  <b>{t(`exercise.${kind()}`)}</b> {t(`exerciseText.${kind()}`)}
                </span>
              )}
            </For>
          </div>
        </div>
      )}
    </Show>
  )
}
