import { createSignal, For, type JSX, Show } from 'solid-js'
import type { Outcome } from '../../api/cases.ts'
import { useWords } from '../../i18n/language.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import type { EndProps } from './EndCase.tsx'
import { endWords } from './endWords.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

type CloseWord = keyof typeof endWords.en.closeReason
/** What says that there never was a case of its own, or ends it for good. */
const APART: readonly CloseWord[] = ['duplicate', 'invalid', 'died']
const CLOSE_REASONS = (Object.keys(endWords.en.closeReason) as readonly CloseWord[]).filter(
  (reason) => !APART.includes(reason),
)

/** Closes with a reason, and with the outcome where it is known. A death is asked about twice. */
export function CloseDialog(props: EndProps & { close(): void }): JSX.Element {
  const t = useWords(endWords)
  const [outcome, setOutcome] = createSignal<Outcome>()
  const [died, setDied] = createSignal(false)
  const subject = useSubject()
  const [day, setDay] = createSignal<string>()
  const diedOn = () => day() ?? subject.today()
  const [busy, setBusy] = createSignal(false)
  const outcomes = () => props.file.outcomes.filter((each) => each !== 'none' && each !== 'died')
  const send = (reason: CloseWord) => {
    const known = reason === 'died' ? undefined : outcome()
    const died = reason === 'died' ? diedOn() : undefined
    const body = { reason, ...(known && { outcome: known }), ...(died && { outcomeDay: died }) }
    const text = `${t('close')}: ${t(`closeReason.${reason}`)}`
    return props.run(`/api/cases/${props.file.case.id}/close`, body, { text })
  }
  const choose = async (reason: CloseWord) => {
    if (reason !== 'died') return send(reason)
    setDied(true)
    return false
  }
  const confirm = async () => {
    setBusy(true)
    if (await send('died')) props.close()
    setBusy(false)
  }
  return (
    <Show
      when={died()}
      fallback={
        <ReasonDialog
          title={t('close')}
          description={t('reason')}
          reasons={CLOSE_REASONS}
          apart={{ title: t('closeApart'), reasons: APART, danger: 'died' }}
          name={(reason) => t(`closeReason.${reason}`)}
          choose={choose}
          close={props.close}
        >
          <Show when={outcomes().length > 0}>
            <Field label={t('outcomeNone')}>
              {(aria) => (
                <select
                  {...aria}
                  name="outcome"
                  onChange={(event) => setOutcome((event.currentTarget.value || undefined) as Outcome | undefined)}
                >
                  <option value="">–</option>
                  <For each={outcomes()}>{(each) => <option value={each}>{t(`outcomeName.${each}`)}</option>}</For>
                </select>
              )}
            </Field>
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
        <Field label={t('diedDay')} hint={t('diedDayHint')}>
          {(aria) => (
            <input
              {...aria}
              type="date"
              name="outcomeDay"
              max={subject.today()}
              value={diedOn()}
              onInput={(event) => setDay(event.currentTarget.value || undefined)}
            />
          )}
        </Field>
      </Dialog>
    </Show>
  )
}
