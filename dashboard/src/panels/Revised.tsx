import { type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { ListLink } from './ListLink.tsx'
import './Revised.css'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

type RevisedProps = { of: 'cases' | 'deaths' | 'beds'; today: string }

/** What came in today for earlier days, or was changed in them: never hidden in a sum. Nothing, where nothing was. */
export function Revised(props: RevisedProps): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { read } = useSubject()
  const late = () => (props.of === 'beds' ? 0 : (read(`${props.of}.late`).value ?? 0))
  const corrected = () => read(`${props.of}.corrected`).value ?? 0
  const said = () =>
    [
      late() !== 0 && t('revised.late', format().number(late())),
      corrected() !== 0 && t('revised.corrected', format().number(corrected())),
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <Show when={late() + corrected() !== 0}>
      <span class="revised" title={said()}>
        <ListLink
          metric={corrected() === 0 && props.of !== 'beds' ? `late.${props.of}` : `corrected.${props.of}`}
          day={props.today}
        >
          <span aria-hidden="true">±{format().number(late() + corrected())}</span>
          <span class="visually-hidden">{said()}</span>
        </ListLink>
      </span>
    </Show>
  )
}
