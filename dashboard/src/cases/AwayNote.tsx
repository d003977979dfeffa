import { type JSX, Show } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import type { NeedWork } from './createNeedWork.ts'
import { workWords } from './words.ts'

/** Says that what one would press waits, and for what. */
export function AwayNote(props: { work: NeedWork }): JSX.Element {
  const t = useWords(workWords)
  return (
    <p class="away-note" role="status">
      <Show when={props.work.away()}>{t('away')}</Show>
    </p>
  )
}
