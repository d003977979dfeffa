import { type JSX, Show } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { Button } from './Button.tsx'
import './State.css'

/** Nothing is here: says so, why, and what to do about it. */
export function EmptyState(props: {
  title: string
  text?: string
  action?: JSX.Element
  /** it is all of the page, and its heading */
  page?: boolean
}): JSX.Element {
  return (
    <div class="state">
      <Title text={props.title} page={props.page} />
      <Show when={props.text}>
        <p class="state-text">{props.text}</p>
      </Show>
      {props.action}
    </div>
  )
}

/** Something failed: says what and where, and offers to try again. */
export function ErrorState(props: {
  title?: string
  text: string
  retry?: (() => void) | undefined
  action?: JSX.Element
  page?: boolean
}): JSX.Element {
  const t = useWords(commonWords)
  return (
    <div class="state state-error" role="alert">
      <Title text={props.title ?? t('error.title')} page={props.page} />
      <p class="state-text">{props.text}</p>
      <Show when={props.retry}>
        <Button onClick={() => props.retry?.()}>{t('retry')}</Button>
      </Show>
      {props.action}
    </div>
  )
}

function Title(props: { text: string; page: boolean | undefined }): JSX.Element {
  return (
    <Show when={props.page} fallback={<p class="state-title">{props.text}</p>}>
      <h1 class="state-title">{props.text}</h1>
    </Show>
  )
}
