import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { alertsWords } from './words.ts'

/** What has happened to an alert, by whom and with which word. @param changed another history when it is another text */
export function AlertHistory(props: { id: number; changed: string; now: number }): JSX.Element {
  const t = useWords(alertsWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const [read, again] = createLoaded(
    () => `${props.id} ${props.changed}`,
    () => ask('GET /api/alerts/{id}', { params: { id: props.id } }),
  )
  const events = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value.events : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <Switch fallback={<Skeleton height="3rem" />}>
      <Match when={failed()}>{(problem) => <ErrorState text={problem().text} retry={again} />}</Match>
      <Match when={events()}>
        {(all) => (
          <ol class="alert-history">
            <For each={all()}>
              {(event) => (
                <li data-event={event.kind}>
                  {format().moment(event.at, props.now)} · {t(`event.${event.kind}`)} · {event.by ?? t('past.hub')}
                  <Show when={event.comment}>{(comment) => <q>{comment()}</q>}</Show>
                </li>
              )}
            </For>
          </ol>
        )}
      </Match>
    </Switch>
  )
}
