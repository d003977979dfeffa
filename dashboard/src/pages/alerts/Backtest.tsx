import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js'
import { type Answer, ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { Button } from '../../ui/Button.tsx'
import type { RuleBody } from './ruleDraft.ts'
import { ruleWords } from './ruleWords.ts'

/** How often the rule would have rung, before it is kept. */
export function Backtest(props: { body: RuleBody | undefined }): JSX.Element {
  const t = useWords(ruleWords)
  const { format } = useLanguage()
  const submit = createSubmit()
  const [tried, setTried] = createSignal<Answer<'POST /api/alert-rules/backtest'>>()
  // What was said of another rule is not said of this one.
  createEffect(
    on(
      () => JSON.stringify(props.body),
      () => setTried(),
    ),
  )
  const ask30 = () =>
    submit.send(async () => {
      if (props.body) setTried(await ask('POST /api/alert-rules/backtest', { body: props.body }))
    })
  const number = (n: number) => format().number(n)
  return (
    <div class="alert-backtest">
      <Button busy={submit.busy()} disabled={props.body === undefined} onClick={() => void ask30()}>
        {t('backtest.ask')}
      </Button>
      <div role="status">
        <Show when={tried()}>
          {(answer) => (
            <Show when={answer().why === null} fallback={<p>{t('backtest.noHistory')}</p>}>
              <p>
                <b>{t('backtest.rang', number(answer().rang), number(answer().days), number(answer().floods))}</b>{' '}
                {t('backtest.known', number(answer().known))}
              </p>
              <Show when={answer().areas.length > 0}>
                <ul class="alert-backtest-areas">
                  <For each={answer().areas}>
                    {({ area, times }) => (
                      <li>
                        <AreaName code={area} />: {number(times)}
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            </Show>
          )}
        </Show>
      </div>
      <ProblemNote text={submit.problem()?.text} />
    </div>
  )
}
