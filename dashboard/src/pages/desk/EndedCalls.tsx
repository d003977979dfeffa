import { createEffect, For, type JSX, on, Show } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { hotlineWords } from './words.ts'

type Ended = Answer<'GET /api/calls'>['calls'][number]

/** What became of the calls of a day, and by whom. */
export function EndedCalls(props: { province: string; changed: number }): JSX.Element {
  const t = useWords(hotlineWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const [loaded, again] = createLoaded(
    () => props.province,
    (area) => ask('GET /api/calls', { query: { area } }),
  )
  createEffect(on(() => props.changed, again, { defer: true }))
  const failed = () => failureOf(loaded(), common)?.text
  const calls = () => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value.calls : []
  }
  const how = ({ outcome }: Ended) =>
    outcome === null || outcome === 'answered' ? t('answered') : t(`result.${outcome}`)
  return (
    <details class="desk-card">
      <summary>{t('ended')}</summary>
      <ProblemNote text={failed()} />
      <Show when={calls().length > 0} fallback={<p class="desk-muted">{t('endedNone')}</p>}>
        <ol class="hotline-ended">
          <For each={calls()}>
            {(call) => (
              <li>
                {t('endedLine', format().time(call.endedAt ?? call.rangAt), how(call), call.endedBy ?? '')}
                <Show when={call.case}>{(id) => <a href={`/case/${id()}`}> · {t('caseOf', String(id()))}</a>}</Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </details>
  )
}
