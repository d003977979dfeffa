import { createMemo, type JSX, Show, useContext } from 'solid-js'
import { onDay, WEEK_DAYS } from '../../../hub/contract/indicators/cells.ts'
import { knownDays } from '../../../hub/contract/indicators/known.ts'
import { addDays, daysBetween } from '../../../hub/contract/vocabulary/days.ts'
import { DAYS_OWN } from '../../../hub/contract/vocabulary/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { dayTone } from './ages.ts'
import { Change } from './Change.tsx'
import './NewCases.css'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { ReportedShare } from './Reported.tsx'
import { Revised } from './Revised.tsx'
import { Since } from './Since.tsx'
import { useShiftStart, YesterdayContext } from './shiftStart.ts'
import { useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import { useInterval, useValueText } from './valueText.ts'
import { panelWords } from './words.ts'

const CASES = [
  'cases.day',
  'cases.mean',
  'cases.growth',
  'cases.doubling',
  'cases.rt',
  'cases.late',
  'cases.corrected',
] as const

/**
 * Today's cases so far, or the last day of which any are known, beside the whole day a week before and the mean of the
 * seven whole days before.
 */
export function NewCases(props: { today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { cells, area, unspecified, kind, read } = useSubject()
  const known = createMemo(() => knownDays(cells, 'cases', area, props.today, DAYS_OWN))
  const day = createMemo(() => [...known().keys()].at(-1) ?? props.today)
  const isToday = () => day() === props.today
  const shown = createMemo(() => read('cases.day', { day: day() }))
  const lastWeekDay = () => addDays(day(), -WEEK_DAYS)
  const yesterday = () => addDays(day(), -1)
  const lastWeek = createMemo(() => known().get(lastWeekDay()) ?? null)
  const mean = createMemo(() => {
    const { value } = read('cases.mean', { day: day() })
    return value === null ? null : Math.round(value)
  })
  const change = createMemo(() => read('cases.growth', { day: day() }).value)
  const rt = createMemo(() => read('cases.rt', { day: day() }))
  const doubling = createMemo(() => read('cases.doubling', { day: day() }).value)
  const tone = useTone()
  const text = useValueText()
  const interval = useInterval()
  const unknown = createMemo(() => onDay(cells, 'cases', unspecified, day()))
  const value = () => shown().value ?? 0
  const isWhole = () => kind !== 'nation' || shown().reported >= shown().parts
  const marked = useContext(YesterdayContext)
  /** what had been reported of yesterday at this hour, where somebody has marked it */
  const atThisHour = createMemo(() => {
    const mark = marked?.()
    if (mark === undefined || !isToday()) return null
    return read('cases.day', { day: mark.day, from: mark }).value
  })
  const isOnWall = useShiftStart() !== undefined
  // What comes late stands first: the end of the line does not move for it.
  const aside = () => (
    <>
      <Show when={isToday()}>
        <Since of="cases.day" />
      </Show>
      <span class="new-cases-known">
        {isWhole() ? isToday() && t('newCases.soFar') : <ReportedShare of={shown()} short={isOnWall && isToday()} />}
      </span>
    </>
  )
  const full = () => Math.max(value(), mean() ?? 0, lastWeek() ?? 0, 1)
  return (
    <Tile
      aged={dayTone(daysBetween(day(), props.today))}
      title={
        <Definition of={CASES} asked={{ day: day() }}>
          {isToday() ? t('newCases.title') : t('newCases.titleOf', format().weekdayShort(day()))}
        </Definition>
      }
      aside={aside()}
      class="new-cases"
    >
      <div class="new-cases-body">
        <div class="new-cases-number">
          <ListLink metric="cases" day={day()}>
            <Num class="kpi-number" value={shown().value} />
          </ListLink>
          <div class="new-cases-notes">
            <span class={`tone-${tone('cases.rt', rt().value)}`} title={interval('ratio', rt())}>
              Rt <Num value={rt().value} digits={2} />
            </span>
            <Revised of="cases" today={props.today} />
          </div>
        </div>
        <dl class="facts">
          <Show
            when={atThisHour() !== null}
            fallback={
              <>
                <dt>{t('newCases.lastWeek', format().weekdayShort(lastWeekDay()))}</dt>
                <dd>
                  <ListLink metric="cases" day={lastWeekDay()}>
                    <Num value={lastWeek()} />
                  </ListLink>
                </dd>
              </>
            }
          >
            <dt>{t('newCases.yesterday')}</dt>
            <dd>
              <Num value={atThisHour()} />
            </dd>
          </Show>
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
          <dt class="facts-more">{t(`newCases.${(doubling() ?? 1) < 0 ? 'halving' : 'doubling'}`)}</dt>
          <dd class="facts-more">
            {doubling() === null ? '–' : text('days', Math.abs(Math.round((doubling() ?? 0) * 10) / 10))}
          </dd>
          <Show when={unknown() > 0}>
            <dt>{t(kind === 'nation' ? 'newCases.unspecifiedNation' : 'newCases.unspecifiedProvince')}</dt>
            <dd>
              <ListLink metric="cases" area={unspecified} day={day()}>
                <Num value={unknown()} />
              </ListLink>
            </dd>
          </Show>
        </dl>
      </div>
      <div class="bullet" aria-hidden="true">
        <div class="bullet-fill" style={{ width: `${(value() / full()) * 100}%` }} />
        <Show when={mean()}>
          {(tick) => <div class="bullet-tick" style={{ translate: `${(tick() / full()) * 100}cqw` }} />}
        </Show>
      </div>
    </Tile>
  )
}
