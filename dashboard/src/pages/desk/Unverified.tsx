import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { boardCases, inAreas, isUnverified } from '../../cases/board.ts'
import { ConfirmOrDismiss } from '../../cases/ConfirmOrDismiss.tsx'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { useSpan } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createHubNow } from '../../live/hubClock.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { hotlineWords } from './words.ts'

const LOOK_EVERY_MS = 10_000
/** The rest is a tap away, on the board. */
const SHOWN_MAX = 10

/** Red requests of a flood, which wait for somebody to call back, as on the board: the most urgent first. Nothing while there are none. */
export function Unverified(props: { province: string }): JSX.Element {
  const t = useWords(hotlineWords)
  const work = useWords(workWords)
  const span = useSpan()
  const { format } = useLanguage()
  const session = useDesk()
  const { live } = useSubject()
  const now = createHubNow(LOOK_EVERY_MS)
  const places = createPlaceNames(props.province, () => new Set())
  const apart = createMemo(() => {
    const scope = `board:${props.province}` as const
    return boardCases(live.rows(scope, 'case'), live.rows(scope, 'need')).filter(
      (one) => inAreas(session.areas, one.place) && isUnverified(one),
    )
  })
  const ids = createMemo(() =>
    apart()
      .slice(0, SHOWN_MAX)
      .map(({ id }) => id),
  )
  const byId = createMemo(() => new Map(apart().map((one) => [one.id, one])))
  return (
    <Show when={apart().length > 0}>
      <section class="desk-card hotline-unverified">
        <h2>{t('unverified', format().number(apart().length))}</h2>
        <ol class="hotline-queue">
          <For each={ids()}>
            {(id) => (
              <Show when={byId().get(id)}>
                {(one) => (
                  <li class="hotline-call" data-unverified={id}>
                    <header>
                      <A href={`/case/${id}`}>#{id}</A>
                      <span>{places.small(one().place) ?? places.district(one().district)}</span>
                      <span>{work('waited', span(now() - one().waitingSince))}</span>
                    </header>
                    <ConfirmOrDismiss id={id} />
                  </li>
                )}
              </Show>
            )}
          </For>
        </ol>
        <A href={`/board?province=${props.province}&show=unverified`}>{t('allUnverified')}</A>
      </section>
    </Show>
  )
}
