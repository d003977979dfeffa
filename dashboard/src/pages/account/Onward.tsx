import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { accountWords } from './words.ts'

/** What somebody was led here for, and the way on once it is done. */
export function Onward(props: { done: boolean; to: string }): JSX.Element {
  const t = useWords(accountWords)
  return (
    <Show
      when={props.done}
      fallback={
        <p class="desk-warning" role="status">
          {t('owed')}
        </p>
      }
    >
      <p class="desk-done" role="status">
        {t('addedDone')}{' '}
        <A class="button button-primary" href={props.to}>
          {t('next')}
        </A>
      </p>
    </Show>
  )
}
