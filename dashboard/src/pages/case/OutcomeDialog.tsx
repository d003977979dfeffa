import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Outcome } from '../../../../hub/contract/vocabulary/outcomes.ts'
import { ask } from '../../api/http.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { InputField } from '../../forms/InputField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { EndProps } from './command.ts'
import { endWords } from './endWords.ts'

/** Outcomes that have a day (hub/work/cases/outcome.ts). */
const WITH_DAY: readonly Outcome[] = ['recovered', 'died']

/** Sets how it ended, or corrects it: two taps, because the numbers of all screens follow. */
export function OutcomeDialog(props: EndProps & { close(): void }): JSX.Element {
  const t = useWords(endWords)
  const subject = useFollowed()
  const [outcome, setOutcome] = createSignal<Exclude<Outcome, 'unknown'>>()
  const [day, setDay] = createSignal<string>()
  const [busy, during] = createBusy()
  const withDay = () => WITH_DAY.includes(outcome() ?? 'none')
  const today = () => subject.today()
  const choices = () => props.file.outcomes.filter((each) => each !== 'unknown')
  const save = async () => {
    const ended = outcome()
    if (ended === undefined) return
    const chosen = day() ?? today()
    const body = { outcome: ended, ...(withDay() && chosen ? { day: chosen } : {}) }
    const undo = { text: `${t('outcome')}: ${t(`outcomeName.${ended}`)}` }
    const send = (key: string) => ask('POST /api/cases/{id}/outcome', { params: { id: props.file.case.id }, body, key })
    if (await during(() => props.run(send, undo))) props.close()
  }
  return (
    <Dialog
      open
      onOpenChange={() => props.close()}
      title={t('outcome')}
      description={t('outcomeHint')}
      actions={
        <>
          <Button onClick={() => props.close()}>{t('back')}</Button>
          <Button
            kind={outcome() === 'died' ? 'danger' : 'primary'}
            busy={busy()}
            disabled={outcome() === undefined}
            data-action="save-outcome"
            onClick={() => void save()}
          >
            {t('correct')}
          </Button>
        </>
      }
    >
      <p>
        {t('outcomeNow')}: <b>{t(`outcomeName.${props.file.case.outcome}`)}</b> {props.file.case.outcomeDay}
      </p>
      <fieldset class="reasons case-choose" aria-label={t('outcome')}>
        <For each={choices()}>
          {(each) => (
            <Button aria-pressed={outcome() === each} data-outcome={each} onClick={() => setOutcome(each)}>
              {t(`outcomeName.${each}`)}
            </Button>
          )}
        </For>
      </fieldset>
      <Show when={withDay()}>
        <InputField
          label={t('outcomeDay')}
          type="date"
          name="day"
          min={outcome() === 'died' ? undefined : props.file.case.reportDay}
          max={today()}
          value={day() ?? today()}
          onText={(text) => setDay(text || undefined)}
        />
      </Show>
    </Dialog>
  )
}
