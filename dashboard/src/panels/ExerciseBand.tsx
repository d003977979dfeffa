import { For, type JSX, Show } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import './ExerciseBand.css'
import { type Exercise, exerciseOf } from './exerciseOf.ts'
import { useFollowed } from './followed.ts'
import { linkWords } from './linkWords.ts'

/** Whether what is followed is an exercise. */
export function useExercise(): () => Exercise | undefined {
  const { operation } = useFollowed()
  return () => exerciseOf(operation()?.kind)
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
