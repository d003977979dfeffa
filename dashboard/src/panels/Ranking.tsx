import { createMemo, For, Index, type JSX, Match, Show, Suspense, Switch } from 'solid-js'
import { DOSE_METRICS, series } from '../../../hub/contract/indicators/cells.ts'
import { firstKnownDay, knownSince } from '../../../hub/contract/indicators/first-day.ts'
import { knownSeries } from '../../../hub/contract/indicators/known.ts'
import { addDays } from '../../../hub/contract/vocabulary/days.ts'
import type { DayMetric } from '../../../hub/contract/vocabulary/metrics.ts'
import { isRegion } from '../../../hub/contract/vocabulary/regions.ts'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { SeverityMark } from '../ui/Badge.tsx'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { OccupancyBar } from './Beds.tsx'
import { Change } from './Change.tsx'
import { Definition } from './Definition.tsx'
import { FlooredNum } from './FlooredNum.tsx'
import { type Choice, type Indicator, indicatorChange, indicatorOf } from './indicators.ts'
import { ListLink } from './ListLink.tsx'
import { indicatorList } from './lists.ts'
import { Num } from './Num.tsx'
import '../charts/Sparkline.css'
import './Ranking.css'
import { part } from '../ui/part.tsx'
import type { Ranked } from './readings.ts'
import { classOf, toneOfClass } from './scales.ts'
import { placeName, useSubject } from './subject.tsx'
import { useDefinition } from './useDefinition.ts'
import { useScale } from './useScale.ts'
import { panelWords } from './words.ts'

const Sparkline = part(() => import('../charts/Sparkline.tsx'))

export const RANKING_ROWS = 10
/** Two weeks are what a scope holds of its parts; today is left out, because every line would end in a fall. */
const SPARK_DAYS = 13

/** Whether health regions are ranked in place of provinces. `regions`: none while provinces are. */
export type RankedBy = { regions(): readonly Ranked[] | undefined; change(region: boolean): void }

type RankingProps = {
  today: string
  choice: Choice
  ranked: readonly Ranked[]
  rows?: number
  /** where both are to choose from */
  by?: RankedBy | undefined
}

/** The highest areas by what the map shows, each with its own recent past or make-up. */
export function Ranking(props: RankingProps): JSX.Element {
  const t = useWords(panelWords)
  const definition = useDefinition()
  const { kind, area, cells } = useSubject()
  const first = createMemo(() => firstKnownDay(cells, SPARK_METRICS[props.choice.indicator] ?? [], area, props.today))
  const isByRegion = () => props.by?.regions() !== undefined
  // Of so few regions one that is not known is missed; provinces of which nothing is known are in the legend.
  const top = createMemo(() =>
    props.ranked.filter((entry) => entry.value || isByRegion()).slice(0, props.rows ?? RANKING_ROWS),
  )
  return (
    <Tile
      title={
        <Show when={props.by} fallback={t(kind === 'nation' ? 'ranking.provinces' : 'ranking.districts')}>
          {(by) => <BySwitch by={by()} />}
        </Show>
      }
      aside={
        <Definition of={[indicatorOf(kind, props.choice.indicator)]} asked={{ level: props.choice.level }}>
          {definition(props.choice)}
        </Definition>
      }
      class="ranking"
    >
      <Show when={top().length > 0} fallback={<EmptyState title={t('ranking.nothing')} />}>
        <ol class="ranking-list">
          <RankingHead choice={props.choice} />
          <Index each={top()}>
            {(entry) => <RankingRow entry={entry()} today={props.today} choice={props.choice} first={first()} />}
          </Index>
        </ol>
      </Show>
    </Tile>
  )
}

/** Key R on a wall. */
function BySwitch(props: { by: RankedBy }): JSX.Element {
  const t = useWords(panelWords)
  return (
    <span class="switch ranking-by">
      <For each={['byProvince', 'byRegion'] as const}>
        {(by) => (
          <button
            type="button"
            aria-pressed={(props.by.regions() !== undefined) === (by === 'byRegion')}
            onClick={() => props.by.change(by === 'byRegion')}
          >
            {t(`ranking.${by}`)}
          </button>
        )}
      </For>
      <span class="visually-hidden">{t('ranking.by')}</span>
    </span>
  )
}

/** Column heads; each row says the same to a screen reader by its order. */
function RankingHead(props: { choice: Choice }): JSX.Element {
  const t = useWords(panelWords)
  const scale = useScale(() => props.choice)
  const unit = () => scale().unit
  return (
    <li class="ranking-row ranking-head" aria-hidden="true">
      <span />
      <span />
      <span class="ranking-detail">{SPARK_METRICS[props.choice.indicator] && t('ranking.change')}</span>
      <span class="ranking-count">{unit() !== 'count' && t(`count.${props.choice.indicator}`)}</span>
      <span class="ranking-unit">
        {unit() === 'count' ? t(`count.${props.choice.indicator}`) : t(`value.${unit()}`)}
      </span>
    </li>
  )
}

/** `first`: the first day of which the whole subject knows anything. */
type RowProps = { entry: Ranked; today: string; choice: Choice; first: string | undefined }

function RankingRow(props: RowProps): JSX.Element {
  const { kind } = useSubject()
  const { language } = useLanguage()
  const scale = useScale(() => props.choice)
  const value = () => props.entry.value ?? 0
  const tone = () => toneOfClass(scale(), classOf(scale(), value()))
  return (
    <li class="ranking-row" data-tone={tone()}>
      <span class="ranking-place">{props.entry.place}</span>
      <span class="ranking-name">
        <Show when={kind === 'nation'} fallback={placeName(props.entry.part, language())}>
          <a class="ranking-open" href={`/wall/${props.entry.part.code}`}>
            {placeName(props.entry.part, language())}
          </a>
          <Show when={isRegion(props.entry.part.code)}>
            <ReportedOf {...props} />
          </Show>
        </Show>
      </span>
      <span class="ranking-detail">
        <RankingDetail {...props} />
      </span>
      <Show when={scale().unit !== 'count'} fallback={<span />}>
        <span class="ranking-count">
          <ListLink area={props.entry.part.code} {...indicatorList(props.choice, props.today, 'count')}>
            <Num value={props.entry.count} />
          </ListLink>
        </span>
      </Show>
      <span class="ranking-value">
        <ListLink area={props.entry.part.code} {...indicatorList(props.choice, props.today, 'value')}>
          <FlooredNum
            value={props.entry.value}
            floor={props.entry.floor}
            percent={scale().unit === 'share'}
            digits={scale().unit === 'per100k' && value() < 10 ? 1 : 0}
          />
        </ListLink>
      </span>
    </li>
  )
}

/** Of a region: how many of its provinces it is the sum of, where some have not reported. */
function ReportedOf(props: RowProps): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { read } = useSubject()
  const of = createMemo(() => read('reporting.cases', { of: props.entry.part, day: props.today }))
  const number = (value: number) => format().number(value)
  return (
    <Show when={props.choice.indicator === 'incidence' && of().reported < of().parts}>
      <small class="ranking-reported" title={t('ranking.reported', number(of().reported), number(of().parts))}>
        {number(of().reported)}/{number(of().parts)}
      </small>
    </Show>
  )
}

const SPARK_METRICS: Readonly<Partial<Record<Indicator, readonly DayMetric[]>>> = {
  incidence: ['cases'],
  doses: DOSE_METRICS,
}
/** Who cannot wait; the rest are in the count beside. */
const SEVERE: readonly Severity[] = ['red', 'yellow']

/** Flows show their last two weeks and the change; beds a bar; those who wait their severities. */
function RankingDetail(props: RowProps): JSX.Element {
  const subject = useSubject()
  const { cells, read, rounded } = subject
  const code = () => props.entry.part.code
  const metrics = () => SPARK_METRICS[props.choice.indicator]
  const yesterday = () => addDays(props.today, -1)
  // Days by fives, rounded down, draw no line that says anything.
  const values = createMemo((): (number | null)[] =>
    rounded
      ? []
      : props.choice.indicator === 'incidence'
        ? knownSeries(cells, 'cases', code(), props.today, SPARK_DAYS + 1).slice(0, -1)
        : series(cells, metrics() ?? [], code(), yesterday(), SPARK_DAYS).map((value, i) =>
            knownSince(props.first, yesterday(), SPARK_DAYS - i) ? value : null,
          ),
  )
  const waits = (severity: Severity) => read('waiting', { of: props.entry.part, severity }).value
  return (
    <Switch>
      <Match when={metrics()}>
        <Suspense fallback={<span class="sparkline" aria-hidden="true" />}>
          <Sparkline values={values()} />
        </Suspense>
        <Change
          share={indicatorChange(subject, props.choice.indicator, props.entry.part, props.today)}
          rising={props.choice.indicator === 'incidence' ? 'bad' : 'neutral'}
        />
      </Match>
      <Match when={props.choice.indicator === 'occupancy'}>
        <OccupancyBar occupancy={props.entry.value} />
      </Match>
      <Match when={props.choice.indicator === 'waiting'}>
        <Index each={SEVERE}>
          {(severity) => (
            <span class="ranking-severity">
              <SeverityMark severity={severity()} />
              <ListLink area={code()} metric={`waiting.${severity()}`}>
                <FlooredNum value={waits(severity())} floor={rounded ? 'now' : undefined} />
              </ListLink>
            </span>
          )}
        </Index>
      </Match>
    </Switch>
  )
}
