import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { DOSE_NUMBERS } from '../../../hub/contract/vocabulary/doses.ts'
import { useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import './Deaths.css'
import { Definition } from './Definition.tsx'
import { ListLink, useListHref } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { ReportedShare } from './Reported.tsx'
import { Since } from './Since.tsx'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

const DOSES = ['doses.day', 'doses.late', 'doses.corrected', 'doses.planned', 'doses.achieved', 'coverage'] as const

/**
 * Doses of the day with what came late and what was taken back: a correction is shown, never hidden in a sum. `isWhole`: larger, and on a
 * wall too with the coverage by each dose.
 */
export function Doses(props: { today: string; isWhole?: boolean }): JSX.Element {
  const t = useWords(panelWords)
  const { read } = useSubject()
  const count = createMemo(() => read('doses.day'))
  const late = createMemo(() => read('doses.late').value)
  const corrected = createMemo(() => read('doses.corrected').value)
  const achieved = createMemo(() => read('doses.achieved'))
  const hrefOf = useListHref()
  const points = () => hrefOf({ metric: 'doses.points', day: props.today })
  return (
    <Tile
      class={props.isWhole ? 'doses-whole' : undefined}
      title={<Definition of={DOSES}>{t('doses.title')}</Definition>}
      aside={
        <>
          <ReportedShare of={count()} short />{' '}
          <Show when={points()}>
            {(href) => (
              <A class="list-link list-link-sites" href={href()}>
                {t('doses.points')}
              </A>
            )}
          </Show>
        </>
      }
    >
      <div class="number-over-facts">
        <div class="doses-number">
          <ListLink metric="doses" day={props.today}>
            <Num class={`kpi-number ${props.isWhole ? '' : 'kpi-number-small'}`} value={count().value} />
          </ListLink>
          {/* While nobody has said how many, it is not known how much of the plan they are. */}
          <Show when={achieved().value !== null && count().value !== null}>
            <span>
              <Num value={achieved().value} percent /> {t('doses.achieved')}
            </span>
          </Show>
        </div>
        <Since of="doses.day" />
        <dl class="facts facts-stacked">
          <dt>{t('doses.late')}</dt>
          <dd>
            <ListLink metric="doses.late" day={props.today}>
              <Num value={late()} signed />
            </ListLink>
          </dd>
          <dt>{t('doses.corrected')}</dt>
          <dd>
            <ListLink metric="doses.corrected" day={props.today}>
              <Num value={corrected()} signed />
            </ListLink>
          </dd>
          <For each={DOSE_NUMBERS}>
            {(dose) => (
              <>
                <dt class="facts-more">{t('doses.coverage', dose)}</dt>
                <dd class="facts-more">
                  <ListLink metric={`doses.total.${dose}`}>
                    <Num value={read('coverage', { dose }).value} percent />
                  </ListLink>
                </dd>
              </>
            )}
          </For>
        </dl>
      </div>
    </Tile>
  )
}
