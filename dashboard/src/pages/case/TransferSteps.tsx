import { createSignal, For, type JSX, Show } from 'solid-js'
import { REJECT_REASONS, type TransferStep } from '../../../../hub/contract/vocabulary/transfers.ts'
import type { StepBody } from '../../api/cases.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import './TransferSteps.css'
import { transferWords } from './transferWords.ts'

/** Steps that cannot be taken back: they ask first, and say what follows. */
const SURE: Readonly<Partial<Record<TransferStep, keyof typeof transferWords.en.sure>>> = {
  arrive: 'arrive',
  cancel: 'cancel',
  died: 'died',
  'died-at-destination': 'died',
}
/** They lead on; all others end the transfer, and stand apart so that none comes under a pointer where one of these was. */
const ONWARD: readonly TransferStep[] = ['approve', 'accept', 'extend', 'transport', 'depart', 'arrive']

type TransferStepsProps = {
  /** open to this account */
  steps: readonly TransferStep[]
  /** where to, for `approve`: chosen beside it */
  facility?: number | undefined
  /** @returns whether it was carried out */
  go(step: TransferStep, body: StepBody): Promise<boolean>
}

/** The steps of a transfer as buttons: one leads on, the others end it. */
export function TransferSteps(props: TransferStepsProps): JSX.Element {
  const t = useWords(transferWords)
  const [busy, during] = createBusyWith<TransferStep>()
  const [asked, setAsked] = createSignal<TransferStep>()
  const close = () => setAsked(undefined)
  const go = (step: TransferStep, body: StepBody) => during(step, () => props.go(step, body))
  const press = (step: TransferStep) => {
    if (SURE[step] || step === 'refuse' || step === 'reject') setAsked(step)
    else void go(step, step === 'approve' ? { facility: props.facility } : {})
  }
  const sure = () => {
    const step = asked()
    const text = step && SURE[step]
    return step && text ? { step, text } : undefined
  }
  const refusing = () => {
    const step = asked()
    return step === 'refuse' || step === 'reject' ? step : undefined
  }
  const onward = () => props.steps.filter((step) => ONWARD.includes(step))
  const ends = () => props.steps.filter((step) => !ONWARD.includes(step))
  const StepButton = (button: { step: TransferStep }) => (
    <Button
      kind={ONWARD.includes(button.step) && button.step !== 'extend' ? 'primary' : 'plain'}
      busy={busy() === button.step}
      disabled={busy() !== undefined || (button.step === 'approve' && props.facility === undefined)}
      data-step={button.step}
      onClick={() => press(button.step)}
    >
      {t(`step.${button.step}`)}
    </Button>
  )
  return (
    <>
      <div class="transfer-steps">
        <For each={onward()}>{(step) => <StepButton step={step} />}</For>
        <Show when={ends().length > 0}>
          <span class="transfer-ends">
            <For each={ends()}>{(step) => <StepButton step={step} />}</For>
          </span>
        </Show>
      </div>
      <Show when={refusing()}>
        {(step) => (
          <ReasonDialog
            title={t(`step.${step()}`)}
            description={t('whyRefuse')}
            reasons={REJECT_REASONS}
            name={(reason) => t(`refusal.${reason}`)}
            choose={(reason) => go(step(), { reason })}
            close={close}
          />
        )}
      </Show>
      <Show when={sure()}>
        {(what) => (
          <Dialog
            open
            onOpenChange={close}
            title={t(`step.${what().step}`)}
            description={t(`sure.${what().text}`)}
            actions={
              <>
                <Button onClick={close}>{t('back')}</Button>
                <Button
                  kind={what().step === 'arrive' ? 'primary' : 'danger'}
                  busy={busy() !== undefined}
                  data-action="confirm-step"
                  onClick={() => void go(what().step, {}).then((done) => done && close())}
                >
                  {t(`step.${what().step}`)}
                </Button>
              </>
            }
          />
        )}
      </Show>
    </>
  )
}
