import { createSignal, For, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { hubNow } from '../live/hubClock.ts'
import { EmptyState } from '../ui/State.tsx'
import { Tile } from '../ui/Tile.tsx'
import { happened, type Sample, sampleOf, type Told } from './happenings.ts'
import { type PanelRoom, rowsThatFit } from './rowsThatFit.ts'
import { placeName, useSubject } from './subject.tsx'
import './Ticker.css'
import { wallPanelWords } from './wallPanelWords.ts'

/** What happens is told so often, so that a line can be read before the next comes. */
const LOOK_EVERY_MS = 5_000
/** New lines at once, and those that are kept. */
const NEW_MAX = 3
const KEPT_MAX = 40
/** u: title, and a line */
const HEAD_U = 5
const ROW_U = 3
const FLOW_ROWS = 8

/** The last that happened in the parts of the place, as counts: nobody is named, and nothing of a district is told without an account. */
export function Ticker(props: { room: PanelRoom }): JSX.Element {
  const t = useWords(wallPanelWords)
  const { language, format } = useLanguage()
  const { cells, parts, rounded, today } = useSubject()
  const [told, tell] = createSignal<readonly Told[]>([])
  const codes = rounded ? [] : parts.map(({ code }) => code)
  const names = new Map(parts.map((part) => [part.code, part]))
  onMount(() => {
    let before: Sample | undefined
    const look = () => {
      const day = today()
      if (day === undefined) return
      const after = sampleOf(cells, codes, day)
      if (before !== undefined) {
        const news = happened(before, after, codes, hubNow()).slice(0, NEW_MAX)
        if (news.length > 0) tell((old) => [...news, ...old].slice(0, KEPT_MAX))
      }
      before = after
    }
    const timer = setInterval(() => untrack(look), LOOK_EVERY_MS)
    onCleanup(() => clearInterval(timer))
  })
  const shown = () => told().slice(0, rowsThatFit(props.room, HEAD_U, ROW_U, FLOW_ROWS))
  const name = (code: string) => {
    const part = names.get(code)
    return part ? placeName(part, language()) : code
  }
  return (
    <Tile title={t('ticker.title')} class="ticker">
      <Show when={shown().length > 0} fallback={<EmptyState title={t('ticker.none')} />}>
        <ol>
          <For each={shown()}>
            {(one) => (
              <li data-happening={one.happening}>
                <time>{format().time(one.at)}</time>
                <span>{t(`ticker.${one.happening}`, format().number(one.count), name(one.code))}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Tile>
  )
}
