import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import type { BoardCase } from '../../../cases/board.ts'
import type { PlaceNames } from '../../../cases/createPlaceNames.ts'
import { useSpan } from '../../../cases/speech.ts'
import { workWords } from '../../../cases/words.ts'
import { useLanguage, useWords } from '../../../i18n/language.tsx'
import { SeverityMark } from '../../../ui/Badge.tsx'
import { Tile } from '../../../ui/Tile.tsx'
import { holdersOf } from './reds.ts'
import { briefWords } from './words.ts'

const SHOWN = 8

type QueueProps = { province: string; cases: readonly BoardCase[]; places: PlaceNames; now: number }

/** The open cases as the board orders them: by severity, then by the longest wait; with who has them. */
export function Queue(props: QueueProps): JSX.Element {
  const t = useWords(briefWords)
  const work = useWords(workWords)
  const { format } = useLanguage()
  const span = useSpan()
  const place = (one: BoardCase) => props.places.small(one.place) ?? props.places.district(one.district)
  const route = (one: BoardCase) => {
    const point = props.places.point(one.place)
    return point && `geo:${point.lat},${point.lon}?q=${point.lat},${point.lon}`
  }
  return (
    <Tile
      title={t('queue.title')}
      class="brief-queue"
      aside={
        <A class="list-link" href={`/board?province=${props.province}`}>
          {t('queue.all', format().number(props.cases.length))}
        </A>
      }
    >
      <Show when={props.cases.length > 0} fallback={<p>{t('queue.empty')}</p>}>
        <ol>
          <For each={props.cases.slice(0, SHOWN)}>
            {(one) => (
              <li>
                <A class="brief-case" href={`/case/${one.id}`}>
                  <SeverityMark severity={one.severity} />
                  <span class="brief-place">
                    <b>{place(one)}</b> <small>#{one.id}</small>
                  </span>
                  <span>{work('waited', span(props.now - one.waitingSince))}</span>
                  <span class="brief-holder" data-nobody={holdersOf(one).length === 0 ? '' : undefined}>
                    {holdersOf(one).join(', ') || t('queue.nobody')}
                  </span>
                </A>
                <Show when={route(one)}>
                  {(href) => (
                    <a class="brief-route" href={href()} aria-label={t('queue.routeTo', place(one))}>
                      {t('queue.route')}
                    </a>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Tile>
  )
}
