import { type JSX, Show } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { casePageWords } from './words.ts'

/** A number that calls when it is pressed; nothing where none is known. */
export function PhoneLink(props: {
  name: string
  phone: string | null
  primary?: boolean
  onCall(): void
}): JSX.Element {
  const t = useWords(casePageWords)
  return (
    <Show when={props.phone}>
      {(phone) => (
        <div>
          <dt>{props.name}</dt>
          <dd>
            <a
              classList={{ button: true, 'button-primary': props.primary === true }}
              href={`tel:${phone()}`}
              onClick={() => props.onCall()}
            >
              {t('call')} {phone()}
            </a>
          </dd>
        </div>
      )}
    </Show>
  )
}
