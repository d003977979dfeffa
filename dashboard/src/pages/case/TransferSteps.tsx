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
/** They say where to. */
const LEADS: readonly TransferStep[] = ['approve', 'agree', 'redirect']
const REFUSALS = ['refuse', 'decline', 'reject'] as const
const isRefusal = (step: TransferStep | undefined) => REFUSALS.find((each) => each === step)
/** They lead on; all others end the transfer, and stand apart so that none comes under a pointer where one of these was. */
const ONWARD: readonly TransferStep[] = [
  'approve',
  'agree',
  'redirect',
  'accept',
  'extend',
  'transport',
  'depart',
  'arrive',
]

type TransferStepsProps = {
  /** open to this account */
  steps: readonly TransferStep[]
  /** where to, for those that say it: chosen beside them */
  facility?: number | undefined
  /** that facility is to be asked instead of the one that was: this stands where approving does */
  redirects?: boolean
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
    if (SURE[step] || isRefusal(step)) setAsked(step)
    else void go(step, LEADS.includes(step) ? { facility: props.facility } : {})
  }
  const sure = () => {
    const step = asked()
    const text = step && SURE[step]
    return step && text ? { step, text } : undefined
  }
  const refusing = () => isRefusal(asked())
  const isShown = (step: TransferStep) =>
    step === 'redirect' ? props.redirects === true : step !== 'approve' || !props.redirects
  const onward = () => props.steps.filter((step) => ONWARD.includes(step) && isShown(step))
  const ends = () => props.steps.filter((step) => !ONWARD.includes(step))
  const StepButton = (button: { step: TransferStep }) => (
    <Button
      kind={ONWARD.includes(button.step) && button.step !== 'extend' ? 'primary' : 'plain'}
      busy={busy() === button.step}
      disabled={busy() !== undefined || (LEADS.includes(button.step) && props.facility === undefined)}
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
