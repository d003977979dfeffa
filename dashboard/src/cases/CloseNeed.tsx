import { For, type JSX } from 'solid-js'
import { CLOSE_NEED_REASONS } from '../../../hub/contract/vocabulary/needs.ts'
import { useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { workWords } from './words.ts'

/** What somebody may choose: a case that is closed closes its needs by itself. */
const REASONS = CLOSE_NEED_REASONS.filter((reason) => reason !== 'case_closed')
type Reason = (typeof REASONS)[number]

/** Why a need ends without being met. */
export function CloseNeed(props: { close(): void; choose(reason: Reason): void }): JSX.Element {
  const t = useWords(workWords)
  return (
    <Dialog open onOpenChange={() => props.close()} title={t('closeNeed')} description={t('closeNeedWhy')}>
      <div class="reasons">
        <For each={REASONS}>
          {(reason) => (
            <Button data-reason={reason} onClick={() => props.choose(reason)}>
              {t(`closeNeedReason.${reason}`)}
            </Button>
          )}
        </For>
      </div>
    </Dialog>
  )
}
