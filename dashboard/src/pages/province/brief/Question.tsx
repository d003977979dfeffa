import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import type { Tone } from '../../../../../hub/contract/indicators/index.ts'
import { commonWords } from '../../../i18n/common.ts'
import { useWords } from '../../../i18n/language.tsx'
import { Button } from '../../../ui/Button.tsx'
import { briefWords } from './words.ts'

export type QuestionName = 'worse' | 'reds' | 'late' | 'icu' | 'onIt'

/** A question and its answer in words. */
export function Question(props: { of: QuestionName; tone?: Tone | undefined; children: JSX.Element }): JSX.Element {
  const t = useWords(briefWords)
  return (
    <li class="brief-question" data-question={props.of} data-tone={props.tone ?? 'normal'}>
      <h3>{t(`${props.of}.question`)}</h3>
      <div class="brief-answer">{props.children}</div>
    </li>
  )
}

/** In place of an answer that could not be had: says so, and asks again. */
export function Unread(props: { again(): void }): JSX.Element {
  const t = useWords(briefWords)
  const common = useWords(commonWords)
  return (
    <p class="brief-unread" role="status">
      {t('unread')} <Button onClick={() => props.again()}>{common('retry')}</Button>
    </p>
  )
}

/** A line of an answer: it opens the list behind it for who may see that. */
export function Line(props: { href: string | undefined; children: JSX.Element }): JSX.Element {
  return (
    <Show when={props.href} fallback={<p class="brief-line">{props.children}</p>}>
      {(href) => (
        <A class="brief-line" href={href()}>
          {props.children}
        </A>
      )}
    </Show>
  )
}
