import { type JSX, Show } from 'solid-js'
import { countdown } from '../../cases/speech.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { useFollowed } from '../../panels/followed.ts'
import { transferWords } from './transferWords.ts'

const LOOK_EVERY_MS = 1_000

/** Until when a bed is held, and how long that still is. */
export function HeldUntil(props: { until: number | null }): JSX.Element {
  const t = useWords(transferWords)
  const { format } = useLanguage()
  const { live } = useFollowed()
  const tick = createNow(LOOK_EVERY_MS)
  return (
    <Show when={props.until}>
      {(until) => (
        <p class="transfer-held" data-held-until={until()}>
          {t('heldUntil', format().time(until()), countdown(until() - tick() - (live.status().offsetMs ?? 0)))}
        </p>
      )}
    </Show>
  )
}
