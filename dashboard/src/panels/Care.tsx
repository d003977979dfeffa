import { createMemo, For, type JSX } from 'solid-js'
import { CARE_KINDS, inCare } from '../../../hub/contract/indicators/cells.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import './Care.css'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { Since } from './Since.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** Who is in care, by place. */
export function Care(): JSX.Element {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const { cells, area, read } = useSubject()
  const places = createMemo(() => CARE_KINDS.map((place) => ({ place, count: inCare(cells, area, place).total })))
  const total = createMemo(() => read('care').value)
  const most = () => Math.max(1, ...places().map((entry) => entry.count))
  return (
    <Tile title={<Definition of={['care']}>{t('care.title')}</Definition>}>
      <div class="waiting-body">
        <ListLink metric="care">
          <Num class="kpi-number kpi-number-small" value={total()} />
        </ListLink>
        <Since of="care" />
        <ul class="care-list">
          <For each={CARE_KINDS}>
            {(place, i) => (
              <li>
                <span class="care-name">{common(`care.${place}`)}</span>
                <span class="care-bar" aria-hidden="true">
                  <span style={{ width: `${((places()[i()]?.count ?? 0) / most()) * 100}%` }} />
                </span>
                <ListLink metric={`care.${place}`}>
                  <Num value={places()[i()]?.count ?? 0} />
                </ListLink>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Tile>
  )
}
