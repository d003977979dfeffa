import { createMemo, type JSX, Show } from 'solid-js'
import { addDays } from '../../../hub/wire/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { meanBefore, onDay, WEEK_DAYS, weekChange } from '../live/selectors.ts'
import { Tile } from '../ui/Tile.tsx'
import { Change } from './Change.tsx'
import './NewCases.css'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** Today's cases so far, beside the whole day a week ago and the mean of the last seven whole days. */
export function NewCases(props: { today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { cells, area, unspecified, kind } = useSubject()
  const today = createMemo(() => onDay(cells, 'cases', area, props.today))
  const lastWeekDay = () => addDays(props.today, -WEEK_DAYS)
  const lastWeek = createMemo(() => onDay(cells, 'cases', area, lastWeekDay()))
  const mean = createMemo(() => meanBefore(cells, 'cases', area, props.today))
  const change = createMemo(() => weekChange(cells, ['cases'], area, props.today))
  const unknown = createMemo(() => onDay(cells, 'cases', unspecified, props.today))
  const full = () => Math.max(today(), mean(), lastWeek(), 1)
  return (
    <Tile title={t('newCases.title')} aside={t('newCases.soFar')} class="new-cases">
      <div class="new-cases-body">
        <ListLink metric="cases" day={props.today}>
          <Num class="kpi-number" value={today()} />
        </ListLink>
        <dl class="facts">
          <dt>{t('newCases.lastWeek', format().weekdayShort(lastWeekDay()))}</dt>
          <dd>
            <Num value={lastWeek()} />
          </dd>
          <dt>{t('newCases.mean')}</dt>
          <dd>
            <Num value={Math.round(mean())} />
          </dd>
          <dt>{t('newCases.week')}</dt>
          <dd>
            <Change share={change()} />
          </dd>
          <Show when={unknown() > 0}>
            <dt>{t(kind === 'nation' ? 'newCases.unspecifiedNation' : 'newCases.unspecifiedProvince')}</dt>
            <dd>
              <Num value={unknown()} />
            </dd>
          </Show>
        </dl>
      </div>
      <div class="bullet" aria-hidden="true">
        <div class="bullet-fill" style={{ width: `${(today() / full()) * 100}%` }} />
        <div class="bullet-tick" style={{ left: `${(mean() / full()) * 100}%` }} />
      </div>
    </Tile>
  )
}
