import { createEffect, For, type JSX, Show } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { formWords } from './words.ts'

export type ShownProblem = { readonly field: string; readonly text: string }

const CONTROL = ':is(input, select, textarea, button)'

/** Brings the control of a field into view and gives it the focus. Fields are marked with `data-field`. */
export function focusField(field: string): void {
  const place = document.querySelector(`[data-field="${field}"]`)
  const control =
    place?.querySelector<HTMLElement>(`${CONTROL}[aria-invalid="true"]`) ?? place?.querySelector<HTMLElement>(CONTROL)
  control?.focus()
  place?.scrollIntoView({ block: 'center' })
}

/** Everything that has to be corrected, said to screen readers at once; the first field takes the focus. */
export function ErrorSummary(props: { problems: readonly ShownProblem[] }): JSX.Element {
  const t = useWords(formWords)
  createEffect(() => {
    const [first] = props.problems
    if (first) focusField(first.field)
  })
  return (
    <div role="alert" class="error-place">
      <Show when={props.problems.length > 0}>
        <div class="error-summary">
          <p>{t('problems')}</p>
          <ul>
            <For each={props.problems}>
              {(problem) => (
                <li>
                  <button type="button" onClick={() => focusField(problem.field)}>
                    {problem.text}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </div>
  )
}
