import { A } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import { doses } from '../../../hub/contract/indicators/cells.ts'
import { useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import './Deaths.css'
import { ListLink, useListHref } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** Doses of the day with what came late and what was taken back: a correction is shown, never hidden in a sum. */
export function Doses(props: { today: string }): JSX.Element {
  const t = useWords(panelWords)
  const { cells, area } = useSubject()
  const today = createMemo(() => doses(cells, area, props.today))
  const hrefOf = useListHref()
  const points = () => hrefOf({ metric: 'doses.points', day: props.today })
  return (
    <Tile
      title={t('doses.title')}
      aside={
        <Show when={points()}>
          {(href) => (
            <A class="list-link list-link-sites" href={href()}>
              {t('doses.points')}
            </A>
          )}
        </Show>
      }
    >
      <div class="number-over-facts">
        <ListLink metric="doses" day={props.today}>
          <Num class="kpi-number kpi-number-small" value={today().total} />
        </ListLink>
        <dl class="facts facts-stacked">
          <dt>{t('doses.late')}</dt>
          <dd>
            <ListLink metric="doses.late" day={props.today}>
              <Num value={today().late} signed />
            </ListLink>
          </dd>
          <dt>{t('doses.corrected')}</dt>
          <dd>
            <ListLink metric="doses.corrected" day={props.today}>
              <Num value={today().corrected} signed />
            </ListLink>
          </dd>
        </dl>
      </div>
    </Tile>
  )
}
