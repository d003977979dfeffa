import { createSignal, For, type JSX, Show } from 'solid-js'
import { TEXT_MAX } from '../../../../hub/contract/vocabulary/period.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { TextAreaField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import type { PartProps } from './part.ts'
import type { CommandArea } from './summary.ts'
import { periodWords } from './words.ts'

type Entry = CommandArea['log'][number]

const isDecision = ({ kind }: Entry) => kind === 'decision' || kind === 'correction'

/** Everything of the shift in the order it happened; decisions are put right by another entry, and none goes away. */
export function Log(props: PartProps): JSX.Element {
  const t = useWords(periodWords)
  const { format } = useLanguage()
  const [text, setText] = createSignal('')
  const [correcting, setCorrecting] = createSignal<Entry>()
  const [only, setOnly] = createSignal(false)
  const { busy, problem, send } = createSubmit()
  const attempt = createAttempt()
  const shown = () => props.command.log.filter((entry) => !only() || isDecision(entry))
  const corrected = (id: number | null) => props.command.log.find((entry) => entry.id === id)?.text

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    const corrects = correcting()?.id
    const body = { area: props.area, text: text(), ...(corrects !== undefined && { corrects }) }
    await send(async () => {
      await ask('POST /api/decisions', { body, key: attempt.keyOf(body) })
      attempt.answered()
      setText('')
      setCorrecting(undefined)
      props.changed()
    })
  }
  return (
    <section class="desk-card" aria-labelledby="period-log">
      <h2 id="period-log">{t('log.title')}</h2>
      <Show when={props.mayWrite}>
        <form class="period-form" onSubmit={(event) => void submit(event)}>
          <Show when={correcting()}>
            {(entry) => (
              <p class="desk-warning">
                {t('log.correcting', entry().text)}{' '}
                <Button onClick={() => setCorrecting(undefined)}>{t('log.cancel')}</Button>
              </p>
            )}
          </Show>
          <TextAreaField
            label={t('log.decision')}
            hint={t('hint')}
            error={problem()?.fields.text}
            name="decision"
            rows={2}
            maxLength={TEXT_MAX.decision}
            value={text()}
            onText={setText}
            required
          />
          <ProblemNote text={problem()?.text} />
          <Button type="submit" kind="primary" busy={busy()}>
            {t('log.send')}
          </Button>
        </form>
      </Show>
      <label class="desk-check">
        <input type="checkbox" checked={only()} onChange={({ currentTarget }) => setOnly(currentTarget.checked)} />
        {t('log.only')}
      </label>
      <Show when={shown().length > 0} fallback={<p>{t('log.none')}</p>}>
        <ol class="period-list" reversed>
          <For each={shown()}>
            {(entry) => (
              <li data-entry={entry.kind}>
                <p class="desk-muted">
                  {t('by', entry.by, format().moment(entry.at, props.now))} · {t(`log.kind.${entry.kind}`)}
                  <Show when={entry.state}>{(state) => ` ${t(`objectives.state.${state()}`)}`}</Show>
                </p>
                <p class="period-summary">{entry.text}</p>
                <Show when={corrected(entry.corrects)}>
                  {(was) => <p class="desk-muted">{t('log.correcting', was())}</p>}
                </Show>
                <Show when={props.mayWrite && isDecision(entry)}>
                  <Button aria-label={`${t('log.correct')}: ${entry.text}`} onClick={() => setCorrecting(entry)}>
                    {t('log.correct')}
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  )
}
