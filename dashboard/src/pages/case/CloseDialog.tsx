import { createSignal, type JSX, Show } from 'solid-js'
import { ENDINGS, type Ending } from '../../../../hub/contract/vocabulary/outcomes.ts'
import { CLOSE_REASONS, type CloseReason } from '../../../../hub/contract/vocabulary/stages.ts'
import { ask } from '../../api/http.ts'
import { createBusy } from '../../forms/createBusy.ts'
import { InputField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { EndProps } from './command.ts'
import { endWords } from './endWords.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

/** What says that there never was a case of its own, or ends it for good. */
const APART: readonly CloseReason[] = ['duplicate', 'invalid', 'died']
const OF_EVERY_DAY = CLOSE_REASONS.filter((reason) => !APART.includes(reason))

/** Closes with a reason, and with the outcome where it is known. A death is asked about twice. */
export function CloseDialog(props: EndProps & { close(): void }): JSX.Element {
  const t = useWords(endWords)
  const [outcome, setOutcome] = createSignal<Ending>()
  const [died, setDied] = createSignal(false)
  const subject = useFollowed()
  const [day, setDay] = createSignal<string>()
  const diedOn = () => day() ?? subject.today()
  const [busy, during] = createBusy()
  const outcomes = () => ENDINGS.filter((each) => each !== 'died' && props.file.outcomes.includes(each))
  const send = (reason: CloseReason) => {
    const known = reason === 'died' ? undefined : outcome()
    const died = reason === 'died' ? diedOn() : undefined
    const body = { reason, ...(known && { outcome: known }), ...(died && { outcomeDay: died }) }
    const text = `${t('close')}: ${t(`closeReason.${reason}`)}`
    return props.run((key) => ask('POST /api/cases/{id}/close', { params: { id: props.file.case.id }, body, key }), {
      text,
    })
  }
  const choose = async (reason: CloseReason) => {
    if (reason !== 'died') return send(reason)
    setDied(true)
    return false
  }
  const confirm = async () => {
    if (await during(() => send('died'))) props.close()
  }
  return (
    <Show
      when={died()}
      fallback={
        <ReasonDialog
          title={t('close')}
          description={t('reason')}
          reasons={OF_EVERY_DAY}
          apart={{ title: t('closeApart'), reasons: APART, danger: 'died' }}
          name={(reason) => t(`closeReason.${reason}`)}
          choose={choose}
          close={props.close}
        >
          <Show when={outcomes().length > 0}>
            <SelectField
              label={t('outcomeNone')}
              name="outcome"
              options={['', ...outcomes()]}
              value={outcome() ?? ''}
              text={(each) => (each === '' ? '–' : t(`outcomeName.${each}`))}
              onChange={(each) => setOutcome(each || undefined)}
            />
          </Show>
        </ReasonDialog>
      }
    >
      <Dialog
        open
        onOpenChange={() => props.close()}
        title={t('closeReason.died')}
        description={t('sureDied')}
        actions={
          <>
            <Button onClick={() => setDied(false)}>{t('back')}</Button>
            <Button kind="danger" busy={busy()} data-action="confirm-died" onClick={() => void confirm()}>
              {t('died')}
            </Button>
          </>
        }
      >
        <InputField
          label={t('diedDay')}
          hint={t('diedDayHint')}
          type="date"
          name="outcomeDay"
          max={subject.today()}
          value={diedOn()}
          onText={(text) => setDay(text || undefined)}
        />
      </Dialog>
    </Show>
  )
}
