import { type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { createHubNow } from '../live/hubClock.ts'
import { countTone } from './ages.ts'
import './panels.css'
import { ToneMark } from './ToneMark.tsx'
import { panelWords } from './words.ts'

const LOOK_EVERY_MS = 60_000

/** When beds were counted, with the day when it was not today; a count that has missed its day is marked as old. */
export function CountedAt(props: { at: number | null }): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const now = createHubNow(LOOK_EVERY_MS)
  return (
    <Show when={props.at} fallback="–">
      {(at) => {
        const tone = () => countTone(now() - at())
        return (
          <span class={`tone-${tone()}`} data-count-age={tone()}>
            <ToneMark tone={tone()} />
            {format().moment(at(), now())}
            <Show when={tone() !== 'normal'}>
              <span class="visually-hidden"> {t('facilities.old')}</span>
            </Show>
          </span>
        )
      }}
    </Show>
  )
}
