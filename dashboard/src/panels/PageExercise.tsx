import { useLocation } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { createLoaded } from '../forms/createLoaded.ts'
import { fetchKind } from '../forms/exercise.ts'
import { useWords } from '../i18n/language.tsx'
import { exerciseOf } from './exerciseOf.ts'
import { linkWords } from './linkWords.ts'
import './PageExercise.css'

/**
 * The mark above every page that has none of its own: the start, sign-in, a screen that waits, an error, whatever page
 * comes next. Pages that follow a live scope, and forms, say it themselves; the style sheet then hides this one.
 */
export function PageExercise(): JSX.Element {
  const t = useWords(linkWords)
  const location = useLocation()
  const [kind] = createLoaded(() => location.pathname, fetchKind)
  const exercise = () => {
    const loaded = kind()
    return loaded.kind === 'there' ? exerciseOf(loaded.value) : undefined
  }
  return (
    <Show when={exercise()}>
      {(what) => (
        <div class="page-exercise" role="note">
          <b>{t(`exercise.${what()}`)}</b> {t(`exerciseText.${what()}`)}
        </div>
      )}
    </Show>
  )
}
