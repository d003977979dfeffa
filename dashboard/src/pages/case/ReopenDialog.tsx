import { createSignal, type JSX, Show } from 'solid-js'
import { NEED_KINDS, type NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import { REOPEN_REASONS, type ReopenReason } from '../../../../hub/contract/vocabulary/stages.ts'
import { ask } from '../../api/http.ts'
import { useWords } from '../../i18n/language.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { EndProps } from './command.ts'
import { endWords } from './endWords.ts'
import { NeedTicks } from './NeedPicker.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Opens an ended case again, with what is needed now. A death stands in the way until it is corrected. */
export function ReopenDialog(props: EndProps & { close(): void }): JSX.Element {
  const t = useWords(endWords)
  const [needs, setNeeds] = createSignal<readonly NeedKind[]>([])
  const reopen = (reason: ReopenReason) =>
    props.run(
      (key) =>
        ask('POST /api/cases/{id}/reopen', {
          params: { id: props.file.case.id },
          body: { reason, needs: needs() },
          key,
        }),
      { text: t('reopen') },
    )
  return (
    <Show
      when={props.file.case.outcome !== 'died'}
      fallback={<Dialog open onOpenChange={() => props.close()} title={t('reopen')} description={t('afterDeath')} />}
    >
      <ReasonDialog
        title={t('reopen')}
        description={t('reason')}
        reasons={REOPEN_REASONS}
        name={(reason) => t(`reopenReason.${reason}`)}
        choose={reopen}
        close={props.close}
      >
        <p>{t('reopenNeeds')}</p>
        <NeedTicks kinds={NEED_KINDS} chosen={needs()} choose={setNeeds} />
      </ReasonDialog>
    </Show>
  )
}
