import { createSignal, type JSX, Show } from 'solid-js'
import type { Action } from '../../../../hub/contract/vocabulary/actions.ts'
import { ESCALATE_REASONS, type EscalateReason } from '../../../../hub/contract/vocabulary/contacts.ts'
import { ask } from '../../api/http.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { CloseDialog } from './CloseDialog.tsx'
import type { EndProps } from './command.ts'
import { endWords } from './endWords.ts'
import { OutcomeDialog } from './OutcomeDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { ReopenDialog } from './ReopenDialog.tsx'

/** The ways a case ends, comes back, and is shown to somebody above: each asks for its reason first. */
export function EndCase(props: EndProps): JSX.Element {
  const t = useWords(endWords)
  const [dialog, setDialog] = createSignal<'close' | 'reopen' | 'outcome' | 'escalate'>()
  const may = (action: Action) => props.file.may.includes(action)
  const close = () => setDialog(undefined)
  const escalate = (reason: EscalateReason) => {
    const undo = { text: `${t('escalate')}: ${t(`escalateReason.${reason}`)}` }
    return props.run(
      (key) => ask('POST /api/cases/{id}/escalate', { params: { id: props.file.case.id }, body: { reason }, key }),
      undo,
    )
  }
  return (
    <div class="case-end">
      <Show when={may('case.contact')}>
        <Button data-action="escalate" onClick={() => setDialog('escalate')}>
          {t('escalate')}
        </Button>
      </Show>
      <Show when={props.file.outcomes.length > 0}>
        <Button data-action="outcome" onClick={() => setDialog('outcome')}>
          {t('outcome')}
        </Button>
      </Show>
      <Show when={may('case.close') && !props.ended}>
        <span class="case-apart">
          <Button data-action="close" onClick={() => setDialog('close')}>
            {t('close')}
          </Button>
        </span>
      </Show>
      <Show when={may('case.reopen') && props.ended}>
        <Button data-action="reopen" onClick={() => setDialog('reopen')}>
          {t('reopen')}
        </Button>
      </Show>
      <Show when={dialog() === 'escalate'}>
        <ReasonDialog
          title={t('escalate')}
          description={props.ended ? `${t('escalateHint')} ${t('escalateEnded')}` : t('escalateHint')}
          reasons={ESCALATE_REASONS}
          name={(reason) => t(`escalateReason.${reason}`)}
          choose={escalate}
          close={close}
        />
      </Show>
      <Show when={dialog() === 'close'}>
        <CloseDialog {...props} close={close} />
      </Show>
      <Show when={dialog() === 'reopen'}>
        <ReopenDialog {...props} close={close} />
      </Show>
      <Show when={dialog() === 'outcome'}>
        <OutcomeDialog {...props} close={close} />
      </Show>
    </div>
  )
}
