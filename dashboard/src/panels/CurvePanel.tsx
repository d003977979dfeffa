import { createMemo, type JSX, lazy, Suspense } from 'solid-js'
import { DAYS_OWN } from '../../../hub/wire/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { curve, DOSE_METRICS } from '../live/selectors.ts'
import { Tile } from '../ui/Tile.tsx'
import './CurvePanel.css'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

const CurveChart = lazy(() => import('../charts/CurveChart.tsx'))
const METRICS = { cases: ['cases'], doses: DOSE_METRICS } as const

/** 120 days of cases or doses, with the mean that smooths the week. */
export function CurvePanel(props: { of: 'cases' | 'doses'; today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { cells, area } = useSubject()
  const days = createMemo(() => curve(cells, METRICS[props.of], area, props.today, DAYS_OWN))
  const label = () => {
    const { values, mean } = days()
    const number = format().number
    const summary = t('curve.summary', number(values.at(-2) ?? 0), number(Math.round(mean.at(-2) ?? 0)))
    return `${t(`curve.${props.of}`)}. ${summary}`
  }
  return (
    <Tile
      title={t(`curve.${props.of}`)}
      class="curve-panel"
      aside={
        props.of === 'cases' && (
          <span class="curve-key">
            <i class="curve-key-bar" /> {t('curve.day')} <i class="curve-key-mean" /> {t('curve.mean')}{' '}
            <i class="curve-key-today" /> {t('curve.today')}
          </span>
        )
      }
    >
      <Suspense fallback={<div class="curve-chart" />}>
        <CurveChart curve={days()} label={label()} />
      </Suspense>
    </Tile>
  )
}
