import { createMemo, Index, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { addDays, SEVERITIES } from '../../../hub/wire/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { DOSE_METRICS, onDay, rank, waiting } from '../live/selectors.ts'
import { SeverityMark } from '../ui/Badge.tsx'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { OccupancyBar } from './Beds.tsx'
import { Change } from './Change.tsx'
import { type Choice, type Indicator, indicatorChange, readIndicator } from './indicators.ts'
import { Num } from './Num.tsx'
import './Ranking.css'
import { classOf, scaleOf, toneOfClass } from './scales.ts'
import { type Part, placeName, useSubject } from './subject.tsx'
import { useDefinition } from './useDefinition.ts'
import { panelWords } from './words.ts'

const Sparkline = lazy(() => import('../charts/Sparkline.tsx'))

export const RANKING_ROWS = 10
const SPARK_DAYS = 14

/** The highest areas by what the map shows, each with its own recent past or make-up. */
export function Ranking(props: { today: string; choice: Choice; rows?: number }): JSX.Element {
  const t = useWords(panelWords)
  const definition = useDefinition()
  const { cells, parts, kind } = useSubject()
  const ranked = createMemo(() =>
    rank(parts, (part) => readIndicator(cells, props.choice, part, props.today).value).filter((entry) => entry.value),
  )
  const top = () => ranked().slice(0, props.rows ?? RANKING_ROWS)
  return (
    <Tile
      title={t(kind === 'nation' ? 'ranking.provinces' : 'ranking.districts')}
      aside={definition(props.choice)}
      class="ranking"
    >
      <Show when={top().length > 0} fallback={<EmptyState title={t('ranking.nothing')} />}>
        <ol class="ranking-list">
          <Index each={top()}>
            {(entry, i) => <RankingRow place={i + 1} part={entry().area} today={props.today} choice={props.choice} />}
          </Index>
        </ol>
      </Show>
    </Tile>
  )
}

type RowProps = { place: number; part: Part; today: string; choice: Choice }

function RankingRow(props: RowProps): JSX.Element {
  const t = useWords(panelWords)
  const { language } = useLanguage()
  const { cells, kind } = useSubject()
  const indicator = () => props.choice.indicator
  const reading = createMemo(() => readIndicator(cells, props.choice, props.part, props.today))
  const scale = () => scaleOf(kind, indicator())
  const tone = () => toneOfClass(scale(), classOf(scale(), reading().value ?? 0))
  const isRate = () => scale().unit === 'per100k'
  return (
    <li class={`ranking-row tone-${tone()}`}>
      <span class="ranking-place">{props.place}</span>
      <span class="ranking-name">{placeName(props.part, language())}</span>
      <span class="ranking-detail">
        <RankingDetail {...props} />
      </span>
      <Show when={scale().unit !== 'count'} fallback={<span />}>
        <span class="ranking-count">
          <Num value={reading().count} /> <small>{t(`count.${indicator()}`)}</small>
        </span>
      </Show>
      <Num
        class="ranking-value"
        value={reading().value}
        percent={scale().unit === 'share'}
        digits={isRate() && (reading().value ?? 0) < 10 ? 1 : 0}
      />
    </li>
  )
}

const SPARK_METRICS: Readonly<Partial<Record<Indicator, Parameters<typeof onDay>[1][]>>> = {
  incidence: ['cases'],
  doses: [...DOSE_METRICS],
}

/** Flows show their last two weeks and the change; beds a bar; those who wait their severities. */
function RankingDetail(props: RowProps): JSX.Element {
  const { cells } = useSubject()
  const metrics = () => SPARK_METRICS[props.choice.indicator]
  // Today is left out: it is not over, and every line would end in a fall.
  const values = createMemo(() =>
    Array.from({ length: SPARK_DAYS - 1 }, (_, i) => {
      const day = addDays(props.today, i - SPARK_DAYS + 1)
      return (metrics() ?? []).reduce((sum, metric) => sum + onDay(cells, metric, props.part.code, day), 0)
    }),
  )
  const severities = createMemo(() => waiting(cells, props.part.code))
  return (
    <Switch>
      <Match when={metrics()}>
        <Suspense>
          <Sparkline values={values()} />
        </Suspense>
        <Change
          share={indicatorChange(cells, props.choice.indicator, props.part.code, props.today)}
          rising={props.choice.indicator === 'incidence' ? 'bad' : 'neutral'}
        />
      </Match>
      <Match when={props.choice.indicator === 'occupancy'}>
        <OccupancyBar occupancy={readIndicator(cells, props.choice, props.part, props.today).value} />
      </Match>
      <Match when={props.choice.indicator === 'waiting'}>
        <Index each={[...SEVERITIES].reverse().slice(0, 3)}>
          {(severity) => (
            <span class="ranking-severity">
              <SeverityMark severity={severity()} />
              <Num value={severities()[severity()]} />
            </span>
          )}
        </Index>
      </Match>
    </Switch>
  )
}
