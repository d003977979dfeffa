import { createMemo, type JSX, Show } from 'solid-js'
import { knownDays } from '../../../hub/contract/indicators/known.ts'
import { addDays, daysBetween } from '../../../hub/contract/vocabulary/days.ts'
import { DAYS_OWN } from '../../../hub/contract/vocabulary/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { dayTone } from './ages.ts'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { ReportedShare } from './Reported.tsx'
import { Revised } from './Revised.tsx'
import { Since } from './Since.tsx'
import { useSubject } from './subject.tsx'
import './Deaths.css'
import { panelWords } from './words.ts'

const DEATHS = ['deaths.day', 'deaths.total', 'deaths.late', 'deaths.corrected'] as const

/** Today's deaths so far, or those of the last day of which any number is known, and of the day before it. */
export function Deaths(props: { today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { cells, area, read } = useSubject()
  const known = createMemo(() => knownDays(cells, 'deaths', area, props.today, DAYS_OWN))
  const day = createMemo(() => [...known().keys()].at(-1) ?? props.today)
  const isToday = () => day() === props.today
  const dayBefore = () => addDays(day(), -1)
  const at = (which: string) => known().get(which) ?? null
  const total = createMemo(() => read('deaths.total').value)
  return (
    <Tile
      aged={dayTone(daysBetween(day(), props.today))}
      title={
        <Definition of={DEATHS} asked={{ day: day() }}>
          {t(isToday() ? 'deaths.title' : 'deaths.titleOf')}
        </Definition>
      }
      aside={isToday() ? undefined : format().weekdayShort(day())}
    >
      <div class="number-over-facts">
        <div class="number-with-notes">
          <ListLink metric="deaths" day={day()}>
            <Num class="kpi-number kpi-number-small" value={at(day())} />
          </ListLink>
          <div class="number-notes">
            <ReportedShare of={read('deaths.day', { day: day() })} short />
            <Revised of="deaths" today={props.today} />
          </div>
        </div>
        <Show when={isToday()}>
          <Since of="deaths.day" />
        </Show>
        <dl class="facts facts-stacked">
          <dt>{isToday() ? t('deaths.yesterday') : format().weekdayShort(dayBefore())}</dt>
          <dd>
            <ListLink metric="deaths" day={dayBefore()}>
              <Num value={at(dayBefore())} />
            </ListLink>
          </dd>
          <dt>{t('deaths.total')}</dt>
          <dd>
            <ListLink metric="deaths.total">
              <Num value={total() ?? (known().size > 0 ? 0 : null)} />
            </ListLink>
          </dd>
        </dl>
      </div>
    </Tile>
  )
}
