import { type JSX, Match, Switch } from 'solid-js'
import type { Answer } from '../../api/http.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { accountWords } from './words.ts'

/** Whether the role has to have a second factor, and from when. */
export function Demand(props: { mine: Answer<'GET /api/factors'> }): JSX.Element {
  const t = useWords(accountWords)
  const { format } = useLanguage()
  const from = () => (props.mine.demandedFrom === null ? undefined : Date.parse(props.mine.demandedFrom))
  return (
    <Switch>
      <Match when={!props.mine.holds}>
        <p class="desk-muted">{t('exercise')}</p>
      </Match>
      <Match when={from()}>
        {(date) => (
          <p class="desk-muted">
            {date() > hubNow() ? t('demanded', format().moment(date(), hubNow())) : t('demandedNow')}
          </p>
        )}
      </Match>
    </Switch>
  )
}
