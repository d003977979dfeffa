import { For, type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import type { Counts, PairCourse } from './createPairs.ts'
import { facilityWords } from './words.ts'

type PairFieldsProps<P extends string> = {
  pairs: PairCourse<P>
  /** of these alone */
  parts?: readonly P[]
  name(part: P): string
  /** of the two numbers */
  labels(part: P): readonly [string, string]
  reportedAt(part: P): number | undefined
  /** what is wrong with two counts that are counts */
  wrong?(counts: Counts): string | undefined
  /** what follows from them */
  note?(counts: Counts): string | undefined
  change(work: () => void): void
}

/** Two numbers of each part, with what they were, and whether it is reported. */
export function PairFields<P extends string>(props: PairFieldsProps<P>): JSX.Element {
  return <For each={props.parts ?? props.pairs.parts}>{(part) => <PartFields {...props} part={part} />}</For>
}

function PartFields<P extends string>(props: PairFieldsProps<P> & { part: P }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const { pairs, part } = props
  const touched = () => pairs.isTouched(part)
  const counts = () => pairs.counts(part)
  const error = () => {
    const now = counts()
    return now === undefined ? t('standing.wrongNumber') : props.wrong?.(now)
  }
  const note = () => {
    const now = counts()
    return now && props.note?.(now)
  }
  return (
    <fieldset class="bed-level" data-part={part} classList={{ 'bed-level-edited': touched() }}>
      <legend>
        <b>{props.name(part)}</b>
        <Show when={props.reportedAt(part)}>
          {(at) => <small> · {t('reportedAt', format().moment(at(), hubNow()))}</small>}
        </Show>
      </legend>
      <div class="pair-fields">
        <For each={[0, 1] as const}>
          {(at) => (
            <label class="bed-state">
              <span>{props.labels(part)[at]}</span>
              <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                name={`${part}.${at}`}
                value={pairs.texts(part)[at]}
                aria-invalid={touched() && error() ? 'true' : undefined}
                onFocus={({ currentTarget }) => currentTarget.select()}
                onInput={({ currentTarget }) => props.change(() => pairs.type(part, at, currentTarget.value))}
              />
              <Show when={touched() && pairs.live(part)}>
                {(live) => (
                  <small>
                    {t('beds.live')} {format().number(live()[at])}
                  </small>
                )}
              </Show>
            </label>
          )}
        </For>
      </div>
      <p class="bed-check" aria-live="polite">
        <Show when={touched() && error()}>{(text) => <span class="field-error">{text()}</span>}</Show>
        <Show when={note()}>{(text) => <span data-note={part}>{text()}</span>}</Show>
        <Show
          when={touched()}
          fallback={
            <Show when={pairs.live(part)}>
              <button
                type="button"
                class="form-link"
                data-action="as-it-was"
                onClick={() => props.change(() => pairs.asItWas(part))}
              >
                {t('beds.asItWas')}
              </button>
            </Show>
          }
        >
          <button
            type="button"
            class="form-link"
            data-action="leave-out"
            onClick={() => props.change(() => pairs.leaveOut(part))}
          >
            {t('standing.leaveOut')}
          </button>
        </Show>
      </p>
    </fieldset>
  )
}
