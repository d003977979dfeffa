import { type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import './Change.css'
import { useTone } from './useThresholds.ts'
import { panelWords } from './words.ts'

/** Above this nobody reads percent: "+836 %" of a small number is "9 times" as many. */
const PERCENT_MAX = 200

/** A change against the week before: direction as a shape, size as a number; amber when a rise is worth a look. */
export function Change(props: { share: number | null; rising?: 'bad' | 'neutral' }): JSX.Element {
  const { format } = useLanguage()
  const t = useWords(panelWords)
  const tone = useTone()
  const abnormal = () => props.rising !== 'neutral' && tone('cases.growth', props.share) !== 'normal'
  /** whole percent, so that the sign and the shape agree */
  const percent = () => Math.round((props.share ?? 0) * 100)
  const direction = () => Math.sign(percent())
  return (
    <Show when={props.share !== null} fallback={<span class="change change-unknown">–</span>}>
      <span class="change" classList={{ 'change-abnormal': abnormal() }}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={direction() > 0 ? 'M6 1L11.5 11H.5z' : direction() < 0 ? 'M6 11L.5 1h11z' : 'M1 5h10v2.4H1z'} />
        </svg>
        {percent() > PERCENT_MAX
          ? t('change.times', format().number(Math.round((props.share ?? 0) + 1)))
          : `${format().signed(percent())} %`}
      </span>
    </Show>
  )
}
