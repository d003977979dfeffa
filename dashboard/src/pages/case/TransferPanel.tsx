import { createSignal, For, type JSX, Show } from 'solid-js'
import { BED_LEVELS, type BedLevel } from '../../../../hub/wire/metrics.ts'
import type { CaseFile, RejectReason, Transfer, TransferStep } from '../../api/cases.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import type { RunCommand } from './command.ts'
import { FacilityChoice, useFacilityName } from './FacilityChoice.tsx'
import { useLevelName } from './levels.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { transferWords } from './transferWords.ts'
import { casePageWords } from './words.ts'

const REFUSALS = Object.keys(transferWords.en.refusal) as readonly RejectReason[]
/** Steps that cannot be taken back: they ask first, and say what follows. */
const SURE: Readonly<Partial<Record<TransferStep, keyof typeof transferWords.en.sure>>> = {
  arrive: 'arrive',
  cancel: 'cancel',
  died: 'died',
  'died-at-destination': 'died',
}

/** The way to the bed; all other steps end the transfer. */
const ONWARDS: readonly TransferStep[] = ['approve', 'accept', 'transport', 'depart', 'arrive']

type TransferPanelProps = { file: CaseFile; run: RunCommand; ended: boolean }

export function TransferPanel(props: TransferPanelProps): JSX.Element {
  const t = useWords(transferWords)
  const { format } = useLanguage()
  const mayAsk = () => props.file.may.includes('case.place') && !props.ended
  const last = () => {
    const ended = props.file.lastTransfer
    if (ended === null) return undefined
    const why = ended.rejectedReason === null ? '' : ` (${t(`refusal.${ended.rejectedReason}`)})`
    return t('last', `${t(`state.${ended.status}`)}${why}`, format().time(ended.updatedAt))
  }
  return (
    <Show when={props.file.transfer || mayAsk() || last()}>
      <section class="case-panel" aria-labelledby="case-transfer">
        <h2 id="case-transfer">{t('transfer')}</h2>
        <Show when={last()}>{(text) => <p class="case-last-transfer">{text()}</p>}</Show>
        <Show when={props.file.transfer} fallback={mayAsk() && <AskTransfer {...props} />}>
          {(transfer) => <UnderWay {...props} transfer={transfer()} />}
        </Show>
      </section>
    </Show>
  )
}

function AskTransfer(props: TransferPanelProps): JSX.Element {
  const t = useWords(transferWords)
  const words = useWords(casePageWords)
  const levelName = useLevelName()
  const [level, setLevel] = createSignal<BedLevel>('1')
  const [facility, setFacility] = createSignal<number>()
  const [busy, setBusy] = createSignal(false)
  const ask = async () => {
    setBusy(true)
    const to = facility()
    const body = { level: level(), ...(to === undefined ? {} : { facility: to }) }
    await props.run(`/api/cases/${props.file.case.id}/transfers`, body)
    setBusy(false)
  }
  return (
    <form
      class="case-form"
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <Field label={words('level')}>
        {(aria) => (
          <select {...aria} name="transfer-level" onChange={(event) => setLevel(event.currentTarget.value as BedLevel)}>
            <For each={BED_LEVELS}>
              {(each) => (
                <option value={each} selected={each === level()}>
                  {levelName(each)}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <FacilityChoice province={props.file.case.district.slice(0, 2)} level={level()} choose={setFacility} />
      <Button type="submit" busy={busy()} data-action="ask-transfer">
        {t('ask')}
      </Button>
    </form>
  )
}

function UnderWay(props: TransferPanelProps & { transfer: Transfer }): JSX.Element {
  const t = useWords(transferWords)
  const levelName = useLevelName()
  const province = () => props.file.case.district.slice(0, 2)
  const facilityName = useFacilityName(province)
  const [facility, setFacility] = createSignal<number>()
  const [busy, setBusy] = createSignal<TransferStep>()
  const [asked, setAsked] = createSignal<TransferStep>()
  const close = () => setAsked(undefined)
  const go = async (step: TransferStep, body: object) => {
    setBusy(step)
    const done = await props.run(`/api/transfers/${props.transfer.id}/${step}`, body)
    setBusy(undefined)
    return done
  }
  const press = (step: TransferStep) => {
    if (SURE[step] || step === 'refuse' || step === 'reject') setAsked(step)
    else void go(step, step === 'approve' && facility() !== undefined ? { facility: facility() } : {})
  }
  // Two rows that stay where they are: what calls it off never comes under a pointer that has just sent it on.
  const onwards = () => props.file.steps.filter((step) => ONWARDS.includes(step))
  const backOut = () => props.file.steps.filter((step) => !ONWARDS.includes(step))
  const noFacility = () => props.transfer.toFacility === null && facility() === undefined
  const sure = () => {
    const step = asked()
    const text = step && SURE[step]
    return step && text ? { step, text } : undefined
  }
  const refusing = () => {
    const step = asked()
    return step === 'refuse' || step === 'reject' ? step : undefined
  }
  return (
    <>
      <p data-transfer={props.transfer.status}>
        <b>{t(`state.${props.transfer.status}`)}</b> · {levelName(props.transfer.level)}{' '}
        <Show when={props.transfer.toFacility}>{(id) => <span>{t('to', facilityName(id()))} </span>}</Show>
        <small class="case-muted">{t('by', props.transfer.requestedBy)}</small>
      </p>
      <Show when={props.file.steps.includes('approve')}>
        <FacilityChoice province={province()} level={props.transfer.level} choose={setFacility} />
        <Show when={noFacility()}>
          <p class="case-muted">{t('approveNeeds')}</p>
        </Show>
      </Show>
      <For each={[onwards(), backOut()]}>
        {(steps, row) => (
          <div class="case-choices case-steps" classList={{ 'case-apart': row() === 1 }}>
            <For each={steps}>
              {(step) => (
                <Button
                  busy={busy() === step}
                  disabled={busy() !== undefined || (step === 'approve' && noFacility())}
                  data-step={step}
                  onClick={() => press(step)}
                >
                  {t(`step.${step}`)}
                </Button>
              )}
            </For>
          </div>
        )}
      </For>
      <Show when={refusing()}>
        {(step) => (
          <ReasonDialog
            title={t(`step.${step()}`)}
            description={t('whyRefuse')}
            reasons={REFUSALS}
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
