import { createSignal, For, type JSX, Show } from 'solid-js'
import { CLASSIFICATIONS, type Classification } from '../../../../hub/contract/vocabulary/classifications.ts'
import { MILDER_REASONS, type MilderReason } from '../../../../hub/contract/vocabulary/severity.ts'
import { ask } from '../../api/http.ts'
import { workWords } from '../../cases/words.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { SeverityMark } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import type { EndProps } from './command.ts'
import { complaintWords } from './complaintWords.ts'
import type { ComplaintState } from './createComplaint.ts'
import { OverrideField } from './OverrideField.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { casePageWords } from './words.ts'

const TRIAGE = ['red', 'yellow', 'green'] as const
type Triaged = (typeof TRIAGE)[number]

/**
 * Severity with one tap; with it goes what the test says and whether the person is of the 608. Without a severity the
 * hub takes none of it, so a case that has one can save the rest alone.
 */
export function Triage(props: EndProps & { complaint: ComplaintState }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const common = useWords(commonWords)
  const complaint = useWords(complaintWords)
  const [override, setOverride] = createSignal('')
  const [classification, setClassification] = createSignal<Classification>()
  const [risk608, setRisk608] = createSignal<boolean>()
  const [busy, during] = createBusyWith<Triaged | 'rest'>()
  const one = () => props.file.case
  const changed = () => ({
    ...(classification() === undefined || classification() === one().classification
      ? {}
      : { classification: classification() }),
    ...(risk608() === undefined || risk608() === one().risk608 ? {} : { risk608: risk608() }),
  })
  const known = () => TRIAGE.find((each) => each === one().severity)
  const [milder, setMilder] = createSignal<{ readonly severity: Triaged; readonly button: Triaged | 'rest' }>()
  const wantsReason = (severity: Triaged) =>
    typeof props.complaint === 'object' && props.complaint.reasonFor.includes(severity)
  const triage = async (severity: Triaged, button: Triaged | 'rest' = severity, reason?: MilderReason) => {
    if (reason === undefined && wantsReason(severity)) {
      setMilder({ severity, button })
      return false
    }
    // Whoever saves the rest decides nothing anew; whoever chooses red again takes the responsibility again.
    const named = override().trim() || (button === 'rest' && one().override) || ''
    const body = { severity, ...changed(), ...(named === '' ? {} : { override: named }), ...(reason && { reason }) }
    const send = (key: string) => ask('POST /api/cases/{id}/triage', { params: { id: one().id }, body, key })
    const undo = { text: `${t('triage')}: ${common(`severity.${severity}`)}` }
    const done = await during(button, () => props.run(send, undo))
    if (done) {
      setClassification(undefined)
      setRisk608(undefined)
    }
    return done
  }
  const atHome = () => one().carePlace === 'hi'
  return (
    <section class="case-panel" aria-labelledby="case-triage">
      <h2 id="case-triage">{t('triage')}</h2>
      <Show when={atHome()}>
        <OverrideField value={override()} onInput={setOverride} />
      </Show>
      <SelectField
        label={t('classification')}
        name="classification"
        options={CLASSIFICATIONS}
        value={classification() ?? one().classification}
        text={(each) => t(`classificationName.${each}`)}
        onChange={setClassification}
      />
      <label class="case-risk">
        <input
          type="checkbox"
          name="risk608"
          checked={risk608() ?? one().risk608}
          onChange={(event) => setRisk608(event.currentTarget.checked)}
        />{' '}
        {words('risk608Long')}
      </label>
      <fieldset class="case-choices case-severities" aria-label={t('triageNow')}>
        <For each={TRIAGE}>
          {(severity) => (
            <Button
              busy={busy() === severity}
              disabled={busy() !== undefined}
              data-triage={severity}
              aria-pressed={one().severity === severity}
              onClick={() => void triage(severity)}
            >
              <SeverityMark severity={severity} />
              {common(`severity.${severity}`)}
            </Button>
          )}
        </For>
      </fieldset>
      <Show when={Object.keys(changed()).length > 0}>
        <Show when={known()} fallback={<p class="case-muted">{t('triageToSave')}</p>}>
          {(severity) => (
            <Button
              busy={busy() === 'rest'}
              disabled={busy() !== undefined}
              data-action="save-triage"
              onClick={() => void triage(severity(), 'rest')}
            >
              {t('saveKeeping', common(`severity.${severity()}`))}
            </Button>
          )}
        </Show>
      </Show>
      <Show when={milder()}>
        {(asked) => (
          <ReasonDialog
            title={complaint('milder', common(`severity.${asked().severity}`))}
            description={complaint('milderText')}
            reasons={MILDER_REASONS}
            name={(reason) => complaint(`reason.${reason}`)}
            choose={(reason) => triage(asked().severity, asked().button, reason)}
            close={() => setMilder(undefined)}
          />
        )}
      </Show>
      <Show when={one().stage === 'reported'}>
        <Button
          data-action="verify"
          aria-describedby="case-verify-hint"
          onClick={() =>
            void props.run((key) => ask('POST /api/cases/{id}/verify', { params: { id: one().id }, body: {}, key }), {
              text: t('verify'),
            })
          }
        >
          {t('verify')}
        </Button>
        <p class="case-muted" id="case-verify-hint">
          {t('verifyHint')}
        </p>
      </Show>
    </section>
  )
}
