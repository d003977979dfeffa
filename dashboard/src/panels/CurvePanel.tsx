import { useNavigate } from '@solidjs/router'
import { createMemo, type JSX, Show, Suspense } from 'solid-js'
import { breaksOf, gapsOf, type Span } from '../../../hub/contract/indicators/breaks.ts'
import { curve, DOSE_METRICS, knownCurve, series } from '../../../hub/contract/indicators/cells.ts'
import { knownSeries, sinceFirst } from '../../../hub/contract/indicators/known.ts'
import { DAYS_OWN } from '../../../hub/contract/vocabulary/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import '../charts/CurveChart.css'
import './CurvePanel.css'
import { part } from '../ui/part.tsx'
import { Definition } from './Definition.tsx'
import { ListLink, useListHref } from './ListLink.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

const CurveChart = part(() => import('../charts/CurveChart.tsx'))

const DEFINED = { cases: ['cases.day', 'cases.mean'], doses: ['doses.day', 'doses.week'] } as const

/** Up to 120 days of cases or doses, with the mean that smooths the week; a bar opens the list of its day. */
export function CurvePanel(props: { of: 'cases' | 'doses'; today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { cells, area } = useSubject()
  const hrefOf = useListHref()
  const navigate = useNavigate()
  const values = () =>
    props.of === 'cases'
      ? knownSeries(cells, 'cases', area, props.today, DAYS_OWN)
      : sinceFirst(series(cells, DOSE_METRICS, area, props.today, DAYS_OWN))
  const breaks = createMemo(() =>
    props.of === 'cases' ? breaksOf(cells, 'cases', area, props.today, DAYS_OWN) : gapsOf(values(), props.today),
  )
  /** the breaks in words */
  const broken = () => {
    const { gaps, partial, sources } = breaks()
    const days = (spans: readonly Span[]) =>
      spans
        .map(({ from, to }) =>
          from === to ? format().dayShort(from) : `${format().dayShort(from)} – ${format().dayShort(to)}`,
        )
        .join(', ')
    return [
      ...(gaps.length > 0 ? [t('curve.gaps', days(gaps))] : []),
      ...(partial.length > 0 ? [t('curve.partial', days(partial))] : []),
      ...sources.map((day) => t('curve.source', format().dayShort(day))),
    ].join(' ')
  }
  const known = createMemo(() => knownCurve(curve(values(), props.today)))
  const length = () => known().days.length
  const title = () => t(`curve.${props.of}`, length() > 0 ? format().number(length()) : '')
  const text = (value: number | null | undefined) => (value == null ? '–' : format().number(Math.round(value)))
  const label = () => {
    const { values, mean } = known()
    return `${title()}. ${t('curve.summary', text(values.at(-2)), text(mean.at(-2)))} ${broken()}`.trim()
  }
  const open = () => {
    if (hrefOf({ metric: props.of, day: props.today }) === undefined) return undefined
    return (day: string) => navigate(hrefOf({ metric: props.of, day }) ?? '/list')
  }
  return (
    <Tile
      title={
        <ListLink metric={props.of} day={props.today} days={length()}>
          {title()}
        </ListLink>
      }
      class="curve-panel"
      aside={
        <>
          <Show when={broken()}>
            {(words) => (
              <span class="curve-key curve-breaks" title={words()}>
                <i class="curve-key-break" /> {t('curve.break')}{' '}
              </span>
            )}
          </Show>
          <Show when={props.of === 'cases'}>
            <span class="curve-key">
              <i class="curve-key-bar" /> {t('curve.day')} <i class="curve-key-mean" /> {t('curve.mean')}{' '}
              <i class="curve-key-today" /> {t('curve.today')}{' '}
            </span>
          </Show>
          <Definition of={DEFINED[props.of]} />
        </>
      }
    >
      <Show when={length() > 0} fallback={<EmptyState title={t('curve.nothing')} />}>
        <Suspense fallback={<div class="curve-chart" />}>
          <CurveChart curve={known()} breaks={breaks()} label={label()} open={open()} />
        </Suspense>
      </Show>
    </Tile>
  )
}
