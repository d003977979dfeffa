import { createMemo, createResource, For, type JSX, Match, Show, Switch } from 'solid-js'
import { ask } from '../../../api/http.ts'
import { useLanguage, useWords } from '../../../i18n/language.tsx'
import { type Part, placeName, useSubject } from '../../../panels/subject.tsx'
import { useAge } from '../../../panels/useFreshness.ts'
import { useTone } from '../../../panels/useThresholds.ts'
import { CallDesk } from '../../../sites/CallDesk.tsx'
import { Line, Question, Unread } from './Question.tsx'
import { briefWords } from './words.ts'

const SHOWN = 3

/** How many sites are past their deadline, and which are worst. */
export function LateAnswer(props: { of: Part | undefined; now: number }): JSX.Element {
  const t = useWords(briefWords)
  const { format, language } = useLanguage()
  const { area, read } = useSubject()
  const age = useAge()
  const toneOf = useTone()
  const code = () => props.of?.code ?? area
  const sites = createMemo(() => read('reporting.sites', props.of ? { of: props.of } : {}))
  const late = () => sites().parts - sites().reported
  const [names, { refetch }] = createResource(
    () => late() > 0 && `${code()} ${late()}`,
    async () => (await ask('GET /api/late', { query: { area: code(), limit: SHOWN } })).facilities,
  )
  const href = () => `/late?area=${code()}`
  return (
    <Question of="late" tone={toneOf('reporting.sites', sites().value)}>
      <Switch>
        <Match when={sites().value === null}>
          <p>{t('late.unknown')}</p>
        </Match>
        <Match when={late() === 0}>
          <p>{t('late.none', format().number(sites().parts))}</p>
        </Match>
        <Match when={true}>
          <Line href={href()}>
            <b>{t('late.some', format().number(late()), format().number(sites().parts))}</b>
          </Line>
          <Show when={!names.error} fallback={<Unread again={() => void refetch()} />}>
            <small class="brief-names">
              <For each={names.latest}>
                {(one) => (
                  <span>
                    <Show when={one.contact} fallback={placeName(one, language())}>
                      {(contact) => <CallDesk contact={contact()} name={placeName(one, language())} />}
                    </Show>
                    <Show when={one.reportedAt !== null}> ({age(props.now - (one.reportedAt ?? 0))})</Show>
                  </span>
                )}
              </For>
            </small>
          </Show>
        </Match>
      </Switch>
    </Question>
  )
}
