import { createMemo, type JSX, Show } from 'solid-js'
import { addDays } from '../../../hub/wire/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { meanBefore, onDay, WEEK_DAYS, weekChange } from '../live/selectors.ts'
import { Tile } from '../ui/Tile.tsx'
import { Change } from './Change.tsx'
import { CHANGE_DAYS, firstKnownDay, knownSince } from './firstDay.ts'
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
  const yesterday = () => addDays(props.today, -1)
  const first = createMemo(() => firstKnownDay(cells, ['cases'], area, props.today))
  const lastWeek = createMemo(() =>
    knownSince(first(), lastWeekDay(), 1) ? onDay(cells, 'cases', area, lastWeekDay()) : null,
  )
  const mean = createMemo(() =>
    knownSince(first(), yesterday(), WEEK_DAYS) ? Math.round(meanBefore(cells, 'cases', area, props.today)) : null,
  )
  const change = createMemo(() =>
    knownSince(first(), yesterday(), CHANGE_DAYS) ? weekChange(cells, ['cases'], area, props.today) : null,
  )
  const unknown = createMemo(() => onDay(cells, 'cases', unspecified, props.today))
  const full = () => Math.max(today(), mean() ?? 0, lastWeek() ?? 0, 1)
  return (
    <Tile title={t('newCases.title')} aside={t('newCases.soFar')} class="new-cases">
      <div class="new-cases-body">
        <ListLink metric="cases" day={props.today}>
          <Num class="kpi-number" value={today()} />
        </ListLink>
        <dl class="facts">
          <dt>{t('newCases.lastWeek', format().weekdayShort(lastWeekDay()))}</dt>
          <dd>
            <ListLink metric="cases" day={lastWeekDay()}>
              <Num value={lastWeek()} />
            </ListLink>
          </dd>
          <dt>{t('newCases.mean')}</dt>
          <dd>
            <ListLink metric="cases" day={yesterday()} days={WEEK_DAYS}>
              <Num value={mean()} />
            </ListLink>
          </dd>
          <dt>{t('newCases.week')}</dt>
          <dd>
            <ListLink metric="cases" day={yesterday()} days={2 * WEEK_DAYS}>
              <Change share={change()} />
            </ListLink>
          </dd>
          <Show when={unknown() > 0}>
            <dt>{t(kind === 'nation' ? 'newCases.unspecifiedNation' : 'newCases.unspecifiedProvince')}</dt>
            <dd>
              <ListLink metric="cases" area={unspecified} day={props.today}>
                <Num value={unknown()} />
              </ListLink>
            </dd>
          </Show>
        </dl>
      </div>
      <div class="bullet" aria-hidden="true">
        <div class="bullet-fill" style={{ width: `${(today() / full()) * 100}%` }} />
        <Show when={mean()}>
          {(tick) => <div class="bullet-tick" style={{ left: `${(tick() / full()) * 100}%` }} />}
        </Show>
      </div>
    </Tile>
  )
}
