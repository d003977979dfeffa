import { createMemo, type JSX } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { doses } from '../live/selectors.ts'
import { Tile } from '../ui/Tile.tsx'
import './Deaths.css'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** Doses of the day with what came late and what was taken back: a correction is shown, never hidden in a sum. */
export function Doses(props: { today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { cells, area } = useSubject()
  const today = createMemo(() => doses(cells, area, props.today))
  return (
    <Tile title={t('doses.title')}>
      <div class="number-over-facts">
        <Num class="kpi-number kpi-number-small" value={today().total} />
        <dl class="facts facts-stacked">
          <dt>{t('doses.late')}</dt>
          <dd>
            <Num value={today().late} signed />
          </dd>
          <dt>{t('doses.corrected')}</dt>
          <dd>
            <Num value={today().corrected} signed />
          </dd>
        </dl>
      </div>
    </Tile>
  )
}
