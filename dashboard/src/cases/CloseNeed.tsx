import { For, type JSX } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { workWords } from './words.ts'

type Reason = keyof typeof workWords.en.closeNeedReason
const REASONS = Object.keys(workWords.en.closeNeedReason) as readonly Reason[]

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
