import { type JSX, Show } from 'solid-js'
import type { DeskRole } from '../../../hub/contract/vocabulary/facilities.ts'
import { DESK_WORDS } from '../../../hub/contract/vocabulary/facility-words.ts'
import { useLanguage } from '../i18n/language.tsx'
import './CallDesk.css'

type CallDeskProps = {
  contact: { readonly desk: DeskRole; readonly phone: string }
  /** where there is no room for the number: the facility's name in its place */
  name?: string
}

/** A desk of a facility and its number, which calls when it is pressed. */
export function CallDesk(props: CallDeskProps): JSX.Element {
  const { language } = useLanguage()
  const desk = () => `${DESK_WORDS[language() === 'th' ? 'th' : 'en'][props.contact.desk]} ${props.contact.phone}`
  return (
    <a class="call-desk" href={`tel:${props.contact.phone}`}>
      <Show when={props.name} fallback={desk()}>
        {props.name}
        <span class="visually-hidden">{desk()}</span>
      </Show>
    </a>
  )
}
