import type { JSX } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { Tile } from '../../ui/Tile.tsx'
import '../Deaths.css'
import { Num } from '../Num.tsx'
import { useSubject } from '../subject.tsx'
import { panelWords } from '../words.ts'
import { facilityWallWords } from './facilityWallWords.ts'

/** The doses that the facility gave, today and in seven days. */
export function FacilityDoses(): JSX.Element {
  const t = useWords(facilityWallWords)
  const panel = useWords(panelWords)
  const { facility } = useSubject()
  return (
    <Tile title={panel('doses.title')}>
      <div class="number-over-facts">
        <Num class="kpi-number kpi-number-small" value={facility?.().doses.today ?? null} />
        <dl class="facts facts-stacked">
          <dt>{t('doses.week')}</dt>
          <dd>
            <Num value={facility?.().doses.week ?? null} />
          </dd>
        </dl>
      </div>
    </Tile>
  )
}
