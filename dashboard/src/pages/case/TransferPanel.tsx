import { createSignal, For, type JSX, Show } from 'solid-js'
import { BED_LEVELS, type BedLevel } from '../../../../hub/wire/metrics.ts'
import type { CaseFile } from '../../api/cases.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import type { RunCommand } from './CaseScreen.tsx'
import { FacilityChoice } from './FacilityChoice.tsx'
import { useLevelName } from './levels.ts'
import { casePageWords } from './words.ts'

type Step = keyof typeof casePageWords.en.step
type TransferWord = keyof typeof casePageWords.en.transferState

/** Which steps lead on from each state (hub/cases/transfer.ts); the hub says whose they are. */
const STEPS: Readonly<Partial<Record<TransferWord, readonly Step[]>>> = {
  requested: ['approve', 'cancel'],
  approved: ['accept', 'cancel'],
  accepted: ['transport', 'cancel'],
  transport: ['depart', 'cancel'],
  en_route: ['arrive', 'cancel'],
}
const AT_DESTINATION: readonly Step[] = ['accept', 'arrive']

type TransferPanelProps = { file: CaseFile; run: RunCommand; may: readonly string[] }

export function TransferPanel(props: TransferPanelProps): JSX.Element {
  const t = useWords(casePageWords)
  const levelName = useLevelName()
  const [level, setLevel] = createSignal<BedLevel>('1')
  const [facility, setFacility] = createSignal<number>()
  const [busy, setBusy] = createSignal(false)
  const mayPlace = () => props.file.may.includes('case.place')
  const allowed = (step: Step) => (AT_DESTINATION.includes(step) ? props.may.includes('facility.report') : mayPlace())
  const to = () => {
    const chosen = facility()
    return chosen === undefined ? {} : { facility: chosen }
  }
  const go = async (path: string, body: object) => {
    setBusy(true)
    await props.run(path, body)
    setBusy(false)
  }
  const state = () => props.file.transfer?.status as TransferWord | undefined
  return (
    <Show when={props.file.transfer || mayPlace()}>
      <section class="case-panel" aria-labelledby="case-transfer">
        <h2 id="case-transfer">{t('transfer')}</h2>
        <Show
          when={props.file.transfer}
          fallback={
            <form
              class="case-form"
              onSubmit={(event) => {
                event.preventDefault()
                void go(`/api/cases/${props.file.case.id}/transfers`, { level: level(), ...to() })
              }}
            >
              <Field label={t('level')}>
                {(aria) => (
                  <select {...aria} onChange={(event) => setLevel(event.currentTarget.value as BedLevel)}>
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
              <FacilityChoice province={props.file.case.district.slice(0, 2)} choose={setFacility} />
              <Button type="submit" busy={busy()}>
                {t('askTransfer')}
              </Button>
            </form>
          }
        >
          {(transfer) => (
            <>
              <p>
                <b>{t(`transferState.${state() ?? 'requested'}`)}</b> · {levelName(transfer().level)}{' '}
                <small class="case-muted">{t('by', transfer().requestedBy)}</small>
              </p>
              <Show when={state() === 'requested' && mayPlace()}>
                <FacilityChoice province={props.file.case.district.slice(0, 2)} choose={setFacility} />
              </Show>
              <div class="case-choices">
                <For each={(STEPS[state() ?? 'died'] ?? []).filter(allowed)}>
                  {(step) => (
                    <Button
                      busy={busy()}
                      onClick={() => void go(`/api/transfers/${transfer().id}/${step}`, step === 'approve' ? to() : {})}
                    >
                      {t(`step.${step}`)}
                    </Button>
                  )}
                </For>
              </div>
            </>
          )}
        </Show>
      </section>
    </Show>
  )
}
