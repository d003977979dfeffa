import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import type { Value } from '../../../hub/contract/indicators/indicator.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { useListHref } from './ListLink.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** Opens who is late, by name, for those who may read the list. */
export function LateLink(props: { children: JSX.Element }): JSX.Element {
  const { area } = useSubject()
  const t = useWords(panelWords)
  const hrefOf = useListHref()
  return (
    <Show when={hrefOf({ metric: 'sites.late' })} fallback={props.children}>
      <A class="list-link" href={`/late?area=${area}`}>
        {props.children}
        <span class="visually-hidden"> {t('reported.who')}</span>
      </A>
    </Show>
  )
}

/** How many of the provinces have said a number; nothing once all have. `short`: where the title leaves no room. */
export function ReportedShare(props: { of: Value; short?: boolean }): JSX.Element {
  const { kind } = useSubject()
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const numbers = () => [format().number(props.of.reported), format().number(props.of.parts)] as const
  const words = () => t('newCases.reported', ...numbers())
  return (
    <Show when={kind === 'nation' && props.of.reported < props.of.parts}>
      <LateLink>
        <Show when={props.short} fallback={words()}>
          <span aria-hidden="true">{numbers().join('/')}</span>
          <span class="visually-hidden">{words()}</span>
        </Show>
      </LateLink>
    </Show>
  )
}
