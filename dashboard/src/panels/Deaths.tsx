import { createMemo, type JSX } from 'solid-js'
import { addDays } from '../../../hub/wire/metrics.ts'
import { useWords } from '../i18n/language.tsx'
import { onDay } from '../live/selectors.ts'
import { Tile } from '../ui/Tile.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import './Deaths.css'
import { panelWords } from './words.ts'

export function Deaths(props: { today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { cells, area } = useSubject()
  const today = createMemo(() => onDay(cells, 'deaths', area, props.today))
  const yesterday = createMemo(() => onDay(cells, 'deaths', area, addDays(props.today, -1)))
  return (
    <Tile title={t('deaths.title')}>
      <div class="number-over-facts">
        <ListLink metric="deaths" day={props.today}>
          <Num class="kpi-number kpi-number-small" value={today()} />
        </ListLink>
        <dl class="facts facts-stacked">
          <dt>{t('deaths.yesterday')}</dt>
          <dd>
            <ListLink metric="deaths" day={addDays(props.today, -1)}>
              <Num value={yesterday()} />
            </ListLink>
          </dd>
          <dt>{t('deaths.total')}</dt>
          <dd>
            <ListLink metric="deaths.total">
              <Num value={cells('deaths.total', area)} />
            </ListLink>
          </dd>
        </dl>
      </div>
    </Tile>
  )
}
