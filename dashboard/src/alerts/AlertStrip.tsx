import { A } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import { byRank } from '../../../hub/contract/alerts/order.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import type { LiveStore } from '../live/store.ts'
import { AreaName } from '../pageKit/AreaName.tsx'
import { useFollowed } from '../panels/followed.ts'
import { AlertMark } from './AlertMark.tsx'
import './AlertStrip.css'
import { isAnnounced, isUnanswered } from './alerts.ts'
import { alertWords } from './alertWords.ts'
import { useAlarm } from './useAlarm.ts'
import { useAlertName } from './useAlertText.ts'

type StripProps = {
  scope: Scope
  area: string
  /** to their page */
  leads?: boolean
  /** another part of the page sounds */
  silent?: boolean
  /** said while there is none */
  idle?: string
  /** in the place of the subject's */
  live?: LiveStore
  /** nobody vouches for what is shown any more */
  old?: boolean
}

/** One line, always as high: the worst alert that nobody has answered, how many there are, and the way to them. */
export function AlertStrip(props: StripProps): JSX.Element {
  const t = useWords(alertWords)
  const { format } = useLanguage()
  const live = props.live ?? useFollowed().live
  const name = useAlertName()
  const number = (n: number) => format().number(n)
  if (!props.silent) useAlarm(live, props.scope)
  const told = createMemo(() =>
    live
      .rows(props.scope, 'alert')
      .filter((one) => isAnnounced(props.scope, one))
      .toSorted((a, b) => Number(isUnanswered(b)) - Number(isUnanswered(a)) || byRank(a, b)),
  )
  const unanswered = () => told().filter(isUnanswered).length
  const held = () => live.rows(props.scope, 'flood').reduce((sum, flood) => sum + flood.held, 0)
  const text = (
    <Show
      when={told()[0]}
      fallback={
        <span class="alert-strip-none">
          {props.idle ?? t(live.scope(props.scope).loaded ? 'strip.none' : 'strip.asking')}
        </span>
      }
    >
      {(worst) => (
        <>
          <Show when={props.old}>
            <span class="alert-strip-none">{t('strip.old')}</span>
          </Show>
          <AlertMark severity={worst().severity} />
          <b>
            <span classList={{ 'alert-strip-more': unanswered() > 0 }}>
              {t('strip.count', number(told().length), told().length === 1)}
              <Show when={unanswered() > 0}> · </Show>
            </span>
            <Show when={unanswered() > 0}>{t('strip.unanswered', number(unanswered()))}</Show>
            <Show when={held() > 0}>
              <span class="alert-strip-more"> · {t('strip.held', number(held()))}</span>
            </Show>
          </b>
          <span class="alert-strip-worst">
            {name(worst())} · <AreaName code={worst().area} />
            <Show when={worst().holder}> · {worst().holder}</Show>
          </span>
        </>
      )}
    </Show>
  )
  return (
    <section
      class="alert-strip"
      aria-label={t('strip.label')}
      data-unanswered={unanswered()}
      data-alerts={told().length}
      data-loaded={live.scope(props.scope).loaded ? '' : undefined}
    >
      <Show when={props.leads} fallback={<p>{text}</p>}>
        <A href={`/alerts?area=${props.area}`}>{text}</A>
      </Show>
    </section>
  )
}
